"""When somebody was faster: see theirs, save mine with a reason, or take my text along."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from core_crm.voices.selectors import transitions_of, voice_get
from sodam.staff.access import StaffRequest, show
from sodam.staff.list_query import ListQuery
from sodam.ui import words

NOT_AGAIN = {"csrfmiddlewaretoken", "version", "overwrite_reason"}


def conflict_page(request: StaffRequest, ref: str) -> HttpResponseBase:
    """409 with the three ways out; nothing has been saved."""
    voice = voice_get(ref, official=request.official)
    again = [(name, value) for name, value in request.POST.items() if name not in NOT_AGAIN]
    context = {
        "case_ref": voice.ref,
        "case_url": ListQuery.of(request.GET).case_url(ref),
        "changed": _last_change(voice),
        "action": request.get_full_path(),
        "again": again,
        "version_now": voice.version,
        "mine": request.POST.get("body") or request.POST.get("reason", ""),
    }
    return show(request, "staff/conflict.html", context, status=409)


def _last_change(voice: Any) -> str:
    last = next(reversed(transitions_of(voice)), None)
    if last is None:
        return ""
    who = last.by.name if last.by else _("소담")
    at = words.short_date_time(timezone.localtime(last.at))
    return _("%(who)s · %(at)s") % {"who": who, "at": at}
