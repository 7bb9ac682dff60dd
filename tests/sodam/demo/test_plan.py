"""The plan of a demo world: repeatable, never in the future, and shaped like a city's year."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

import pytest

from core_crm.calendars import CityCalendar
from core_crm.voices.types import AdjustmentKind
from core_crm.voices.types.history import PastVoice
from sodam.demo.dice import Dice
from sodam.demo.facts import STANDARD, department_of
from sodam.demo.people import shares_of_the_busiest
from sodam.demo.plan import CityPlan, plan_city
from sodam.demo.ratings import survey_of
from sodam.demo.reading import read_yaml
from sodam.demo.wordings import topics
from tests.conftest import kst

NOW = kst("2026-11-24 14:30")
SUNDAY_NIGHT = kst("2026-11-22 02:10")
NEW_YEAR = kst("2027-01-01 09:00")


@lru_cache(maxsize=8)
def plan(city: str = "busan", voices: int = 800, moment: str = "2026-11-24 14:30") -> CityPlan:
    return plan_city(city, voices=voices, now=kst(moment), calendar=CityCalendar())


def pasts() -> list[PastVoice]:
    return [voice.past for voice in plan().voices]


def test_the_same_world_is_planned_the_same_each_time() -> None:
    again = plan_city("busan", voices=800, now=NOW, calendar=CityCalendar())
    assert [voice.past for voice in again.voices] == pasts()
    assert again.citizens == plan().citizens
    assert again.officials == plan().officials


def test_two_cities_do_not_share_people_or_ids() -> None:
    seoul = plan("seoul", 200)
    assert not {v.past.id for v in seoul.voices} & {v.past.id for v in plan().voices}
    assert not {c.id for c in seoul.citizens} & {c.id for c in plan().citizens}


@pytest.mark.parametrize("moment", [NOW, SUNDAY_NIGHT, NEW_YEAR])
def test_nothing_happens_in_the_future(moment: object) -> None:
    text = f"{moment:%Y-%m-%d %H:%M}"
    for voice in plan("busan", 200, text).voices:
        times = [act.at for act in voice.past.acts] + [entry.at for entry in voice.past.entries]
        assert max(times) <= kst(text)
        assert [act.at for act in voice.past.acts] == sorted(act.at for act in voice.past.acts)


def test_every_life_is_one_the_standard_workflow_allows() -> None:
    steps = read_yaml(STANDARD / "workflow" / "voice.yaml")["transitions"]
    for past in pasts():
        assert (past.acts[0].action, past.acts[0].to_status) == ("register", "received")
        for before, act in zip(past.acts, past.acts[1:], strict=False):
            if act.action in steps:
                assert before.to_status in steps[act.action]["source"]
            if act.to_status == "closed":
                assert steps[act.action]["target"] in steps["close"]["source"]


def test_only_lawful_reasons_extend_and_never_after_the_due_time() -> None:
    extensions = [
        (past, one)
        for past in pasts()
        for one in past.adjustments
        if one.kind == AdjustmentKind.EXTENSION
    ]
    assert len(extensions) > 10
    for past, one in extensions:
        assert one.reason_code in ("cooperation", "fact_finding", "force_majeure", "similar")
        assert one.at <= one.starts_at < one.ends_at <= past.due.at


def test_a_closed_voice_says_how_it_ended_and_an_unable_one_why() -> None:
    for past in pasts():
        assert bool(past.outcome) == (past.acts[-1].to_status == "closed")
        assert bool(past.public_reason) == (past.outcome == "unable") or past.reopened_count


def test_most_are_in_time_and_some_are_not() -> None:
    closed = [past for past in pasts() if past.outcome]
    late = sum(past.acts[-1].at > past.due.at for past in closed) / len(closed)
    assert 0.005 < late < 0.08


def test_a_third_of_the_petitioners_file_three_quarters() -> None:
    counts = list(Counter(past.citizen_id for past in pasts()).values())
    assert 0.70 < shares_of_the_busiest(counts, 0.36) < 0.76


def test_the_year_has_seasons_and_weekends() -> None:
    received = [past.received_at for past in pasts()]
    per_weekday = Counter(at.weekday() for at in received)
    assert per_weekday[0] > per_weekday[3] > per_weekday[6]
    snow = {title for way in _ways("safety", "snow") for title in way}
    months = {past.received_at.month for past in pasts() if _like(past.title, snow)}
    assert months <= {12, 1, 2}
    assert sum(at.hour < 7 or at.hour >= 19 for at in received) > len(received) * 0.1


def test_counters_and_telephones_work_in_office_hours_only() -> None:
    calendar = CityCalendar()
    for past in pasts():
        if past.channel in ("counter", "phone", "letter"):
            assert calendar.is_working_day(past.received_at.date())
            assert 9 <= past.received_at.hour < 18


@pytest.mark.parametrize("city", ["busan", "jeju", "jeonnamgwangju"])
def test_the_demo_officers_inbox_is_alive(city: str) -> None:
    voices = [voice.past for voice in plan(city, 150).voices]
    still_open = [past for past in voices if not past.outcome]
    paused = {
        past.id for past in still_open if any(one.ends_at is None for one in past.adjustments)
    }
    mine = [past for past in still_open if past.officer == f"officer@{city}.example"]
    assert len(mine) >= 3
    assert sum(not past.officer for past in still_open) >= 3
    assert len(paused) >= 2
    assert sum(past.due.at < NOW and past.id not in paused for past in still_open) >= 3
    assert sum(past.due.at.date() == NOW.date() for past in still_open) >= 2
    assert sum(past.reopened_count > 0 for past in still_open) >= 1


def test_the_demo_department_has_enough_ratings_to_show() -> None:
    small = plan("busan", 150)
    dice = Dice.of("ratings of a test")
    road = department_of("busan", "road").code
    surveys = [
        survey_of(
            small.scene,
            closing,
            voice_id=voice.past.id,
            citizen_id=voice.past.citizen_id,
            ref="BS",
            dice=dice,
        )
        for voice in small.voices
        for closing in voice.closings
        if closing.department == road
    ]
    answered = [survey for survey in surveys if survey and survey.answered_at]
    assert len(answered) >= 8
    assert all(survey.answered_at <= NOW for survey in answered)
    assert all(1 <= score <= 5 for survey in answered for score in survey.scores.values())


def test_all_people_are_invented_and_unreachable() -> None:
    for citizen in plan().citizens:
        assert citizen.phone == "" or re.fullmatch(r"\+82100000\d{4}", citizen.phone)
        assert citizen.email == "" or citizen.email.endswith("@citizen.example")
        assert citizen.phone or citizen.email
    for official in plan().officials:
        assert official.email.endswith("@busan.example")
        assert official.phone.startswith("02-000-")


def test_no_gap_of_a_phrase_is_left_open() -> None:
    for past in pasts():
        texts = [past.title, past.body, past.public_reason, *(entry.body for entry in past.entries)]
        assert not any("{" in text or "}" in text for text in texts)
        assert 2 <= len(past.title) <= 100


def _ways(category: str, problem: str) -> list[list[str]]:
    return [list(way.titles) for way in topics()[category].problem(problem).ways]


def _like(title: str, templates: set[str]) -> bool:
    patterns = [re.sub(r"\\\{\w+\\\}", ".+", re.escape(template)) for template in templates]
    return any(re.fullmatch(pattern, title) for pattern in patterns)
