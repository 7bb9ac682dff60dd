"""Voices on the public board, put there by the real services."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from core_crm.voices.models import Publication, Voice
from core_crm.voices.services import publication_publish, voice_answer, voice_close_unable
from core_crm.voices.types import PublicText
from tests.support.voices import Office, a_voice_in_work

TEXT: dict[str, Any] = {
    "title": "정류장 앞 보도블록을 고쳐 달라는 의견",
    "summary": "정류장 앞 보도블록이 깨져 유모차가 걸린다고 하셨습니다.",
}
REASON = "사유지 안의 통행로여서 시가 공사할 수 없습니다."


def a_text(**changes: str) -> PublicText:
    """What an official would write; any part may be another."""
    return PublicText(**{**TEXT, **changes})


def an_open_voice(office: Office, now: datetime, **changes: Any) -> Voice:
    """A voice in work whose citizen agreed that it is public."""
    return a_voice_in_work(office, now, is_public=True, **changes)


def a_done_voice(office: Office, now: datetime, **changes: Any) -> Voice:
    voice = an_open_voice(office, now, **changes)
    return voice_answer(
        voice, body="새 블록으로 바꾸었습니다.", by=office.officer, now=now + timedelta(hours=3)
    )


def an_unable_voice(office: Office, now: datetime, **changes: Any) -> Voice:
    voice = an_open_voice(office, now, **changes)
    return voice_close_unable(
        voice,
        public_reason=REASON,
        body="토지 소유자에게 정비를 권고했습니다.",
        by=office.officer,
        now=now + timedelta(hours=3),
    )


def published(office: Office, voice: Voice, now: datetime, **changes: str) -> Publication:
    """What a moderator makes of it."""
    return publication_publish(voice, text=a_text(**changes), by=office.head, now=now)
