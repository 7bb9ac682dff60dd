"""`/studio/people`: everybody who works here, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core_crm.staff.selectors import department_list_current, official_search, plan_list
from core_crm.staff.types import RIGHTS_BY_ROLE, PersonState, PlanKind, Right, Role
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.invited import links_once
from sodam.studio.managing import seers_page
from sodam.studio.plan_words import Sign, right_words, role_words, state_sign
from tenants.context import current_city

PER_PAGE = 50
FILTERS = ("text", "role", "department", "state")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody in the list."""

    person: Any
    roles: tuple[str, ...]
    state: Sign


@require_GET
@seers_page
def people(request: StudioRequest) -> HttpResponseBase:
    """Everybody, fifty at a time; each filter narrows."""
    given = {name: request.GET.get(name, "").strip() for name in FILTERS}
    pages = Paginator(official_search(**given), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    facts = {
        "lines": [_line(one) for one in page],
        "page": page,
        "total": pages.count,
        "given": given,
        "is_narrowed": any(given.values()),
        "roles": role_words(),
        "states": {name: sign.word for name, sign in state_signs().items()},
        "departments": department_list_current(),
        "previous": _at(given, page.previous_page_number()) if page.has_previous() else "",
        "next": _at(given, page.next_page_number()) if page.has_next() else "",
        "may_manage": request.official.has(Right.STAFF_MANAGE),
        "plans": [(one, state_sign(one.state)) for one in plan_list(PlanKind.PEOPLE, limit=5)],
        "links": links_once(request),
        "city_is_trial": current_city().is_trial,
        "place": "people",
    }
    return show(request, "studio/people.html", facts)


def _at(given: dict[str, str], number: int) -> str:
    named = {name: text for name, text in given.items() if text}
    return "?" + urlencode({**named, "page": number})


def _line(person: Any) -> PersonLine:
    words = role_words()
    names = tuple(str(words[role]) for role in person.roles)
    return PersonLine(person, names, state_signs()[state_of(person)])


def state_of(person: Any) -> PersonState:
    """Where an account stands."""
    if not person.is_active:
        return PersonState.STOPPED
    return PersonState.ACTIVE if person.user.last_login else PersonState.INVITED


def state_signs() -> dict[str, Sign]:
    return {
        PersonState.ACTIVE: Sign(_("사용 중"), "check", "ok"),
        PersonState.INVITED: Sign(_("아직 안 들어옴"), "mail"),
        PersonState.STOPPED: Sign(_("멈춤"), "ban", "no"),
    }


@require_GET
@studio_page
def role_matrix(request: StudioRequest) -> HttpResponseBase:
    """Every right and who has it, from the very table that the server asks."""
    words = right_words()
    rows = [(words[right], [right in RIGHTS_BY_ROLE[role] for role in Role]) for right in Right]
    names = role_words()
    facts = {"rows": rows, "roles": [names[role] for role in Role], "place": "people"}
    return show(request, "studio/role_matrix.html", facts)
