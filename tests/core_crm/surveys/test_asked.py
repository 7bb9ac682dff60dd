"""Which voices were asked about, as a figure of a month counts them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from core_crm.surveys.selectors import asked_voice_ids
from core_crm.surveys.services import survey_invite
from core_crm.voices.models import Voice
from core_crm.voices.services import voice_answer
from core_crm.voices.types import VoiceClosed
from tests.conftest import kst
from tests.support.voices import CIVIL, ROAD, Office, a_voice_in_work

JUNE = {"since": date(2026, 6, 1), "before": date(2026, 7, 1)}


@pytest.fixture
def office(busans_office: Office) -> Office:
    return busans_office


def asked(office: Office, at: datetime) -> Voice:
    """Answered, and its citizen asked at that time."""
    voice = a_voice_in_work(office, kst("2026-06-29 10:00"))
    voice = voice_answer(voice, body="고쳤습니다.", by=office.officer, now=at)
    event = VoiceClosed(voice.id, voice.ref, voice.outcome, 1, ROAD, office.officer.id)
    survey_invite(event, now=at)
    return voice


def ids(**more: Any) -> set[Any]:
    return set(asked_voice_ids(**JUNE, **more))


def test_a_month_ends_at_midnight_in_seoul(office: Office) -> None:
    last = asked(office, kst("2026-06-30 23:59"))
    asked(office, kst("2026-07-01 00:00"))
    assert ids() == {last.id}


def test_department_and_official_are_those_of_the_closing(office: Office) -> None:
    voice = asked(office, kst("2026-06-30 12:00"))
    assert ids(department=ROAD) == ids(under="a1") == {voice.id}
    assert ids(officer_id=office.officer.id) == {voice.id}
    assert ids(department=CIVIL) == ids(officer_id=office.head.id) == set()
    assert ids(department="-") == ids(under="no_such_code") == set()
    Voice.objects.filter(id=voice.id).update(department=office.civil)
    assert ids(department=ROAD) == {voice.id}
