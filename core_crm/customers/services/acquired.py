"""Lists received from elsewhere (입수고객): registered with their basis, forgotten at their end."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.customers.errors import AcquiredListEnded, CustomerNotValid
from core_crm.customers.models import AcquiredList, AcquiredMember, Citizen, Organisation
from core_crm.customers.selectors.acquired import (
    Ending,
    acquired_forgettable,
    acquired_lists_due,
)
from core_crm.customers.services import reading

SUBJECT = "acquired_list"
SLICE = 1000
SHORTEST_REASON = 5


@transaction.atomic
def acquired_list_register(
    *,
    name: str,
    kind: str,
    source: str,
    received_on: date,
    basis: str,
    purpose: str,
    expires_on: date,
    by: Actor,
    now: datetime,
) -> AcquiredList:
    """Write down that a list came: when, from whom, by which law, until when. CustomerNotValid."""
    lengths = {"name": 120, "source": 120, "basis": 200, "purpose": 200}
    given = {"name": name, "source": source, "basis": basis, "purpose": purpose}
    texts = {each: reading.read_text(given[each], length=lengths[each]) for each in lengths}
    for field, text in texts.items():
        if not text:
            raise CustomerNotValid("이름, 출처, 법적 근거, 쓰는 목적을 적어 주세요.", field=field)
    if kind not in AcquiredList.Kind.values:
        raise CustomerNotValid("종류를 골라 주세요.", field="kind")
    _check_days(received_on, expires_on, today=localdate(now))
    made = AcquiredList.objects.create(
        **texts,
        kind=kind,
        received_on=received_on,
        expires_on=expires_on,
        received_by=by.name[:60],
        created_at=now,
    )
    _note("acquired_list.registered", made, by=by, now=now, kind=kind, expires=str(expires_on))
    return made


def acquired_member_add(
    acquired_list: AcquiredList, customer: Citizen | Organisation, *, is_new: bool
) -> AcquiredMember:
    """Put a customer on the list; `is_new`: nobody knew them before. Twice is once.

    Raises AcquiredListEnded, CustomerNotValid.
    """
    if acquired_list.ended_at is not None:
        raise AcquiredListEnded("끝난 명단에는 더 넣을 수 없습니다.")
    is_body = isinstance(customer, Organisation)
    if is_body != (acquired_list.kind == AcquiredList.Kind.ORGANISATIONS):
        raise CustomerNotValid("명단의 종류와 맞지 않습니다.", field="kind")
    side = "organisation" if is_body else "citizen"
    member, _is_made = AcquiredMember.objects.get_or_create(
        acquired_list=acquired_list, defaults={"is_new": is_new}, **{side: customer}
    )
    return member


@transaction.atomic
def acquired_list_end(
    acquired_list: AcquiredList, *, reason: str, by: Actor | None, now: datetime
) -> Ending:
    """The list is used no more: who is known by it only is forgotten, the first slice at once.

    The sweep forgets the rest. Raises AcquiredListEnded, CustomerNotValid.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise CustomerNotValid("다섯 글자 이상으로 이유를 써 주세요.", field="reason")
    row = AcquiredList.objects.select_for_update().get(pk=acquired_list.pk)
    if row.ended_at is not None:
        raise AcquiredListEnded("이미 끝난 명단입니다.")
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    audit_append(
        "acquired_list.ended",
        actor=by,
        subject_kind=SUBJECT,
        subject_id=row.id,
        now=now,
        reason=reason.strip()[:200],
    )
    return _forget_slice(row, now=now)


def acquired_sweep(*, now: datetime) -> int:
    """End the lists whose day has passed and forget one slice of each; how many members went."""
    went = 0
    for due in acquired_lists_due(today=localdate(now)):
        went += _swept(due.pk, now=now)
    return went


@transaction.atomic
def _swept(list_id: UUID, *, now: datetime) -> int:
    row = AcquiredList.objects.select_for_update().get(pk=list_id)
    if row.ended_at is None:
        return acquired_list_end(row, reason="쓸 수 있는 날이 지남", by=None, now=now).members
    return _forget_slice(row, now=now).members


def _forget_slice(acquired_list: AcquiredList, *, now: datetime) -> Ending:
    """Up to 1,000 members leave the list; those known by it only are deleted with all of them."""
    ids = list(acquired_list.members.order_by("id").values_list("id", flat=True)[:SLICE])
    if not ids:
        return Ending(members=0, removed=0)
    gone = acquired_forgettable(acquired_list).filter(id__in=ids)
    citizens = [each.citizen_id for each in gone if each.citizen_id]
    bodies = [each.organisation_id for each in gone if each.organisation_id]
    AcquiredMember.objects.filter(id__in=ids).delete()
    Citizen.objects.filter(id__in=citizens).delete()
    Organisation.objects.filter(id__in=bodies).delete()
    ending = Ending(members=len(ids), removed=len(citizens) + len(bodies))
    _note(
        "acquired_list.forgotten",
        acquired_list,
        by=None,
        now=now,
        removed=ending.removed,
        kept=ending.kept,
    )
    return ending


def _check_days(received_on: date, expires_on: date, *, today: date) -> None:
    if received_on > today:
        raise CustomerNotValid("받은 날이 오늘보다 뒤입니다.", field="received_on")
    if expires_on < max(received_on, today):
        raise CustomerNotValid("쓸 수 있는 마지막 날이 이미 지났습니다.", field="expires_on")


def _note(
    action: str, acquired_list: AcquiredList, *, by: Actor | None, now: datetime, **facts: str | int
) -> None:
    audit_append(
        action, actor=by, subject_kind=SUBJECT, subject_id=acquired_list.id, now=now, facts=facts
    )
