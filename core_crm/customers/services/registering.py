"""Writing down a citizen as a whole, and changing what is known (고객 등록·수정)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.common.districts import district_of
from core_crm.customers.errors import CustomerKnownAlready, CustomerNotActive, CustomerNotValid
from core_crm.customers.models import Citizen
from core_crm.customers.selectors.lists import need_codes
from core_crm.customers.selectors.terms import terms_of
from core_crm.customers.services import reading
from core_crm.customers.types import (
    CitizenChanged,
    CitizenDraft,
    CitizenRegistered,
    CustomerState,
)
from core_crm.events import record
from tenants.context import current_city

SUBJECT = "citizen"


@transaction.atomic
def citizen_register(
    draft: CitizenDraft, *, by: Actor | None, now: datetime, batch_id: Any = None
) -> Citizen:
    """Write down a person as somebody new, whoever else may look alike.

    Without any contact they are kept as anonymous and never found again by it. Raises
    ContactNotReadable, CustomerNotValid, CustomerKnownAlready.
    """
    values = citizen_values(draft, now=now)
    if not (values["name"] or values["phone"] or values["email"]):
        raise CustomerNotValid("이름이나 연락처를 적어 주세요.", field="name")
    citizen = Citizen(**values, source=draft.source[:40], batch_id=batch_id, created_at=now)
    _save(citizen)
    record(CitizenRegistered(citizen_id=citizen.id, source=citizen.source, at=now))
    _note("customer.registered", citizen, by=by, now=now, facts={"source": citizen.source})
    return citizen


@transaction.atomic
def citizen_change(
    citizen: Citizen, changes: CitizenDraft, *, by: Actor | None, now: datetime
) -> Citizen:
    """Make what is known what the draft says: the whole of it (see `draft_of`), but the source.

    Who is unchanged is not written. Raises as `citizen_register`, and CustomerNotActive.
    """
    row = Citizen.objects.select_for_update().get(pk=citizen.pk)
    if row.state != CustomerState.ACTIVE:
        raise CustomerNotActive("합쳐졌거나 지워진 고객은 고칠 수 없습니다.")
    values = citizen_values(changes, now=now, known=row)
    changed = tuple(name for name, value in values.items() if getattr(row, name) != value)
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    row.changed_at = now
    _save(row)
    told = tuple(name for name in changed if name != "terms")
    record(CitizenChanged(citizen_id=row.id, fields=told, at=now))
    _note("customer.changed", row, by=by, now=now, facts={"fields": ",".join(told)})
    return row


def citizen_values(
    draft: CitizenDraft, *, now: datetime, known: Citizen | None = None
) -> dict[str, Any]:
    """The columns of a citizen that a draft says, in the form in which they are kept.

    A district that nobody named is found by the address, when that is new. Raises
    ContactNotReadable, CustomerNotValid.
    """
    name, phone = reading.read_name(draft.name), reading.read_phone(draft.phone)
    email = reading.read_email(draft.email)
    address = reading.read_text(draft.address, length=200)
    return {
        "name": name,
        "phone": phone,
        "email": email,
        "preferred_channel": str(
            reading.read_channel(draft.preferred_channel, phone=phone, email=email)
        ),
        "language": reading.read_language(draft.language),
        "is_anonymous": not (phone or email),
        "birth_on": reading.read_birth(draft.birth_on, today=localdate(now)),
        "sex": str(reading.read_sex(draft.sex)),
        "postcode": reading.read_postcode(draft.postcode),
        "address": address,
        "address_detail": reading.read_text(draft.address_detail, length=100),
        "district_code": _district(draft, address, known),
        "needs": _needs(draft.needs),
        "terms": terms_of(name, address, phone),
    }


def _district(draft: CitizenDraft, address: str, known: Citizen | None) -> str:
    """As given; of an address that is new and came with the old district, as the address says."""
    given = reading.read_district(draft.district_code)
    has_moved = known is not None and (known.address, known.district_code) != (address, given)
    is_old = known is not None and has_moved and known.district_code == given
    if given and not is_old:
        return given
    return district_of(address, current_city().code) if address else given


def _needs(given: tuple[str, ...]) -> list[str]:
    """Codes of the list of needs, each once. Raises CustomerNotValid."""
    known = need_codes() if given else {}
    for code in given:
        if code not in known:
            raise CustomerNotValid("배려 사항을 목록에서 골라 주세요.", field="needs")
    return list(dict.fromkeys(given))


def _save(citizen: Citizen) -> None:
    try:
        with transaction.atomic():
            citizen.save()
    except IntegrityError as refused:
        if "citizen_name_contacts_once" not in str(refused):
            raise
        raise CustomerKnownAlready(
            "같은 이름과 연락처의 고객이 이미 있습니다. 그 고객을 열어 주세요.", field="name"
        ) from refused


def _note(
    action: str, citizen: Citizen, *, by: Actor | None, now: datetime, facts: Mapping[str, str]
) -> None:
    audit_append(
        action, actor=by, subject_kind=SUBJECT, subject_id=citizen.id, now=now, facts=facts
    )
