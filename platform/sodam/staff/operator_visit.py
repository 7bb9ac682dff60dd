"""Requests of a visiting operator: each is noted, reads only, and shows nobody's data.

The visit lives in the city's own table; the browser's session holds its id and no account. It is
asked anew with every request, so ending it, in the city or on the platform, ends it at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core_crm.audit.errors import VisitIsReadOnly
from core_crm.audit.selectors import visit_get, visit_living
from core_crm.audit.services import visit_end, visit_look
from core_crm.staff.services.visiting import visiting_seat
from customization.public import reading_only
from sodam.errors import problem_of, respond
from sodam.staff.access import is_partial
from sodam.staff.operator_mask import mask, may_be_shown
from sodam.ui import idle
from tenants.accounts.selectors import is_operator
from tenants.errors import CitySwitchInTransaction

KEY = "operator_visit"
OFFICIALS = ("/staff/", "/studio/")
LOOKS = ("GET", "HEAD")
OPEN_TO_ALL = ("/staff/visit", "/staff/visit/end", "/staff/visit/over")
"""Beginning and ending a visit: never as the visitor."""
KEPT_POSTS = ("/staff/session/extend",)
"""Changes nothing but how long the browser is believed."""
QUESTIONS = ("staff_session", "staff_session_extend", "staff_pulse", "staff_voice_presence")
"""What a page asks by itself, showing nothing: no line in the record of what was seen."""
SEARCHES = ("q",)
"""Finding somebody by a name tells that they are there."""
STATEMENT_SECONDS = 10.0


class OperatorVisitMiddleware:
    """For officials' addresses asked by a browser that began a visit; everybody else passes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        visit_id = _visit_id(request)
        if visit_id is None:
            return self.get_response(request)
        now = timezone.now()
        visit, how = _standing(request, visit_id, now=now)
        if how:
            return _over(request, visit, how=how, now=now)
        _note(request, visit, now=now)
        if request.method not in LOOKS and request.path not in KEPT_POSTS:
            return _refused(request)
        return self._shown(request, visit)

    def _shown(self, request: HttpRequest, visit: Any) -> HttpResponseBase:
        """The page as an official with nobody's rights but to see, in a transaction that only
        reads; then all that is personal is covered."""
        _as_visitor(request, visit)
        with reading_only(statement_seconds=STATEMENT_SECONDS):
            response = self.get_response(request)
            if 300 <= response.status_code < 400:
                return response
            if not may_be_shown(response):
                response.close()
                return _refused(request, what=_("파일은 방문 중에 내려받을 수 없습니다."))
            mask(response)  # type: ignore[arg-type]  # may_be_shown() said it is one
        response.headers["Cache-Control"] = "no-store"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page that wanted to keep something, which the database refused; or one that reads the
        platform's tables too, which no transaction of a city lets it."""
        if getattr(request, KEY, None) is None:
            return None
        if isinstance(error, CitySwitchInTransaction):
            return _refused(request, what=_("이 화면은 방문 중에 볼 수 없습니다."))
        return _refused(request) if isinstance(error, DatabaseError) else None


def _visit_id(request: HttpRequest) -> UUID | None:
    """The visit of this browser, on an address where it counts."""
    if getattr(request, "city", None) is None or not request.path.startswith(OFFICIALS):
        return None
    if request.path in OPEN_TO_ALL:
        return None
    kept = request.session.get(KEY)
    return UUID(kept) if kept else None


def _standing(request: HttpRequest, visit_id: UUID, *, now: datetime) -> tuple[Any, str]:
    """The visit, and how it is over if it is: "time", "idle", "account" or "ended"."""
    visit = visit_living(visit_id, now=now)
    if visit is None:
        known = visit_get(visit_id)
        return known, "ended" if known is None or known.ended_at else "time"
    if idle.has_slept(request, now=now):
        return visit, "idle"
    return visit, "" if is_operator(visit.operator_id) else "account"


def _over(request: HttpRequest, visit: Any, *, how: str, now: datetime) -> HttpResponseBase:
    """No longer a visitor: the session is emptied, the end is noted once."""
    if visit is not None:
        visit_end(visit, how=how, now=now)
    request.session.flush()
    target = f"{reverse('staff_visit_over')}?why={how}"
    if is_partial(request):
        return HttpResponse(status=401, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _note(request: HttpRequest, visit: Any, *, now: datetime) -> None:
    """Before the page is shown: what cannot be noted is not seen."""
    place = _place(request)
    if place is not None and place.url_name in QUESTIONS:
        return
    visit_look(
        visit,
        route=place.route if place else "",
        path=request.path,
        method=str(request.method),
        origin=request.META.get("REMOTE_ADDR", ""),
        now=now,
    )


def _place(request: HttpRequest) -> ResolverMatch | None:
    try:
        return resolve(request.path_info, urlconf=request.urlconf)  # type: ignore[attr-defined]
    except Resolver404:
        return None


def _as_visitor(request: HttpRequest, visit: Any) -> None:
    request.user = visiting_seat(visit.operator_id, visit.operator_name)
    request.operator_visit = visit  # type: ignore[attr-defined]  # the page's bar
    request.COOKIES.pop("sodam_preview", None)
    request.META.pop("HTTP_IF_NONE_MATCH", None)
    if any(name in request.GET for name in SEARCHES):
        asked = request.GET.copy()
        for name in SEARCHES:
            asked.pop(name, None)
        request.GET = asked


def _refused(request: HttpRequest, what: str = "") -> HttpResponse:
    sentence = what or _(
        "방문 중에는 보기만 할 수 있습니다. 바꾸는 일은 시·도의 직원에게 부탁해 주세요."
    )
    problem = problem_of(VisitIsReadOnly(sentence))
    return respond(request, problem)  # type: ignore[arg-type]  # a DomainError always is one
