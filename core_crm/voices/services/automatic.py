"""Steps that the clock takes: a voice has stayed in a state as long as its workflow says."""

from __future__ import annotations

import logging
from datetime import datetime

from core_crm.voices.models import Voice
from core_crm.voices.selectors.stays import voices_to_step
from core_crm.voices.services.closing import voice_close
from core_crm.voices.services.handling import voice_step
from core_crm.voices.types import VoiceAction
from tenants.errors import DomainError
from tenants.isolation.keys import city_cache

log = logging.getLogger(__name__)

MOST = 500
REST_SECONDS = 3600
BY_ITSELF = "정해진 시간이 지나 저절로 된 단계"


def voices_step_due(*, now: datetime) -> int:
    """Take every step whose time has come in this city, at most 500; how many were taken.

    Harmless to run twice or at once: each voice is locked, and one that somebody moved meanwhile is
    left alone. What was missed is taken at the next look. One that was refused rests for an hour
    and does not count, so that those behind it are reached.
    """
    due = ((voice, action) for voice, action in voices_to_step(now=now) if not _rests(voice))
    taken = 0
    for voice, action in due:
        taken += _step_unless_refused(voice, action, now=now)
        if taken == MOST:
            break
    return taken


def _step_unless_refused(voice: Voice, action: str, *, now: datetime) -> bool:
    """One voice that cannot go on must not keep the others back."""
    try:
        _take(voice, action, now=now)
    except DomainError as refused:
        facts = {"voice_id": str(voice.id), "action": action, "reason": refused.code}
        log.warning("automatic_step_refused", extra=facts)
        city_cache().set(_resting(voice), True, timeout_seconds=REST_SECONDS)
        return False
    return True


def _rests(voice: Voice) -> bool:
    return bool(city_cache().get(_resting(voice)))


def _resting(voice: Voice) -> str:
    """Somebody who moves it gives it another version, and another try."""
    return f"automatic-step-refused:{voice.id}:{voice.version}"


def _take(voice: Voice, action: str, *, now: datetime) -> None:
    if action == VoiceAction.CLOSE:
        voice_close(voice, by=None, now=now, expected_version=voice.version)
        return
    voice_step(
        voice,
        action=action,
        by=None,
        now=now,
        comment=BY_ITSELF,
        expected_version=voice.version,
    )
