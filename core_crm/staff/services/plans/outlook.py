"""What a list would do, as it is shown before anybody decides."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass

from core_crm.staff.models import OfficePlan, Official
from core_crm.staff.services.plans.columns import columns_missing
from core_crm.staff.services.plans.keeping import headings_of, rows_of
from core_crm.staff.services.plans.organisation import OrganisationChange, organisation_change
from core_crm.staff.services.plans.people import PeopleChange, Staff, people_change
from core_crm.staff.services.plans.units import Units
from core_crm.staff.services.work import work_held_in
from core_crm.staff.types import Change, PlanCounts, PlanKind, PlanLine, UnitHeld

UPDATED = (Change.RENAMED, Change.MOVED, Change.CHANGED, Change.ENDED)


@dataclass(frozen=True, slots=True)
class Outlook:
    """A list beside what there is. `held`: what somebody must take over when departments end.

    `missing`: columns without which it cannot be read at all. `digest` names exactly what was
    shown: who applies says it, and it is compared.
    """

    lines: tuple[PlanLine, ...]
    counts: PlanCounts
    missing: tuple[str, ...]
    held: tuple[UnitHeld, ...]
    digest: str
    change: OrganisationChange | PeopleChange | None


def plan_outlook(plan: OfficePlan, *, by: Official | None = None) -> Outlook:
    """Compare the list with what there is now. Writes nothing."""
    headings = headings_of(plan)
    missing = tuple(columns_missing(plan.kind, list(headings)))
    if missing and "code" not in headings:
        return Outlook((), PlanCounts(0, 0, 0, 0, 0), missing, (), "", None)
    change: OrganisationChange | PeopleChange
    if plan.kind == PlanKind.ORGANISATION:
        change = organisation_change(
            rows_of(plan), Units.of_today(), headings=headings, is_whole=plan.is_whole
        )
        held = _held(change)
    else:
        change = people_change(rows_of(plan), Staff.of_today(), headings=headings, by=by)
        held = ()
    lines = change.lines
    return Outlook(lines, _counts(lines), (), held, _digest(lines), change)


def _held(change: OrganisationChange) -> tuple[UnitHeld, ...]:
    """Ending departments that hold people or work."""
    units = Units.of_today().by_code
    found = []
    for code in change.ending:
        unit = units[code]
        people = Official.objects.filter(department=unit, user__is_active=True).count()
        work = sum(held.count for held in work_held_in(unit))
        if people or work:
            found.append(UnitHeld(unit.id, code, unit.name_ko, people, work))
    return tuple(found)


def _counts(lines: tuple[PlanLine, ...]) -> PlanCounts:
    """A line is counted once, as what it does first; what the list does not name comes beside."""
    firsts = Counter(line.changes[0] for line in lines if line.line)
    return PlanCounts(
        rows=sum(firsts.values()),
        created=firsts[Change.NEW],
        updated=sum(firsts[word] for word in UPDATED),
        skipped=firsts[Change.UNCHANGED],
        refused=firsts[Change.REFUSED],
        ended=sum(Change.ENDED in line.changes for line in lines),
    )


def _digest(lines: tuple[PlanLine, ...]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(repr(line).encode())
    return digest.hexdigest()[:32]
