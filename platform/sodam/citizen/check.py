"""C5: everything once more, who will receive it and by when; then it is filed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from core_crm.files.services import files_hand_over
from core_crm.voices.selectors import intake_preview
from core_crm.voices.services import voice_register
from core_crm.voices.types import CitizenDraft, VoiceDraft
from sodam.citizen.choices import choice_of
from sodam.citizen.filing import Filing, filed_ref, filing_of, finish
from sodam.citizen.what import ABOUT_FILING


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
    if request.method == "POST" and key == filing.key:
        return redirect("voice_done", ref=_file(request, filing))
    facts = {
        "filing": filing,
        "category": choice_of(filing.category),
        "intake": intake_preview(category=filing.category, now=timezone.now()),
        "menu": "submit",
    }
    return render(request, "citizen/check.html", facts)


def _file(request: HttpRequest, filing: Filing) -> str:
    voice = voice_register(draft=_draft(filing), now=timezone.now(), idempotency_key=filing.key)
    files_hand_over(about=(ABOUT_FILING, UUID(filing.key)), to=("voice", voice.id))
    finish(request, key=filing.key, ref=voice.ref)
    return str(voice.ref)


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
    )
