"""Assigning several cases at once: every one reports what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core_crm.staff.types import Right
from core_crm.voices.selectors import voice_get
from core_crm.voices.services import voice_assign
from sodam.staff.access import Seat, StaffRequest, official_page, show
from sodam.staff.forms import AssignForm
from tenants.errors import DomainError

MOST = 200


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case."""

    ref: str
    is_done: bool
    why: str = ""


@require_POST
@official_page(Right.VOICE_ASSIGN)
def assign(request: StaffRequest) -> HttpResponseBase:
    """First ask to whom; then assign each, and show each result."""
    refs = list(dict.fromkeys(request.POST.getlist("ref")))[:MOST]
    given = request.POST if request.POST.get("step") == "do" else None
    form = AssignForm(given, auto_id="bulk-%s")
    context: dict[str, Any] = {"refs": refs, "form": form, "back": _back(request)}
    if given is None or not form.is_valid() or not refs:
        return show(request, "staff/bulk_assign.html", context, status=422 if given else 200)
    cleaned = form.cleaned_data
    results = [_assign_one(ref, cleaned, by=request.official) for ref in refs]
    done = sum(result.is_done for result in results)
    return show(request, "staff/bulk_result.html", context | {"results": results, "done": done})


def _assign_one(ref: str, cleaned: dict[str, Any], *, by: Seat) -> Result:
    try:
        voice = voice_get(ref, official=by)
        voice_assign(
            voice,
            department=cleaned["department"],
            officer=cleaned["officer"],
            by=by,
            now=timezone.now(),
        )
    except DomainError as error:
        return Result(ref, is_done=False, why=error.message)
    return Result(ref, is_done=True, why=_("지정함"))


def _back(request: StaffRequest) -> str:
    """Where the list was; never another site."""
    wanted = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if wanted and is_ours else reverse("staff_inbox")
