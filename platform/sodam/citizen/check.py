"""C5: everything once more, who will receive it and by when; then it is filed."""

from __future__ import annotations

from dataclasses import asdict
from hashlib import sha256
from json import dumps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core_crm.calendars import city_calendar, due
from core_crm.common.services import idempotent
from core_crm.files.services import files_hand_over
from core_crm.voices.services import voice_register
from core_crm.voices.services.registration import matter_of
from core_crm.voices.services.routing import route_of_matter
from core_crm.voices.types import CitizenDraft, VoiceDraft
from sodam.citizen.choices import choice_of
from sodam.citizen.filing import STEPS, Filing, filed_ref, filing_of, finish
from sodam.citizen.own_fields import lines, matter_fields, to_mend
from sodam.citizen.what import ABOUT_FILING

SCOPE = "citizen.file"


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Page 3 of 3. A second press of the button finds the voice of the first."""
    key = request.POST.get("key", "")
    if ref := filed_ref(request, key=key):
        return redirect("voice_done", ref=ref)
    filing = filing_of(request)
    if not filing.has_what:
        return redirect("voice_what")
    if not filing.has_you:
        return redirect("voice_you")
    if page := to_mend(filing.attributes, category=filing.category):
        messages.info(request, _("고른 분야에서 더 묻는 것이 있습니다. 채워 주세요."))
        return redirect(page)
    if request.method == "POST" and key == filing.key:
        ref = _file(filing)
        finish(request, key=filing.key, ref=ref)
        return redirect("voice_done", ref=ref)
    facts = {
        "filing": filing,
        "category": choice_of(filing.category),
        "intake": _intake(filing),
        **_own(filing),
        "steps": STEPS,
        "step": 3,
        "menu": "submit",
    }
    return render(request, "citizen/check.html", facts)


def _intake(filing: Filing) -> dict[str, Any]:
    """Who would receive it now, and by when they must answer."""
    route = route_of_matter(matter_of(_draft(filing)), today=timezone.localdate())
    return {
        "department": route.department,
        "due_at": due(route.period, timezone.now(), city_calendar()).at,
    }


def _own(filing: Filing) -> dict[str, Any]:
    """The city's custom fields, each with the page on which it is changed."""
    about = {code for code, _one in matter_fields()}
    persons = filing.attributes.keys() - about
    return {
        "own_what": lines(filing.attributes, is_open=True, fields=about),
        "own_you": lines(filing.attributes, is_open=True, fields=persons),
    }


def _file(filing: Filing) -> str:
    """Register once, however often it is asked for, and give the voice its photos."""
    told = sha256(dumps(asdict(filing), sort_keys=True).encode()).hexdigest()

    def make() -> dict[str, str]:
        voice = voice_register(draft=_draft(filing), now=timezone.now())
        files_hand_over(about=(ABOUT_FILING, UUID(filing.key)), to=("voice", voice.id))
        return {"ref": voice.ref}

    answered = idempotent(filing.key, scope=SCOPE, request_hash=told, make=make)
    return str(answered.answer["ref"])


def _draft(filing: Filing) -> VoiceDraft:
    return VoiceDraft(
        title=filing.title,
        body=filing.body,
        channel="portal",
        citizen=CitizenDraft(name=filing.name, phone=filing.phone, email=filing.email),
        category=filing.category,
        location=filing.location,
        language=(get_language() or "ko")[:2],
        reply_channel=filing.reply_channel,
        is_public=filing.is_public == "yes",
        attributes=filing.attributes,
    )
