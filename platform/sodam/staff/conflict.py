"""When somebody was faster: see theirs, save mine with a reason, or take my text along."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.voices.selectors import transitions_of, voice_get
from sodam.staff import case_words
from sodam.staff.access import StaffRequest, show
from sodam.staff.list_query import ListQuery
from sodam.ui import words

BY_CITIZEN = {
    "receive_supplement": gettext_lazy("시민이 보완 자료를 냈습니다"),
    "withdraw": gettext_lazy("시민이 의견을 취하했습니다"),
    "reopen": gettext_lazy("시민이 해결되지 않았다고 다시 열었습니다"),
}
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
    """Who did what, and when."""
    last = next(reversed(transitions_of(voice)), None)
    if last is None:
        return ""
    at = words.short_date_time(timezone.localtime(last.at))
    if last.by is None and last.action in BY_CITIZEN:
        return f"{BY_CITIZEN[last.action]} · {at}"
    who = last.by.name if last.by else _("소담")
    return f"{who} · {case_words.action_word(last.action)} · {at}"
