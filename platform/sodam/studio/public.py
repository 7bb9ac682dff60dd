"""`/studio/public`: what is missing before the city opens, and opening it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.staff.types import Right
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.preflight import Check, missing, preflight, require_ready
from sodam.ui.fields import Problem
from tenants.cities import city_publish
from tenants.context import current_city


@require_http_methods(["GET", "POST"])
@studio_page
def public(request: StudioRequest) -> HttpResponseBase:
    """The pre-flight, each line with its page; an approver opens the city when nothing is missing.

    Whoever prepared the city is its administrator, who may not approve: two people open it.
    """
    may_open, now = request.official.has(Right.SETTINGS_APPROVE), timezone.now()
    if request.method == "POST" and not may_open:
        raise PermissionDenied
    checks = preflight(now=now)
    if request.method == "POST" and current_city().is_trial:
        problems = _refused(request, checks)
        if problems:
            return _shown(request, checks, problems=problems)
        city_open_to_public(checks, by=request.official, now=now)
        messages.success(
            request, _("시민에게 열었습니다. 이제부터 접수한 의견에는 안내가 나갑니다.")
        )
        return HttpResponseRedirect(reverse("studio_public"), status=303)
    return _shown(request, checks)


def city_open_to_public(checks: tuple[Check, ...], *, by: Any, now: datetime) -> None:
    """Note who opens the city, and open it. `by` None: from a terminal. Raises CityNotReady."""
    require_ready(checks)
    audit_append(
        "city.opened_to_public",
        actor=Actor(by.id, by.name) if by else None,
        subject_kind="city",
        subject_id=None,
        now=now,
        facts={one.code: one.state for one in checks},
    )
    city_publish(current_city().code, now=now)


def _refused(request: StudioRequest, checks: tuple[Check, ...]) -> list[Problem]:
    found = [Problem(f"check-{one.code}", f"{one.word}: {one.told}") for one in missing(checks)]
    if not found and not request.POST.get("sure"):
        found = [Problem("sure", _("시민에게 연다는 칸에 표시해 주세요."))]
    return found


def _shown(
    request: StudioRequest, checks: tuple[Check, ...], *, problems: list[Problem] | None = None
) -> HttpResponseBase:
    facts = {
        "checks": checks,
        "missing": missing(checks),
        "warnings": [one for one in checks if one.state == "warn"],
        "problems": problems or [],
        "has_errors": bool(problems),
        "may_open": request.official.has(Right.SETTINGS_APPROVE),
        "place": "public",
    }
    return show(request, "studio/public.html", facts, status=422 if problems else 200)
