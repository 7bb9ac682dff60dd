"""`/studio/routing/departments`: which department plays each role that documents name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core_crm.staff.selectors import department_list_current
from core_crm.voices.selectors.roles import RoleMap, role_labels
from customization.public import ABSENT, InForce, in_force, value_at
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.routing import PLACE
from sodam.studio.saving import findings_at, is_unchanged, may_change, proposed, tree_with
from sodam.ui.fields import Problem

NAMED = (*PLACE, "departments")


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role: whom its name leads to, and whom the city named instead."""

    role: str
    name: str
    by_name: str
    chosen: str


@require_http_methods(["GET", "POST"])
@studio_page
def roles(request: StudioRequest) -> HttpResponseBase:
    """Every role with its department; saving makes a change."""
    found = in_force()
    chosen = _chosen(found)
    if request.method == "GET":
        return _shown(request, chosen, [])
    typed = {role: request.POST.get(f"r-{role}", "") for role in role_labels()}
    wanted_names = {role: code for role, code in typed.items() if code}
    known = {code for code, _name in _departments()}
    problems = [
        Problem(f"r-{role}", _("그런 부서가 없습니다. 목록에서 골라 주세요."))
        for role, code in wanted_names.items()
        if code not in known
    ]
    wanted = tree_with({NAMED: wanted_names}, found=found)
    if not problems:
        problems = [Problem("", one.message) for one in findings_at(wanted, NAMED)]
    if not problems and is_unchanged(wanted, found=found):
        problems = [Problem("", _("바뀐 값이 없습니다."))]
    if problems:
        return _shown(request, typed, problems)
    title = request.POST.get("title", "").strip() or _("받는 곳과 부서")
    return proposed(request, wanted, title=title)


def _chosen(found: InForce) -> dict[str, str]:
    named = value_at(found.tree, NAMED)
    return {} if named is ABSENT else dict(named)


def _departments() -> list[tuple[str, str]]:
    return list(department_list_current().values_list("code", "name_ko"))


def _shown(
    request: StudioRequest, chosen: Mapping[str, str], problems: list[Problem]
) -> HttpResponseBase:
    names = dict(_departments())
    by_name = RoleMap.of_this_city(named={})
    lines = [
        RoleLine(role, label, names.get(by_name.found(role), ""), chosen.get(role, ""))
        for role, label in role_labels().items()
    ]
    facts = {
        "lines": lines,
        "departments": sorted(names.items(), key=lambda one: one[1]),
        "problems": problems,
        "has_errors": bool(problems),
        "change_title": request.POST.get("title", ""),
        "may_change": may_change(request),
        "place": "routing",
    }
    return show(request, "studio/roles.html", facts, status=422 if problems else 200)
