"""A list takes effect: all of what it would do in one transaction, or on its day."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core_crm.imports.types import ImportResult
from core_crm.staff.errors import PlanDoesNothing, PlanOutdated
from core_crm.staff.models import OfficePlan, Official
from core_crm.staff.services.access import access_note, access_require
from core_crm.staff.services.officials import official_change
from core_crm.staff.services.plans.counting import counted
from core_crm.staff.services.plans.ending import heirs_require, organise
from core_crm.staff.services.plans.joining import officials_join
from core_crm.staff.services.plans.keeping import plan_end, plan_lock
from core_crm.staff.services.plans.organisation import OrganisationChange
from core_crm.staff.services.plans.outlook import Outlook, plan_outlook
from core_crm.staff.services.plans.people import PeopleChange
from core_crm.staff.types import Invitation, PlanState, Right
from tenants.errors import DomainError


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a list: waiting for its day, or done with these counts.

    `invitations` are for people who are new: they hold links that are shown or mailed once.
    """

    state: PlanState
    result: ImportResult | None = None
    invitations: tuple[Invitation, ...] = ()


@transaction.atomic
def plan_apply(
    plan: OfficePlan, *, digest: str = "", by: Official | None = None, now: datetime
) -> Applied:
    """Do what the list says, or, when its day is to come, wait for it.

    `digest` is of the outlook that was shown; "" does whatever the list does now. Refused lines are
    left out and given back in a file. Raises RightMissing, PlanEnded, PlanOutdated,
    PlanDoesNothing, HeirNeeded, OrganisationNotATree.
    """
    access_require(by, Right.STAFF_MANAGE)
    fresh = plan_lock(plan)
    outlook = plan_outlook(fresh, by=by)
    if digest and digest != outlook.digest:
        raise PlanOutdated(
            "그 사이에 조직이나 직원이 달라졌습니다. 아래를 다시 보고 적용해 주세요."
        )
    if outlook.change is None or not any(
        one.does_something or one.is_refused for one in outlook.lines
    ):
        raise PlanDoesNothing("바뀌는 줄이 없습니다.")
    heirs_require(fresh, outlook)
    if fresh.effective_on is not None and fresh.effective_on > timezone.localdate(now):
        fresh.state = PlanState.SCHEDULED
        fresh.save(update_fields=["state"])
        _note("plan.schedule", fresh, by=by, now=now, effective_on=str(fresh.effective_on))
        return Applied(PlanState.SCHEDULED)
    return _applied(fresh, outlook, by=by, now=now)


def _applied(plan: OfficePlan, outlook: Outlook, *, by: Official | None, now: datetime) -> Applied:
    invitations: tuple[Invitation, ...] = ()
    if isinstance(outlook.change, OrganisationChange):
        organise(plan, outlook.change, by=by, now=now)
    elif isinstance(outlook.change, PeopleChange):
        invitations = _staff(outlook.change, by=by, now=now)
    result = counted(plan, outlook, now=now)
    counts: dict[str, int] = asdict(outlook.counts)
    plan.counts = {**counts, "errors_file": result.errors_file or ""}
    plan_end(plan, state=PlanState.APPLIED, now=now)
    _note("plan.apply", plan, by=by, now=now, **counts)
    return Applied(PlanState.APPLIED, result, invitations)


def _staff(change: PeopleChange, *, by: Official | None, now: datetime) -> tuple[Invitation, ...]:
    """Change those who are here, then let the others join, each with a link."""
    for target in change.targets:
        if target.official is not None:
            official_change(
                target.official,
                roles=target.roles,
                department=target.department,
                name=target.name,
                position=target.position,
                phone=target.phone,
                by=by,
                now=now,
            )
    new = [target for target in change.targets if target.official is None]
    return tuple(officials_join(new, by=by, now=now))


def plans_apply_due(*, now: datetime) -> int:
    """Apply what was to wait for today; how many took effect.

    One that no longer fits fails with the reason, is shown so, and leaves the others alone.
    """
    today = timezone.localdate(now)
    due = OfficePlan.objects.filter(state=PlanState.SCHEDULED, effective_on__lte=today)
    applied = 0
    for plan in due.select_related("created_by__user").order_by("effective_on", "created_at"):
        try:
            with transaction.atomic():
                plan_apply(plan, by=plan.created_by, now=now)
            applied += 1
        except DomainError as refused:
            plan_end(plan, state=PlanState.FAILED, now=now, problem=refused.message)
    return applied


def _note(
    action: str, plan: OfficePlan, *, by: Official | None, now: datetime, **facts: str | int
) -> None:
    access_note(action, by=by, subject_kind=plan.kind, subject_id=plan.id, now=now, facts=facts)
