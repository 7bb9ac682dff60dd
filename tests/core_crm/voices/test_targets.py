"""The city's own promise: by document, never after the law, and somebody looks when it is used."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from core_crm.calendars import CityCalendar, remaining
from core_crm.calendars.comparing import is_not_longer
from core_crm.calendars.periods import Period, Unit
from core_crm.calendars.shares import moment_at_share
from core_crm.voices.models import Voice
from core_crm.voices.selectors import clock_of, thread_of
from core_crm.voices.selectors.targets import Targets, target_at
from core_crm.voices.services import (
    voice_answer,
    voice_receive_supplement,
    voice_reclassify,
    voice_reopen,
    voice_request_supplement,
    voices_escalate,
)
from core_crm.voices.types import EntryKind
from core_crm.voices.types.sla import SlaTarget
from tests.conftest import kst
from tests.support.voices import Office, a_voice, a_voice_in_work

MONDAY = kst("2026-11-23 09:00")


def sla(**targets: dict[str, Any]) -> Targets:
    bodies = {code: {"label": {"ko": code}, **body} for code, body in targets.items()}
    return Targets({"label": {"ko": "목표"}, "targets": bodies})


def test_a_grievance_is_promised_in_half_the_time_the_law_gives(office: Office) -> None:
    voice = a_voice(MONDAY)
    assert voice.due_at == kst("2026-12-01 18:00")
    assert voice.target_at == kst("2026-11-26 14:00")  # 28 of 56 working hours
    assert voice.escalate_at == voice.target_at


def test_what_is_settled_at_once_promises_nothing_more(office: Office) -> None:
    assert a_voice(MONDAY, category="unsure").target_at is None


def test_the_clock_says_how_the_promise_stands(office: Office) -> None:
    voice = a_voice(MONDAY)

    def tone(at: str) -> str:
        return clock_of(voice, now=kst(at)).target_tone

    assert tone("2026-11-23 10:00") == "go"
    assert tone("2026-11-26 09:00") == "soon"
    assert tone("2026-11-26 15:00") == "over"
    assert tone("2026-12-02 09:00") == ""  # the law's clock says it all


def test_time_the_law_leaves_out_is_left_out_of_the_promise(office: Office) -> None:
    voice = a_voice_in_work(office, MONDAY)
    before = voice.target_at
    voice = voice_request_supplement(
        voice, body="사진을 보내 주세요", by=office.officer, now=kst("2026-11-24 10:00")
    )
    assert clock_of(voice, now=kst("2026-11-27 10:00")).target_tone == ""
    voice = voice_receive_supplement(
        voice, body="보냅니다", by=office.officer, now=kst("2026-11-25 10:00")
    )
    assert before == kst("2026-11-26 14:00")
    assert voice.target_at == kst("2026-11-30 14:00")  # the 24th and the 25th do not count


def test_a_reopened_voice_is_promised_anew(office: Office) -> None:
    """Its period runs from the reopening; the old promise could lie beyond the new due time."""
    voice = voice_answer(
        a_voice_in_work(office, MONDAY), body="고쳤습니다", by=office.officer, now=MONDAY
    )
    voice = voice_reopen(voice, reason="그대로예요", now=kst("2026-11-25 09:00"))
    assert voice.target_at == kst("2026-11-30 14:00")
    assert voice.due_at > voice.target_at


def test_reclassifying_gives_the_promise_of_the_new_class(office: Office) -> None:
    voice = a_voice_in_work(office, MONDAY)
    voice = voice_reclassify(voice, category="suggestion", by=office.officer, now=MONDAY)
    assert voice.target_at
    assert voice.due_at > voice.target_at > kst("2026-12-01 18:00")


def test_somebody_is_asked_to_look_once_and_the_version_stays(office: Office) -> None:
    voice = a_voice_in_work(office, MONDAY)
    assert voices_escalate(now=kst("2026-11-26 13:59")) == 0
    assert voices_escalate(now=kst("2026-11-26 14:00")) == 1
    assert voices_escalate(now=kst("2026-11-27 14:00")) == 0
    note = thread_of(voice)[-1]
    assert (note.kind, note.is_public) == (EntryKind.NOTE, False)
    assert "부서장" in note.body
    assert Voice.objects.get(pk=voice.pk).version == voice.version


def test_nobody_is_asked_about_what_is_answered(office: Office) -> None:
    voice = a_voice_in_work(office, MONDAY)
    voice_answer(voice, body="고쳤습니다.", by=office.officer, now=kst("2026-11-24 09:00"))
    assert voices_escalate(now=kst("2026-12-24 09:00")) == 0


def test_the_most_telling_promise_holds() -> None:
    found = sla(
        by_class={"petition_class": "grievance", "percent": 80},
        by_category={"category": "road", "percent": 50},
        by_both={"petition_class": "grievance", "category": "road", "percent": 40},
        by_service={"service": "passport_issue", "period": {"unit": "days", "amount": 4}},
    )

    def best(petition_class: str, category: str, service: str = "") -> str:
        chosen = found.best(petition_class=petition_class, category=category, service=service)
        return chosen[0] if chosen else ""

    assert best("grievance", "park") == "by_class"
    assert best("inquiry", "road") == "by_category"
    assert best("grievance", "road") == "by_both"
    assert best("statutory", "certificate", "passport_issue") == "by_service"
    assert best("inquiry", "tax") == ""


@pytest.mark.parametrize(
    "body",
    [
        {"percent": 50},
        {"petition_class": "grievance"},
        {"petition_class": "grievance", "percent": 100},
        {"petition_class": "grievance", "percent": 50, "period": {"unit": "days", "amount": 3}},
        {"petition_class": "grievance", "period": {"unit": "days", "amount": 8}},
        {"petition_class": "suggestion", "period": {"unit": "months", "amount": 1}},
        {"petition_class": "grievance", "percent": 50, "escalation": {"percent": 50, "to": "me"}},
    ],
)
def test_a_promise_that_is_none_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        SlaTarget.model_validate({"label": {"ko": "목표"}, **body})


def test_a_promise_longer_than_the_services_period_ends_with_the_law() -> None:
    promised = SlaTarget.model_validate(
        {"label": {"ko": "여권"}, "service": "p", "period": {"unit": "days", "amount": 30}}
    )
    due_at = kst("2026-12-01 18:00")
    target = target_at("p", promised, from_at=MONDAY, due_at=due_at, calendar=CityCalendar())
    assert target.at == due_at
    assert target.warn_at < target.at


@pytest.mark.parametrize("percent", [1, 33, 50, 70, 99, 100])
@pytest.mark.parametrize("end", ["2026-11-23 12:00", "2026-12-01 18:00", "2026-12-29 10:30"])
def test_the_clock_agrees_with_the_moment_of_a_share(percent: int, end: str) -> None:
    calendar, due_at = CityCalendar(), kst(end)
    at = moment_at_share(MONDAY, due_at, percent=percent, calendar=calendar)
    stands = remaining(at, received_at=MONDAY, due_at=due_at, calendar=calendar)
    assert stands.used_ratio == pytest.approx(percent / 100, abs=0.001)


def test_a_gap_is_no_working_time_and_nothing_between_them_is_the_end() -> None:
    calendar, due_at = CityCalendar(), kst("2026-11-25 18:00")
    gap = (kst("2026-11-24 00:00"), kst("2026-11-25 00:00"))
    half = moment_at_share(MONDAY, due_at, percent=50, calendar=calendar, gaps=[gap])
    assert half == kst("2026-11-23 18:00")
    sunday: datetime = kst("2026-11-22 10:00")
    over = moment_at_share(sunday, kst("2026-11-22 18:00"), percent=50, calendar=calendar)
    assert over in (sunday, kst("2026-11-22 18:00"))


@pytest.mark.parametrize(
    ("wanted", "lawful", "is_right"),
    [
        (("days", 3), ("days", 3), True),
        (("hours", 25), ("days", 3), False),
        (("immediately", 1), ("hours", 3), True),
        (("weeks", 2), ("months", 1), True),
        (("months", 2), ("weeks", 8), False),
        (("days", 20), ("months", 1), True),
        (("days", 30), ("months", 1), False),
    ],
)
def test_which_period_is_longer(
    wanted: tuple[str, int], lawful: tuple[str, int], is_right: bool
) -> None:
    periods = [Period(Unit(unit), amount) for unit, amount in (wanted, lawful)]
    assert is_not_longer(*periods) is is_right
