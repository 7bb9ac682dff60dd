"""`/studio/`: what reference data there is, and in which state."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from core_crm.calendars import reach_check
from core_crm.calendars.errors import CalendarTooShort
from core_crm.staff.selectors import department_tree
from core_crm.staff.types import DepartmentNode
from core_crm.voices.selectors import category_list, service_list, workflow_of_city
from customization.public import ChangeStatus, change_list, in_force
from sodam.studio.access import show, studio_page


@studio_page
def home(request: HttpRequest) -> HttpResponseBase:
    """Every door of the studio, with its numbers."""
    workflow, found = workflow_of_city(), in_force()
    facts = {
        "found": found,
        "waiting": change_list().filter(status=ChangeStatus.SUBMITTED).count(),
        "kpis": len(found.tree.get("kpi", {})),
        "campaigns": len(found.tree.get("campaign_type", {})),
        "departments": _count(department_tree()),
        "services": service_list().count(),
        "categories": category_list().count(),
        "states": len(workflow.definition.states),
        "steps": len(workflow.definition.transitions),
        "reach_days": _reach_days(),
        "place": "home",
    }
    return show(request, "studio/home.html", facts)


def _count(nodes: Iterable[DepartmentNode]) -> int:
    return sum(1 + _count(node.children) for node in nodes)


def _reach_days() -> int | None:
    """How far ahead holidays are known; None when that is too short."""
    try:
        return reach_check(timezone.localdate()).days
    except CalendarTooShort:
        return None
