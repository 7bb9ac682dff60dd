"""C7: one voice as its sender sees it: the date first, how it was counted, who is in charge."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core_crm.common.references import normalise
from core_crm.files.selectors import files_about
from core_crm.voices.selectors import (
    adjustments_of,
    entry_id_of,
    thread_of,
    transitions_of,
    voice_get,
)
from sodam.citizen.access import by_link, may_see, remember
from sodam.citizen.days import strip
from sodam.citizen.forms import ReopenForm, SupplementForm
from sodam.citizen.own_fields import lines
from sodam.citizen.signs import CLASSES, sign_of
from sodam.citizen.timeline import timeline
from sodam.ui.words import day_sentence

REOPENABLE = {"answered", "unable"}


@require_GET
def tracked(request: HttpRequest, ref: str) -> HttpResponse:
    """The page of a voice. A signed link opens it; else reference and contact are asked for."""
    ref = normalise(ref)
    if (token := request.GET.get("k")) and by_link(ref, token) is not None:
        remember(request, ref)
        return redirect("tracked", ref=ref)
    if not may_see(request, ref):
        return redirect(f"{reverse('track')}?{urlencode({'ref': ref})}")
    return page(request, voice_get(ref))


def page(
    request: HttpRequest,
    voice: Any,
    *,
    supplement: SupplementForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Everything the page shows."""
    facts = {
        "voice": voice,
        "sign": sign_of(voice),
        "supplement": supplement or SupplementForm(),
        "reopen": ReopenForm(),
        "has_errors": supplement is not None,
        "menu": "track",
        **_clock_facts(voice),
        **_charge_facts(voice),
        **_story_facts(voice),
    }
    return render(request, "citizen/tracked.html", facts, status=status)


def _clock_facts(voice: Any) -> dict[str, Any]:
    now = timezone.now()
    due_on, moved_by = timezone.localdate(voice.due_at), adjustments_of(voice)
    return {
        "strip": strip(voice.due_steps, now=now),
        "class_word": CLASSES.get(voice.petition_class, ""),
        "is_extended": any(one.kind == "extension" for one in moved_by),
        "adjustments": [_told(one) for one in moved_by],
        "days_left": (due_on - timezone.localdate(now)).days,
    }


def _told(one: Any) -> dict[str, str]:
    if one.kind == "extension":
        day = day_sentence(timezone.localtime(one.ends_at))
        text = _("%(reason)s 새 기한은 %(day)s입니다.") % {"reason": one.reason, "day": day}
        return {"title": _("연장한 이유"), "text": f"{text} ({one.article})"}
    titles = {
        "supplement": _("보완을 기다린 기간"),
        "inspection": _("현장을 확인한 기간"),
        "outage": _("시스템이 멈춘 기간"),
    }
    start, end = day_sentence(timezone.localtime(one.starts_at)), _("아직")
    if one.ends_at:
        end = day_sentence(timezone.localtime(one.ends_at))
    text = _("%(start)s – %(end)s은 세지 않습니다.") % {"start": start, "end": end}
    return {"title": titles.get(one.kind, ""), "text": f"{text} ({one.article})"}


def _charge_facts(voice: Any) -> dict[str, Any]:
    department, officer = voice.department, voice.officer
    is_english = (get_language() or "ko").startswith("en")
    name = ""
    if department is not None:
        name = department.name_en if is_english and department.name_en else department.name_ko
    return {
        "department_name": name,
        "contact_phone": (officer and officer.phone) or (department and department.phone) or "",
    }


def _story_facts(voice: Any) -> dict[str, Any]:
    entry_id = entry_id_of(voice)
    said, acts = thread_of(voice, for_citizen=True), transitions_of(voice)
    answers = [one for one in said if one.kind == "answer"]
    return {
        "moments": timeline(voice, acts=acts, said=said),
        "answer": answers[-1] if answers and voice.outcome else None,
        "asked": next((one for one in reversed(said) if one.kind == "supplement_request"), None),
        "board_url": reverse("board_entry", args=[entry_id]) if entry_id else "",
        "files": files_about("voice", voice.id),
        "own": lines(voice.attributes, is_open=False, fields=voice.attributes),
        "may_reopen": bool(voice.closed_at and voice.outcome in REOPENABLE),
        "may_withdraw": voice.closed_at is None,
    }
