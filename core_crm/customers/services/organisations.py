"""Writing down a body and the people who act for it (법인·단체, 소속)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.common.districts import district_of
from core_crm.customers.errors import CustomerKnownAlready, CustomerNotActive, CustomerNotValid
from core_crm.customers.models import Citizen, Membership, Organisation
from core_crm.customers.selectors.terms import terms_of
from core_crm.customers.services import reading
from core_crm.customers.types import (
    CustomerState,
    MemberRole,
    OrganisationChanged,
    OrganisationDraft,
    OrganisationKind,
    OrganisationRegistered,
)
from core_crm.events import record
from tenants.context import current_city

SUBJECT = "organisation"


@transaction.atomic
def organisation_register(
    draft: OrganisationDraft, *, by: Actor | None, now: datetime, batch_id: UUID | None = None
) -> Organisation:
    """Write down a body. Raises ContactNotReadable, CustomerNotValid, CustomerKnownAlready."""
    organisation = Organisation(
        **organisation_values(draft), source=draft.source[:40], batch_id=batch_id, created_at=now
    )
    _save(organisation)
    record(
        OrganisationRegistered(organisation_id=organisation.id, source=organisation.source, at=now)
    )
    _note("organisation.registered", organisation, by=by, now=now, source=organisation.source)
    return organisation


@transaction.atomic
def organisation_change(
    organisation: Organisation, changes: OrganisationDraft, *, by: Actor | None, now: datetime
) -> Organisation:
    """Make what is known what the draft says: the whole of it, but the source.

    Raises as `organisation_register`, and CustomerNotActive.
    """
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if row.state != CustomerState.ACTIVE:
        raise CustomerNotActive("합쳐졌거나 지워진 법인·단체는 고칠 수 없습니다.")
    values = organisation_values(changes)
    changed = tuple(name for name, value in values.items() if getattr(row, name) != value)
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    row.changed_at = now
    _save(row)
    told = tuple(name for name in changed if name != "terms")
    record(OrganisationChanged(organisation_id=row.id, fields=told, at=now))
    _note("organisation.changed", row, by=by, now=now, fields=",".join(told))
    return row


def organisation_values(draft: OrganisationDraft) -> dict[str, Any]:
    """The columns of a body that a draft says, in the form in which they are kept.

    Raises ContactNotReadable, CustomerNotValid.
    """
    name = reading.read_name(draft.name, length=120)
    if not name:
        raise CustomerNotValid("이름을 적어 주세요.", field="name")
    address = reading.read_text(draft.address, length=200)
    phone = reading.read_phone(draft.phone)
    district = reading.read_district(draft.district_code)
    return {
        "name": name,
        "kind": str(reading.read_choice(draft.kind, tuple(OrganisationKind), field="kind")),
        "trade": reading.read_text(draft.trade, length=60),
        "registration_no": reading.read_registration_no(draft.registration_no),
        "representative_name": reading.read_name(draft.representative_name),
        "phone": phone,
        "extension": reading.read_text(draft.extension, length=12),
        "email": reading.read_email(draft.email),
        "website": reading.read_website(draft.website),
        "postcode": reading.read_postcode(draft.postcode),
        "address": address,
        "address_detail": reading.read_text(draft.address_detail, length=100),
        "district_code": district or district_of(address, current_city().code),
        "facts": dict(draft.facts),
        "terms": terms_of(name, address, phone),
    }


@transaction.atomic
def membership_add(
    organisation: Organisation,
    citizen: Citizen,
    *,
    role: str = MemberRole.CONTACT.value,
    department: str = "",
    position: str = "",
    valid_from: date | None = None,
    by: Actor | None,
    now: datetime,
) -> Membership:
    """A person acts for a body from now on. Raises CustomerNotValid, CustomerKnownAlready."""
    member = Membership(
        organisation=organisation,
        citizen=citizen,
        role=str(reading.read_choice(role, tuple(MemberRole), field="role")),
        department=reading.read_text(department, length=60),
        position=reading.read_text(position, length=40),
        valid_from=valid_from,
    )
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as refused:
        if "membership_once_at_a_time" not in str(refused):
            raise
        raise CustomerKnownAlready("이미 같은 역할로 소속되어 있습니다.", field="role") from refused
    _note("organisation.member_added", organisation, by=by, now=now, role=member.role)
    return member


@transaction.atomic
def membership_end(
    membership: Membership, *, on: date, by: Actor | None, now: datetime
) -> Membership:
    """The last day on which the person acted for it. Raises CustomerNotValid."""
    if membership.valid_from is not None and on < membership.valid_from:
        raise CustomerNotValid("끝난 날이 시작일보다 앞섭니다.", field="valid_to")
    membership.valid_to = on
    membership.save(update_fields=["valid_to"])
    _note("organisation.member_ended", membership.organisation, by=by, now=now)
    return membership


def _save(organisation: Organisation) -> None:
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as refused:
        if "organisation_number_once" not in str(refused):
            raise
        raise CustomerKnownAlready(
            "같은 등록번호의 법인·단체가 이미 있습니다.", field="registration_no"
        ) from refused


def _note(
    action: str, organisation: Organisation, *, by: Actor | None, now: datetime, **facts: str
) -> None:
    audit_append(
        action, actor=by, subject_kind=SUBJECT, subject_id=organisation.id, now=now, facts=facts
    )
