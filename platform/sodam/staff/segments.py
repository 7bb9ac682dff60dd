"""S11 `/staff/segments`: citizens by what they need, and what lies behind each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core_crm.customers.selectors import citizen_source
from core_crm.segments.selectors import (
    segment_drift,
    segment_get,
    segment_list,
    segment_members,
    segment_uses,
)
from core_crm.segments.services import segment_archive, segment_count_keep, segment_retake
from core_crm.segments.types import SegmentKind
from core_crm.staff.types import Right
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.doing import actor_of
from sodam.staff.segment_panel import panel_of
from sodam.ui.conditions import sentence
from tenants.errors import DomainError


@require_GET
@official_page(Right.SEGMENT_VIEW)
def segments(request: StaffRequest) -> HttpResponseBase:
    """Those in use, or those put away: name, sentence, the last count, by whom."""
    archived, source = request.GET.get("view") == "archived", citizen_source()
    context = {
        "rows": [_row(one, source) for one in segment_list(archived=archived)],
        "archived": archived,
        "can_change": request.official.has(Right.SEGMENT_CHANGE),
        "menu": "customers",
    }
    return show(request, "staff/segments.html", context)


def _row(segment: Any, source: Any) -> dict[str, Any]:
    return {
        "segment": segment,
        "sentence": sentence(segment.condition, source),
        "is_kept": segment.kind == SegmentKind.SNAPSHOT,
        "uses": len(segment_uses(segment)),
    }


@require_GET
@official_page(Right.SEGMENT_VIEW)
def segment(request: StaffRequest, code: str) -> HttpResponseBase:
    """One segment: its sentence, whom it holds, which rule removed whom, whom one may write to."""
    found, today = segment_get(code), timezone.localdate()
    is_kept = found.kind == SegmentKind.SNAPSHOT
    context: dict[str, Any] = {
        "segment": found,
        "is_kept": is_kept,
        "uses": segment_uses(found),
        "can_change": request.official.has(Right.SEGMENT_CHANGE),
        "menu": "customers",
    }
    try:
        members = segment_members(found, today=today) if is_kept else None
        context["panel"] = panel_of(found.condition, members)
        context["drift"] = segment_drift(found, today=today) if is_kept else None
    except DomainError as gone:  # a field that a plugin kept, and the plugin is off
        context["panel"] = {"problem": gone.message, "sentence": ""}
    return show(request, "staff/segment.html", context)


@require_POST
@official_page(Right.SEGMENT_CHANGE)
def segment_act(request: StaffRequest, code: str) -> HttpResponseBase:
    """Count it for the list, take a kept one anew, put it away or fetch it back."""
    found, now, by = segment_get(code), timezone.now(), actor_of(request)
    do = request.POST.get("do", "")
    if do == "count":
        segment_count_keep(found, now=now, today=timezone.localdate(now))
        messages.success(request, _("다시 세었습니다."))
    elif do == "retake":
        try:
            segment_retake(found, by=by, now=now)
            messages.success(request, _("지금의 대상으로 다시 고정했습니다."))
        except DomainError as refused:
            messages.error(request, refused.message)
    elif do in ("archive", "restore"):
        segment_archive(found, is_archived=do == "archive", by=by, now=now)
        messages.success(
            request, _("보관했습니다.") if do == "archive" else _("다시 쓸 수 있습니다.")
        )
    return HttpResponseRedirect(reverse("staff_segment", args=[code]), status=303)
