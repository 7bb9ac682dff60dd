"""`/studio/visits`: which operators of the platform looked into this city, why, and at what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core_crm.audit.selectors import link_lives_until, visit_get, visit_list, visit_pages
from core_crm.audit.services import visit_end
from core_crm.audit.types import VISIT_SEEN, Actor
from core_crm.staff.types import Right
from sodam.studio.access import StudioRequest, show, studio_page

PER_PAGE = 30
MAY_END = (Right.STAFF_MANAGE, Right.AUDIT_VIEW)


@dataclass(frozen=True, slots=True)
class State:
    """How a visit stands, as a sign."""

    word: str
    tone: str
    icon: str
    is_living: bool = False


@require_GET
@studio_page
def visits(request: StudioRequest) -> HttpResponseBase:
    """The newest first; those under way can be ended here."""
    now = timezone.now()
    page = Paginator(visit_list(), PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "lines": [(one, state_of(one, now=now)) for one in page],
        "total": page.paginator.count,
        "may_end": _may_end(request),
        "place": "visits",
        **_around(page),
    }
    return show(request, "studio/visits.html", facts)


@require_GET
@studio_page
def visit_one(request: StudioRequest, visit_id: UUID) -> HttpResponseBase:
    """Every page one visit looked at."""
    visit, now = _found(visit_id), timezone.now()
    page = Paginator(visit_pages(visit), PER_PAGE * 4).get_page(request.GET.get("page"))
    facts = {
        "visit": visit,
        "state": state_of(visit, now=now),
        "lines": [(one.at, _what(one), one.facts.get("path", "")) for one in page],
        "may_end": _may_end(request),
        "place": "visits",
        **_around(page),
    }
    return show(request, "studio/visit.html", facts)


@require_POST
@studio_page
def visit_stop(request: StudioRequest, visit_id: UUID) -> HttpResponseBase:
    """The city sends the operator out: the next page the operator asks for is refused."""
    if not _may_end(request):
        raise PermissionDenied
    official = request.official
    by = Actor(official.id, official.name, request.META.get("REMOTE_ADDR", ""))
    visit_end(_found(visit_id), how="city", by=by, now=timezone.now())
    messages.success(request, _("방문을 끝냈습니다. 운영자는 더 볼 수 없습니다."))
    return HttpResponseRedirect(reverse("studio_visits"), status=303)


def state_of(visit: Any, *, now: datetime) -> State:
    """Waiting, under way, or how it ended."""
    if visit.ended_at:
        words = {
            "operator": _("운영자가 끝냄"),
            "city": _("시·도가 끝냄"),
            "idle": _("오래 쓰지 않아 끝남"),
            "account": _("계정이 막혀 끝남"),
        }
        return State(words.get(visit.ended_by, _("시간이 다 됨")), "", "check")
    if visit.entered_at is None:
        is_open = link_lives_until(visit) > now
        return State(_("들어오기 전") if is_open else _("들어오지 않음"), "", "clock")
    if visit.ends_at > now:
        return State(_("보고 있음"), "wait", "eye", is_living=True)
    return State(_("시간이 다 됨"), "", "check")


def _around(page: Any) -> dict[str, str]:
    """The addresses of the pages before and after this one, "" at the ends."""
    before = f"?page={page.number - 1}" if page.has_previous() else ""
    after = f"?page={page.number + 1}" if page.has_next() else ""
    return {"previous": before, "next": after}


def _what(entry: Any) -> str:
    if entry.action == VISIT_SEEN:
        method = entry.facts.get("method", "")
        return _("봄") if method in ("GET", "HEAD") else _("막힌 시도")
    words = {
        "operator.visit_asked": _("요청"),
        "operator.visit_begun": _("들어옴"),
        "operator.visit_ended": _("끝남"),
    }
    return words.get(entry.action, entry.action)


def _may_end(request: StudioRequest) -> bool:
    return any(request.official.has(right) for right in MAY_END)


def _found(visit_id: UUID) -> Any:
    found = visit_get(visit_id)
    if found is None:
        raise Http404
    return found
