"""P9: announcements to officials of all or some cities, for a time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sodam.console.acting import may_act, note
from sodam.console.cities_words import Names
from sodam.console.notices_form import NoticeForm
from sodam.ui.platform_pages import platform_page
from tenants.errors import DomainError
from tenants.notices import NoticeRow, notice_end, notice_list, notice_publish

STATES = {"coming": ("wait", "hourglass"), "now": ("ok", "check"), "over": ("", "minus")}


@require_http_methods(["GET", "POST"])
@platform_page("operator", "approver")
def notices(request: HttpRequest) -> HttpResponseBase:
    """All announcements, and a new one."""
    if request.method == "GET" or not may_act(request):
        return _page(request, NoticeForm())
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    user: Any = request.user
    identity = notice_publish(form.facts(), by=user.name, now=timezone.now())
    note(
        request,
        "notice.published",
        subject_id=identity,
        facts={"cities": ",".join(form.cleaned_data["cities"]), "tone": form.cleaned_data["tone"]},
    )
    messages.success(request, _("알림을 올렸습니다. 몇 초 안에 직원 화면에 보입니다."))
    return HttpResponseRedirect(reverse("console_notices"), status=303)


@require_POST
@platform_page("operator")
def notice_take_down(request: HttpRequest, notice_id: UUID) -> HttpResponseBase:
    """End it before its time."""
    try:
        notice_end(notice_id, now=timezone.now())
    except DomainError as refused:
        messages.warning(request, str(refused))
    else:
        note(request, "notice.ended", subject_id=notice_id)
        messages.success(request, _("알림을 내렸습니다."))
    return HttpResponseRedirect(reverse("console_notices"), status=303)


def _page(request: HttpRequest, form: NoticeForm) -> HttpResponseBase:
    now = timezone.now()
    names = Names.read()
    lines = [_line(row, names) for row in notice_list(now=now)]
    facts = {
        "form": form,
        "lines": lines,
        "shown": sum(line["row"].state == "now" for line in lines),
        "may_act": may_act(request),
        "menu": "notices",
    }
    return render(request, "console/notices.html", facts, status=422 if form.errors else 200)


def _line(row: NoticeRow, names: Names) -> dict[str, Any]:
    words = {"coming": _("예정"), "now": _("보이는 중"), "over": _("끝남")}
    tone, icon = STATES[row.state]
    audience = [names.of(code) for code in row.facts.cities] or [_("모든 시·도")]
    return {
        "row": row,
        "word": words[row.state],
        "tone": tone,
        "icon": icon,
        "audience": ", ".join(audience),
    }
