"""Days that matter for a citizen, and what officials note (날짜가 있는 사실, 메모)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.common.safe_text import tidy
from core_crm.customers.errors import CustomerNotValid
from core_crm.customers.models import Citizen, CustomerNote, DatedFact, Organisation
from core_crm.customers.selectors.lists import dated_fact_kinds
from core_crm.customers.services import reading
from core_crm.customers.types import DatedFactSet
from core_crm.events import record

LONGEST_NOTE = 2000


@transaction.atomic
def dated_fact_set(
    citizen: Citizen,
    kind: str,
    on: date,
    *,
    source: str,
    basis: str,
    now: datetime,
    by: Actor | None = None,
) -> DatedFact:
    """Keep a day of a citizen; of each kind there is one, the last that was told.

    `source`: whence we know. `basis`: the law or agreement by which we may. Raises
    CustomerNotValid.
    """
    if kind not in dated_fact_kinds():
        raise CustomerNotValid("알 수 없는 종류입니다. 목록에서 골라 주세요.", field="kind")
    source, basis = (reading.read_text(text, length=n) for text, n in ((source, 80), (basis, 160)))
    for field, value in (("source", source), ("basis", basis)):
        if not value:
            raise CustomerNotValid("출처와 근거를 적어 주세요.", field=field)
    known = DatedFact.objects.filter(citizen=citizen, kind=kind).first()
    fact, _is_new = DatedFact.objects.update_or_create(
        citizen=citizen,
        kind=kind,
        defaults={"on": on, "source": source, "basis": basis, "recorded_at": now},
    )
    if known is None or known.on != on:
        record(DatedFactSet(citizen_id=citizen.pk, fact=kind, on=on, at=now))
        audit_append(
            "customer.dated_fact_set",
            actor=by,
            subject_kind="citizen",
            subject_id=citizen.pk,
            now=now,
            facts={"kind": kind},
        )
    return fact


@transaction.atomic
def dated_fact_remove(fact: DatedFact, *, by: Actor | None, now: datetime) -> None:
    """Forget a day that was wrong or is no longer needed."""
    audit_append(
        "customer.dated_fact_removed",
        actor=by,
        subject_kind="citizen",
        subject_id=fact.citizen_id,
        now=now,
        facts={"kind": fact.kind},
    )
    fact.delete()


@transaction.atomic
def note_add(owner: Citizen | Organisation, text: str, *, by: Actor, now: datetime) -> CustomerNote:
    """An official notes something. The citizen may ask to see it. Raises CustomerNotValid."""
    told = tidy(text)
    if not told or len(told) > LONGEST_NOTE:
        raise CustomerNotValid("메모는 1자에서 2,000자까지 적을 수 있습니다.", field="text")
    is_person = isinstance(owner, Citizen)
    note = CustomerNote.objects.create(
        citizen=owner if isinstance(owner, Citizen) else None,
        organisation=owner if isinstance(owner, Organisation) else None,
        text=told,
        by_id=by.id,
        by_name=by.name[:60],
        at=now,
    )
    audit_append(
        "customer.note_added",
        actor=by,
        subject_kind="citizen" if is_person else "organisation",
        subject_id=owner.pk,
        now=now,
    )
    return note
