"""Who lives with whom, and who stands in for whom (세대, 관계)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.customers.errors import CustomerKnownAlready, CustomerNotValid
from core_crm.customers.models import Citizen, Household, HouseholdMember, Relation
from core_crm.customers.services import reading
from core_crm.customers.types import HouseholdRole, RelationKind


@transaction.atomic
def household_join(
    citizen: Citizen,
    *,
    with_citizen: Citizen | None = None,
    role: str = HouseholdRole.MEMBER.value,
    since: date | None = None,
    by: Actor | None,
    now: datetime,
) -> HouseholdMember:
    """Live with somebody from now on: in their household, which is made if they have none.

    Without anybody a new household is made at the citizen's address. Whoever lived elsewhere leaves
    there. Raises CustomerNotValid, CustomerKnownAlready when there is a head already.
    """
    role = str(reading.read_choice(role, tuple(HouseholdRole), field="role"))
    if with_citizen is not None and with_citizen.pk == citizen.pk:
        raise CustomerNotValid("자기 자신과는 묶을 수 없습니다.", field="with_citizen")
    household = _household_of(with_citizen or citizen, now=now, is_new=with_citizen is None)
    _leave(citizen)
    try:
        with transaction.atomic():
            place = HouseholdMember.objects.create(
                household=household, citizen=citizen, role=role, since=since
            )
    except IntegrityError as refused:
        if "household_one_head" not in str(refused):
            raise
        raise CustomerKnownAlready("이 세대에는 세대주가 이미 있습니다.", field="role") from refused
    _note("customer.household_joined", citizen, by=by, now=now, kind=role)
    return place


@transaction.atomic
def household_leave(citizen: Citizen, *, by: Actor | None, now: datetime) -> bool:
    """Live there no more; an empty household goes. False when there was none."""
    has_left = _leave(citizen)
    if has_left:
        _note("customer.household_left", citizen, by=by, now=now)
    return has_left


def _household_of(citizen: Citizen, *, now: datetime, is_new: bool) -> Household:
    place = HouseholdMember.objects.select_related("household").filter(citizen=citizen).first()
    if place is not None and not is_new:
        return place.household
    household = Household.objects.create(
        address=citizen.address,
        address_detail=citizen.address_detail,
        district_code=citizen.district_code,
        created_at=now,
    )
    if not is_new:
        HouseholdMember.objects.create(household=household, citizen=citizen)
    return household


def _leave(citizen: Citizen) -> bool:
    place = HouseholdMember.objects.filter(citizen=citizen).first()
    if place is None:
        return False
    household_id = place.household_id
    place.delete()
    Household.objects.filter(pk=household_id, members__isnull=True).delete()
    return True


@transaction.atomic
def relation_add(
    citizen: Citizen,
    other: Citizen,
    *,
    kind: str,
    basis: str = "",
    valid_from: date | None = None,
    by: Actor | None,
    now: datetime,
) -> Relation:
    """`citizen` is the guardian, proxy, … of `other` from now on.

    Raises CustomerNotValid, CustomerKnownAlready.
    """
    kind = str(reading.read_choice(kind, tuple(RelationKind), field="kind"))
    if citizen.pk == other.pk:
        raise CustomerNotValid("자기 자신과는 묶을 수 없습니다.", field="other")
    try:
        with transaction.atomic():
            relation = Relation.objects.create(
                citizen=citizen,
                other=other,
                kind=kind,
                basis=reading.read_text(basis, length=120),
                valid_from=valid_from,
            )
    except IntegrityError as refused:
        if "relation_once_at_a_time" not in str(refused):
            raise
        raise CustomerKnownAlready("이미 같은 관계가 있습니다.", field="kind") from refused
    _note("customer.relation_added", citizen, by=by, now=now, kind=kind)
    return relation


@transaction.atomic
def relation_end(relation: Relation, *, on: date, by: Actor | None, now: datetime) -> Relation:
    """The last day on which it held. Raises CustomerNotValid."""
    if relation.valid_from is not None and on < relation.valid_from:
        raise CustomerNotValid("끝난 날이 시작일보다 앞섭니다.", field="valid_to")
    relation.valid_to = on
    relation.save(update_fields=["valid_to"])
    _note("customer.relation_ended", relation.citizen, by=by, now=now, kind=relation.kind)
    return relation


def _note(action: str, citizen: Citizen, *, by: Actor | None, now: datetime, **facts: str) -> None:
    audit_append(
        action, actor=by, subject_kind="citizen", subject_id=citizen.pk, now=now, facts=facts
    )
