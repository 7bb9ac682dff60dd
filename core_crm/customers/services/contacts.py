"""Further ways to reach a customer, with their time (연락처)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.customers.errors import ContactNotReadable, CustomerNotValid
from core_crm.customers.models import Citizen, ContactPoint, Organisation
from core_crm.customers.services import reading
from core_crm.customers.types import ContactKind


@transaction.atomic
def contact_add(
    owner: Citizen | Organisation,
    *,
    kind: str,
    value: str,
    extension: str = "",
    label: str = "",
    source: str = "",
    is_preferred: bool = False,
    valid_from: date | None = None,
    by: Actor | None,
    now: datetime,
) -> ContactPoint:
    """Keep a further contact; the same one again is one, and in use again.

    Raises ContactNotReadable, CustomerNotValid.
    """
    kind = str(reading.read_choice(kind, tuple(ContactKind), field="kind"))
    kept = _value(kind, value)
    extension = reading.read_text(extension, length=12)
    told = {
        "label": reading.read_text(label, length=40),
        "source": reading.read_text(source, length=40),
        "is_preferred": is_preferred,
        "valid_from": valid_from,
        "valid_to": None,
        "recorded_at": now,
    }
    if isinstance(owner, Citizen):
        contact, _is_new = ContactPoint.objects.update_or_create(
            citizen=owner, kind=kind, value=kept, defaults={**told, "extension": extension}
        )
    else:
        contact, _is_new = ContactPoint.objects.update_or_create(
            organisation=owner, kind=kind, value=kept, extension=extension, defaults=told
        )
    if is_preferred:
        _only_preferred(contact)
    _note("customer.contact_added", contact, by=by, now=now)
    return contact


@transaction.atomic
def contact_end(
    contact: ContactPoint, *, on: date, by: Actor | None, now: datetime
) -> ContactPoint:
    """The last day on which it reached them. Raises CustomerNotValid."""
    if contact.valid_from is not None and on < contact.valid_from:
        raise CustomerNotValid("끝난 날이 시작일보다 앞섭니다.", field="valid_to")
    contact.valid_to, contact.is_preferred = on, False
    contact.save(update_fields=["valid_to", "is_preferred"])
    _note("customer.contact_ended", contact, by=by, now=now)
    return contact


def _value(kind: str, value: str) -> str:
    read = reading.read_email if kind == ContactKind.EMAIL else reading.read_phone
    kept = read(value)
    if not kept:
        raise ContactNotReadable("연락처를 적어 주세요.", field="value")
    return kept


def _only_preferred(contact: ContactPoint) -> None:
    """Of one customer one contact is used first."""
    others = ContactPoint.objects.filter(
        citizen=contact.citizen_id, organisation=contact.organisation_id, is_preferred=True
    )
    others.exclude(pk=contact.pk).update(is_preferred=False)


def _note(action: str, contact: ContactPoint, *, by: Actor | None, now: datetime) -> None:
    is_person = contact.citizen_id is not None
    audit_append(
        action,
        actor=by,
        subject_kind="citizen" if is_person else "organisation",
        subject_id=contact.citizen_id if is_person else contact.organisation_id,
        now=now,
        facts={"kind": contact.kind},
    )
