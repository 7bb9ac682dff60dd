"""What hangs on the departments that a list moves or ends, in every room that knows them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from core_crm.kpis.selectors import months_of_departments
from core_crm.staff.services import Outlook
from core_crm.staff.types import Change, PlanLine
from core_crm.voices.selectors import category_list, service_list
from core_crm.voices.selectors.roles import RoleMap, role_labels


@dataclass(frozen=True, slots=True)
class UnitImpact:
    """One department and what leads to it: `months` of this year have figures of it."""

    code: str
    name: str
    is_ending: bool
    people: int
    work: int
    categories: int
    services: int
    roles: tuple[str, ...]
    months: int


def impact_of(outlook: Outlook, *, today: date) -> list[UnitImpact]:
    """Departments that end or move, those that end first. Nothing is written."""
    touched = [one for one in outlook.lines if {Change.ENDED, Change.MOVED} & set(one.changes)]
    touched.sort(key=lambda one: Change.ENDED not in one.changes)
    months = months_of_departments(
        (one.key for one in touched), since=today.replace(month=1, day=1)
    )
    held = {one.code: one for one in outlook.held}
    categories = Counter(one.department_code for one in category_list())
    services = Counter(one.department_code for one in service_list())
    roles = _roles()
    return [
        UnitImpact(
            code=line.key,
            name=line.name,
            is_ending=_ends(line),
            people=held[line.key].people if line.key in held else 0,
            work=held[line.key].work if line.key in held else 0,
            categories=categories[line.key],
            services=services[line.key],
            roles=tuple(roles.get(line.key, ())),
            months=months.get(line.key, 0),
        )
        for line in touched
    ]


def _ends(line: PlanLine) -> bool:
    return Change.ENDED in line.changes


def _roles() -> dict[str, list[str]]:
    """Places that documents name, by the department that plays them now."""
    found: dict[str, list[str]] = {}
    played = RoleMap.of_this_city()
    for role, word in role_labels().items():
        found.setdefault(played.found(role), []).append(word)
    return found
