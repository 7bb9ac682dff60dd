"""Departments are loaded, and those that end leave their people and work to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from core_crm.staff.errors import HeirNeeded
from core_crm.staff.models import Department, OfficePlan, Official
from core_crm.staff.selectors import department_list_current
from core_crm.staff.services.access import access_note
from core_crm.staff.services.officials import official_change
from core_crm.staff.services.organisation import department_load
from core_crm.staff.services.plans.organisation import OrganisationChange
from core_crm.staff.services.plans.outlook import Outlook
from core_crm.staff.services.work import work_move_unit
from core_crm.staff.types import DepartmentRow


def heirs_require(plan: OfficePlan, outlook: Outlook) -> None:
    """Whatever ends and holds something has a department that takes over. Raises HeirNeeded."""
    if not isinstance(outlook.change, OrganisationChange):
        return
    there = set(department_list_current().values_list("code", flat=True))
    staying = (there | {row.code for row in outlook.change.rows}) - set(outlook.change.ending)
    left = [unit for unit in outlook.held if plan.heirs.get(unit.code) not in staying]
    if left:
        raise HeirNeeded(
            "끝나는 부서의 사람과 업무를 넘겨받을 부서를 골라 주세요.",
            departments=[unit.code for unit in left],
        )


def organise(
    plan: OfficePlan, change: OrganisationChange, *, by: Official | None, now: datetime
) -> None:
    """Load what is new or different, then end what ends, the lowest first."""
    from_day = plan.effective_on or timezone.localdate(now)
    department_load(_dated(change, from_day))
    units = {one.code: one for one in Department.objects.all()}
    for code in change.ending:
        _end(units[code], units.get(plan.heirs.get(code, "")), from_day, by=by, now=now)


def _dated(change: OrganisationChange, from_day: date) -> Iterator[DepartmentRow]:
    known = set(Department.objects.values_list("code", flat=True))
    for row in change.rows:
        yield row if row.code in known else replace(row, valid_from=from_day)


def _end(
    unit: Department, heir: Department | None, on: date, *, by: Official | None, now: datetime
) -> None:
    """People and open work go to the heir; the department stays for names of the past."""
    people = list(Official.objects.filter(department=unit)) if heir else []
    for person in people:
        official_change(person, department=heir, by=by, now=now)
    moved = work_move_unit(unit, to=heir, by=by, now=now) if heir else 0
    unit.valid_to = max(on, unit.valid_from or on)
    unit.save(update_fields=["valid_to"])
    access_note(
        "department.end",
        by=by,
        subject_kind="department",
        subject_id=unit.id,
        now=now,
        facts={
            "department": unit.code,
            "to": heir.code if heir else "",
            "people": len(people),
            "work": moved,
        },
    )
