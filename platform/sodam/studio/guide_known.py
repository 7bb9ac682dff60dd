"""What the set-up guide and the pre-flight look at: the city's own rows and documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from core_crm.calendars import reach_check
from core_crm.calendars.errors import CalendarTooShort
from core_crm.imports.selectors import batch_list
from core_crm.messaging.services import roads
from core_crm.messaging.types import Road
from core_crm.staff.selectors import department_list_current, group_roles, official_list
from core_crm.staff.types import Right
from core_crm.voices.selectors import (
    TriedOut,
    category_list,
    has_answered,
    tried_out,
    voice_tried_out,
)
from core_crm.voices.selectors.roles import RoleMap, role_labels
from customization.public import InForce, in_force
from tenants.context import CityRef, current_city

Path = tuple[str, ...]
LOOKED: tuple[Path, ...] = (("terminology",), ("branding",))
FIRST_PAGE: tuple[Path, ...] = (("branding", "city", "footer"), ("form",))
CONSENT = "consent_text"


@dataclass(frozen=True, slots=True)
class Known:
    """The facts all steps are judged by."""

    city: CityRef
    found: InForce
    departments: int
    officials: Sequence[Any]
    groups: int
    categories: int
    roles_without_department: tuple[str, ...]
    reach_days: int | None
    roads: tuple[Road, ...]
    imports: int
    tried: TriedOut
    tried_voice: Any
    has_answered: bool

    def who_may(self, right: Right) -> list[Any]:
        """Those who have come and may do it: an invitation nobody followed is nobody."""
        return [one for one in self.officials if one.has(right) and one.invited_at is None]

    def changed(self, *places: Path) -> int:
        """In how many values at or below these places the city differs from the standard."""
        paths = [one.path for one in self.found.operations]
        return sum(any(path[: len(place)] == place for place in places) for path in paths)


def known(*, now: datetime) -> Known:
    """Read it all, in about fifteen short queries."""
    tried = tried_out()
    return Known(
        city=current_city(),
        found=in_force(),
        departments=department_list_current().count(),
        officials=list(official_list()),
        groups=group_roles().count(),
        categories=category_list().count(),
        roles_without_department=_roles_missing(),
        reach_days=_reach(now),
        roads=roads(),
        imports=batch_list().count(),
        tried=tried,
        tried_voice=voice_tried_out() if tried.filed else None,
        has_answered=bool(tried.answered) or has_answered(),
    )


def _roles_missing() -> tuple[str, ...]:
    """Roles that categories and rules name and no department plays."""
    roles, labels = RoleMap.of_this_city(), role_labels()
    return tuple(label for role, label in labels.items() if not roles.found(role))


def _reach(now: datetime) -> int | None:
    try:
        return reach_check(timezone.localdate(now)).days
    except CalendarTooShort:
        return None
