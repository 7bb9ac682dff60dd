"""Who may see a voice: the browser that filed it, that proved it, or that has the signed link."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from core_crm.common.personal_data import normalise_phone
from core_crm.common.references import is_valid, normalise
from core_crm.voices.errors import TrackingLinkInvalid, VoiceNotFound
from core_crm.voices.selectors import voice_by_tracking, voice_get

KEY = "tracked"
KEPT = 20


def remember(request: HttpRequest, ref: str) -> None:
    """This browser may see the voice until its session ends."""
    kept = [one for one in request.session.get(KEY, []) if one != ref]
    request.session[KEY] = [*kept, ref][-KEPT:]


def may_see(request: HttpRequest, ref: str) -> bool:
    """Was it shown to this browser before?"""
    return ref in request.session.get(KEY, [])


def proven(ref: str, contact: str) -> Any | None:
    """The voice when reference and contact belong together. Unknown and wrong look alike."""
    given = normalise(ref)
    if not is_valid(given):
        return None
    try:
        voice = voice_get(given)
    except VoiceNotFound:
        return None
    citizen, text = voice.citizen, contact.strip().lower()
    number = normalise_phone(text)
    matches = (number and number == citizen.phone) or (text and text == citizen.email.lower())
    return voice if matches else None


def by_link(ref: str, token: str) -> Any | None:
    """The voice of a signed link from a letter."""
    try:
        return voice_by_tracking(ref, token)
    except (TrackingLinkInvalid, VoiceNotFound):
        return None
