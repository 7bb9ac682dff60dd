"""Whom a changed campaign would reach, counted on real citizens."""

from __future__ import annotations

from typing import Any

import pytest

from core_crm.customers.services import citizen_find_or_create, timeline_add
from customization.preview.running import what_if
from customization.preview.types import Impact
from customization.public import copied, in_force, put
from tenants.isolation.ids import uuid7
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 09:00")
GUIDE = "campaign_type.service_guide"


@pytest.fixture
def people(busan: ServedCity) -> None:
    """Three with a phone, two with an e-mail, one without any; the first filed twice, by night."""
    for number in range(1, 4):
        one = citizen_find_or_create(name=f"김시민{number}", phone=f"010-0000-000{number}", now=NOW)
        voice(one, f"2026-11-1{number} 22:30")
    for number in range(1, 3):
        address = f"one{number}@citizen.example"
        voice(citizen_find_or_create(name="Ann", email=address, now=NOW), "2026-11-02 10:00")
    voice(citizen_find_or_create(name="", now=NOW), "2026-11-02 10:00")


def voice(citizen: Any, at: str) -> None:
    for kind in ("voice_registered", "voice_answered"):
        timeline_add(citizen, kind=kind, about=("voice", uuid7()), summary="의견", at=kst(at))


def changed(**values: Any) -> Impact:
    before = in_force().tree
    after = copied(before)
    for path, value in values.items():
        put(after, tuple(path.split(".")), value)
    found = what_if(before, after, now=NOW)
    assert [one.what for one in found] == ["campaign"]
    return found[0]


def everybody() -> dict[str, Any]:
    return {"op": "ge", "field": "voices_count", "value": 1}


def test_the_audience_is_told_by_channel_and_by_what_stops_it(people: None) -> None:
    found = changed(**{f"{GUIDE}.audience": everybody()})
    assert found.failed == ""
    assert dict(found.figures) == {
        "대상": 6,
        "문자로": 3,
        "이메일로": 2,
        "동의가 없어 멈춤": 1,
        "연락처가 없음": 0,
        "밤이라 기다림(30일)": 0,
    }
    assert "0명에서 5명이 됩니다" in found.sentence
    assert found.rows_in_all == 6


def test_examples_are_masked(people: None) -> None:
    found = changed(**{f"{GUIDE}.audience": everybody()})
    shown = " ".join(" ".join(row) for row in found.rows)
    assert len(found.rows) == 6
    assert "김시민1" not in shown
    assert "0000-0001" not in shown
    assert "010-****-0001" in shown
    assert "one1@" not in shown


def test_nobody_agreed_to_advertisements_so_nobody_gets_one(people: None) -> None:
    found = changed(**{"campaign_type.city_news.cap_per_run": 10})
    assert found.figures["동의가 없어 멈춤"] == 5
    assert found.figures["이메일로"] == 0


def test_what_happens_by_night_waits(people: None) -> None:
    night = {"begins_at": "21:00", "ends_at": "08:00"}
    found = changed(**{"campaign_type.result_notice.quiet_hours": night})
    assert found.figures["밤이라 기다림(30일)"] == 3


@pytest.mark.parametrize(("offset_days", "people_of_the_day"), [(12, 1), (13, 1), (14, 0), (-7, 0)])
def test_a_day_of_the_citizens_own_sets_it_off(
    people: None, offset_days: int, people_of_the_day: int
) -> None:
    """Their last voices were on 11, 12 and 13 November, and two on the second."""
    on_the_day = {"type": "date_field", "field": "last_voice_at", "offset_days": offset_days}
    found = changed(**{f"{GUIDE}.audience": everybody(), f"{GUIDE}.trigger": on_the_day})
    assert found.figures["대상"] == people_of_the_day


def test_a_campaign_switched_off_reaches_nobody(people: None) -> None:
    found = changed(**{"campaign_type.result_notice.enabled": False})
    assert "더는 가지 않습니다" in found.sentence
    assert found.rows == ()


def test_a_field_nobody_keeps_fails_in_words(people: None) -> None:
    wrong = {"op": "ge", "field": "voice_count", "value": 1}
    assert "voices_count" in changed(**{f"{GUIDE}.audience": wrong}).failed
