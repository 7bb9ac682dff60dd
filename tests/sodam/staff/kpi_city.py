"""A year of a small city: closings of every kind, surveys, a case that was opened again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from core_crm.kpis.services import facts_refresh
from core_crm.surveys.services import survey_answer, survey_invite
from core_crm.voices.models import Voice
from core_crm.voices.services import (
    voice_answer,
    voice_assign,
    voice_close_unable,
    voice_reopen,
    voice_start,
    voice_transfer,
    voice_withdraw,
)
from core_crm.voices.types import VoiceClosed
from tests.conftest import kst
from tests.support.voices import Office, a_voice, an_office

YEAR = 2025
MONTHS = (6, 8)
YEARS_END = kst("2025-12-31 17:00")


def a_year() -> Office:
    """In two months the road department closed; others come and go."""
    office = an_office()
    for month in MONTHS:
        _month(office, month)
    _nobodys(kst("2025-06-09 10:00"))
    _closed_twice(office, kst("2025-08-04 10:00"))
    facts_refresh(now=YEARS_END, full=True)
    return office


def _month(office: Office, month: int) -> None:
    start = kst(f"2025-{month:02d}-05 10:00")
    for number in range(6):
        officer = office.officer if number % 2 else office.colleague
        voice = _in_work(office.road, officer, start + timedelta(hours=number))
        _answered(voice, officer, start + timedelta(days=1 + number), rating=month % 5 + 1)
    if month % 3 == 0:
        _refused(office, start)
        _gone(office, start)
    if month % 4 == 0:
        _compound(office, start)


def _in_work(department: Any, officer: Any, at: datetime, **more: Any) -> Voice:
    voice = a_voice(at, **more)
    voice = voice_assign(voice, department=department, officer=officer, by=None, now=at)
    return voice_start(voice, by=officer, now=at)


def _answered(voice: Voice, by: Any, at: datetime, *, rating: int = 0) -> Voice:
    voice = voice_answer(voice, body="고쳤습니다.", by=by, now=at)
    _asked(voice, at, rating=rating)
    return voice


def _asked(voice: Voice, at: datetime, *, rating: int) -> None:
    department = voice.department.code if voice.department else ""
    event = VoiceClosed(
        voice.id, voice.ref, voice.outcome, voice.closing_no, department, voice.officer_id
    )
    asked = survey_invite(event, now=at)
    if asked is not None and rating:
        marks = dict.fromkeys(("speed", "kindness", "fairness", "convenience"), rating)
        survey_answer(asked, now=at + timedelta(hours=1), scores=marks, is_solved=True)


def _refused(office: Office, at: datetime) -> None:
    voice = _in_work(office.passport, office.stranger, at, category="tax")
    ended = at + timedelta(days=9)
    voice = voice_close_unable(
        voice, public_reason="사유지입니다.", body="", by=office.stranger, now=ended
    )
    _asked(voice, ended, rating=0)


def _gone(office: Office, at: datetime) -> None:
    """Neither is settled: withdrawn by the citizen, sent to another agency."""
    voice_withdraw(_in_work(office.road, office.officer, at), now=at + timedelta(hours=3))
    voice = _in_work(office.road, office.officer, at)
    voice_transfer(voice, receiving_agency="경찰청", by=office.officer, now=at + timedelta(hours=4))


def _compound(office: Office, at: datetime) -> None:
    voice = _in_work(office.passport, office.stranger, at, service_code="building_permit")
    _answered(voice, office.stranger, at + timedelta(days=10), rating=4)


def _nobodys(at: datetime) -> None:
    """Routed, and waiting since."""
    a_voice(at)


def _closed_twice(office: Office, at: datetime) -> None:
    """Answered, opened again and answered again in one month: asked about twice."""
    voice = _in_work(office.road, office.officer, at)
    voice = _answered(voice, office.officer, at + timedelta(days=1))
    voice = voice_reopen(voice, reason="아직입니다.", now=at + timedelta(days=2))
    voice = voice_start(voice, by=office.officer, now=at + timedelta(days=2, hours=1))
    _answered(voice, office.officer, at + timedelta(days=3))
