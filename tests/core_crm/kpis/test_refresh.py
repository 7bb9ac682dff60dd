"""What makes a day's facts change, and what does not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from core_crm.common.models import EventDelivery
from core_crm.common.services.relaying import events_relay
from core_crm.kpis.jobs import refresh
from core_crm.kpis.models import DayFact, DirtyDay, FactDay, MonthFact
from core_crm.kpis.selectors import facts_are_dirty, facts_computed_at
from core_crm.kpis.services import facts_refresh
from core_crm.kpis.types import MEASURES
from core_crm.kpis.types.measures import RATED
from core_crm.staff.services import department_load
from core_crm.staff.types import DepartmentRow
from core_crm.surveys.models import SurveyInvitation
from core_crm.surveys.services import survey_answer, survey_invite
from core_crm.voices.models import Voice
from core_crm.voices.services import (
    voice_answer,
    voice_assign,
    voice_reclassify,
    voice_reopen,
    voice_start,
    voice_withdraw,
)
from core_crm.voices.services.importing import voices_import
from core_crm.voices.types import VoiceClosed
from tests.conftest import ServedCity, kst
from tests.support.facts import naive_days, stored_days
from tests.support.voices import CIVIL, ROAD, Office, a_voice, a_voice_in_work

NOW = kst("2026-12-01 10:00")


def deliver() -> None:
    while events_relay(now=datetime.now().astimezone() + timedelta(days=1)):
        pass


def kept_up(now: datetime) -> int:
    """Facts after what happened was heard of; how many days were computed for it."""
    deliver()
    days = facts_refresh(now=now).days
    assert stored_days() == naive_days()
    return days


def measures(**which: Any) -> dict[str, int]:
    """The measures that are not 0, added up over the day facts chosen."""
    rows = list(DayFact.objects.filter(**which))
    added = {name: sum(getattr(row, name) for row in rows) for name in MEASURES}
    return {name: value for name, value in added.items() if value}


def closed(office: Office, now: datetime, **changes: Any) -> Voice:
    """Three hours after its receipt, whatever its category, by the officer of the road office."""
    then = now - timedelta(hours=3)
    voice = voice_assign(
        a_voice(then, **changes),
        department=office.road,
        officer=office.officer,
        by=office.agent,
        now=then,
    )
    voice = voice_start(voice, by=office.officer, now=then)
    return voice_answer(voice, body="고쳤습니다.", by=office.officer, now=now)


def invited(voice: Voice, now: datetime) -> SurveyInvitation:
    event = VoiceClosed(
        voice_id=voice.id,
        ref=voice.ref,
        outcome=voice.outcome,
        closing_no=voice.closing_no,
        department_code=ROAD,
        officer_id=voice.officer_id,
    )
    found = survey_invite(event, now=now)
    assert found is not None
    return found


def test_a_closing_counts_for_who_closed_it_and_a_receipt_for_nobody(office: Office) -> None:
    voice = closed(office, NOW)
    kept_up(NOW)
    assert measures(officer=None) == {"received": 1}
    assert measures(officer=office.officer, department=office.road, invited=0) == {
        "closed": 1,
        "answered": 1,
        "settled": 1,
        "on_time": 1,
        "allowed_minutes": 7 * 480,
        "used_minutes": 480,
    }
    assert (voice.allowed_minutes, voice.used_minutes) == (3360, 480)


def test_what_was_taken_back_is_closed_and_not_settled(office: Office) -> None:
    voice_withdraw(a_voice(NOW), now=NOW)
    kept_up(NOW)
    assert measures() == {"received": 1, "closed": 1, "withdrawn": 1}


def test_too_late_is_settled_and_not_on_time(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    voice_answer(voice, body="늦었습니다.", by=office.officer, now=NOW + timedelta(days=60))
    kept_up(NOW + timedelta(days=60))
    late = measures(answered=1)
    assert (late["settled"], late.get("on_time", 0)) == (1, 0)
    assert late["used_minutes"] > late["allowed_minutes"]


def test_a_day_ends_at_midnight_in_seoul(office: Office) -> None:
    a_voice(kst("2026-12-31 23:59"))
    a_voice(kst("2027-01-01 00:00"))
    kept_up(kst("2027-01-01 00:01"))
    assert {day.isoformat() for day in FactDay.objects.values_list("day", flat=True)} == {
        "2026-12-31",
        "2027-01-01",
    }
    months = MonthFact.objects.filter(slice="channel").values_list("month", "received")
    assert sorted(months) == [(date(2026, 12, 1), 1), (date(2027, 1, 1), 1)]


def test_a_reopened_voice_is_not_closed_on_its_old_day_any_more(office: Office) -> None:
    voice = closed(office, NOW)
    kept_up(NOW)
    later = NOW + timedelta(days=3)
    voice_reopen(voice, reason="또 깨졌습니다.", now=later)
    assert kept_up(later) == 1
    assert measures(day=NOW.date(), closed=1) == {}
    voice.refresh_from_db()
    assert (voice.allowed_minutes, voice.used_minutes) == (None, None)


def test_a_second_closing_counts_on_its_own_day_with_its_own_time(office: Office) -> None:
    voice = voice_reopen(closed(office, NOW), reason="또요.", now=NOW + timedelta(days=3))
    end = kst("2026-12-07 10:00")  # Friday the 4th and Monday the 7th
    voice = voice_answer(voice, body="다시 했습니다.", by=office.officer, now=end)
    kept_up(end)
    assert (voice.allowed_minutes, voice.used_minutes) == (3360, 960)
    assert measures(closed=1)["used_minutes"] == 960
    assert DayFact.objects.get(closed=1).day == date(2026, 12, 7)


def test_a_late_rating_changes_the_day_of_its_invitation(office: Office) -> None:
    voice = closed(office, NOW)
    asked = invited(voice, NOW)
    kept_up(NOW)
    before = facts_refresh(now=NOW).digest
    late = NOW + timedelta(days=13)
    survey_answer(asked, now=late, scores={"speed": 5, "kindness": 4}, is_solved=True)
    assert kept_up(late) == 1
    told = measures(day=NOW.date(), officer=office.officer)
    assert {name: told.get(name) for name in RATED if name in told} == {
        "invited": 1,
        "rated": 1,
        "speed_sum": 5,
        "speed_count": 1,
        "kindness_sum": 4,
        "kindness_count": 1,
        "solved": 1,
    }
    assert facts_refresh(now=NOW, on=NOW.date()).digest != before


def test_an_answer_that_is_changed_is_counted_once(office: Office) -> None:
    asked = invited(closed(office, NOW), NOW)
    survey_answer(asked, now=NOW, scores={"speed": 1})
    survey_answer(asked, now=NOW, scores={"speed": 3})
    kept_up(NOW)
    rated = measures(rated=1)
    assert (rated["speed_sum"], rated["speed_count"], rated["rated"]) == (3, 1, 1)


def test_a_receipt_moves_with_its_voice_to_another_department(office: Office) -> None:
    voice = a_voice(NOW)
    kept_up(NOW)
    later = NOW + timedelta(days=40)
    voice_assign(voice, department=office.civil, by=office.agent, now=later)
    assert kept_up(later) == 1
    assert measures(department=office.civil) == {"received": 1}
    assert measures(department=office.road) == {}


def test_a_corrected_class_is_corrected_in_every_day_of_the_voice(office: Office) -> None:
    voice = closed(office, NOW)
    invited(voice, NOW + timedelta(days=1))
    voice = voice_reopen(voice, reason="또요.", now=NOW + timedelta(days=2))
    kept_up(NOW + timedelta(days=2))
    voice_reclassify(voice, by=office.officer, category="tax", now=NOW + timedelta(days=9))
    assert kept_up(NOW + timedelta(days=9)) == 2
    classes = DayFact.objects.values_list("petition_class", flat=True)
    assert set(classes) == {"inquiry_legal"}


def test_a_bureau_s_new_name_and_place_are_told_of_the_past_too(office: Office) -> None:
    a_voice(NOW)
    kept_up(NOW)
    department_load([DepartmentRow(code="a1", name_ko="다라국", kind="bureau")])
    department_load([DepartmentRow(code="z9", name_ko="하하국", kind="bureau")])
    digest = facts_refresh(now=NOW).digest
    assert MonthFact.objects.get(slice="department").bureau_name == "다라국"
    department_load([DepartmentRow(code=ROAD, name_ko="길과", parent_code="z9")])
    facts_refresh(now=NOW)
    told = MonthFact.objects.get(slice="department")
    assert (told.bureau_code, told.department_name) == ("z9", "길과")
    assert facts_refresh(now=NOW, full=True).digest == digest, "names are no part of it"


def test_intake_leaves_no_mark_and_is_counted_all_the_same(office: Office) -> None:
    facts_refresh(now=NOW)
    a_voice(NOW)
    facts_refresh(now=NOW)
    a_voice(NOW + timedelta(minutes=1))
    assert not EventDelivery.objects.filter(receiver__startswith="kpis.").exists()
    assert facts_are_dirty()
    assert facts_refresh(now=NOW + timedelta(minutes=2)).days == 1
    assert not facts_are_dirty()
    assert measures() == {"received": 2}


def test_an_older_receipt_is_marked(office: Office) -> None:
    a_voice(NOW)
    facts_refresh(now=NOW)
    a_voice(NOW, received_at=NOW - timedelta(days=90))
    assert kept_up(NOW) == 1
    assert DayFact.objects.filter(day=(NOW - timedelta(days=90)).date()).exists()


def test_an_imported_case_is_counted_where_it_was_received_and_closed(office: Office) -> None:
    a_voice(NOW)
    facts_refresh(now=NOW)
    lines = [
        "접수번호,제목,내용,접수일시,상태,답변일시,답변",
        "1,가,나,2026-03-02 09:00,답변완료,2026-03-05 10:00,다",
        "2,가,나,2026-03-02 09:00,답변완료,,다",
    ]
    result = voices_import("\n".join(lines).encode(), now=NOW, category="road")
    assert result["created"] == 2, result
    kept_up(NOW)
    assert measures(day="2026-03-05") == {
        "closed": 1,
        "answered": 1,
        "settled": 1,
        "on_time": 1,
        "allowed_minutes": 3360,
        "used_minutes": 3 * 480,  # the 2nd was a holiday in the place of Sunday the 1st
    }
    unknown = measures(day="2026-03-02", closed=1)
    assert "used_minutes" not in unknown, "nobody knows when it was answered"


def test_a_file_of_many_rows_owes_one_mark_a_chunk(office: Office) -> None:
    lines = [f"{n},제목 {n},내용,2026-0{1 + n % 9}-05 10:00" for n in range(150)]
    voices_import(
        "\n".join(["접수번호,제목,내용,접수일시", *lines]).encode(), now=NOW, category="road"
    )
    owed = EventDelivery.objects.filter(receiver__startswith="kpis.")
    assert [one.receiver for one in owed] == ["kpis.imported"] * 2
    kept_up(NOW)
    assert measures() == {"received": 150}
    assert FactDay.objects.count() == 9


def test_twice_is_once_and_full_is_the_same(office: Office) -> None:
    for hours in range(4):
        closed(office, NOW + timedelta(hours=hours), category=("road", "tax")[hours % 2])
    deliver()
    first = facts_refresh(now=NOW)
    rows = set(DayFact.objects.values_list("id", flat=True))
    again = facts_refresh(now=NOW + timedelta(days=1))
    assert (again.digest, again.rows, again.days) == (first.digest, first.rows, 0)
    assert set(DayFact.objects.values_list("id", flat=True)) == rows, "nothing is written anew"
    full = facts_refresh(now=NOW, full=True)
    assert (full.digest, full.rows) == (first.digest, first.rows)
    assert full.days == FactDay.objects.count()


def test_the_digest_is_of_the_days_up_to_the_one_asked_for(office: Office) -> None:
    a_voice(NOW)
    facts_refresh(now=NOW)
    early = facts_refresh(now=NOW, on=NOW.date())
    a_voice(NOW + timedelta(days=1))
    later = facts_refresh(now=NOW + timedelta(days=1))
    assert facts_refresh(now=NOW + timedelta(days=1), on=NOW.date()).digest == early.digest
    assert later.digest != early.digest
    assert (early.date, early.rows, later.rows) == (NOW.date(), 1, 2)
    assert facts_refresh(now=NOW, on=date(2020, 1, 1)).rows == 0


def test_a_mark_without_a_change_changes_nothing_but_goes(office: Office) -> None:
    a_voice(NOW)
    before = facts_refresh(now=NOW).digest
    DirtyDay.objects.create(day=NOW.date())
    DirtyDay.objects.create(day=date(2001, 1, 1))
    assert facts_refresh(now=NOW).digest == before
    assert not DirtyDay.objects.exists()
    assert not FactDay.objects.filter(day=date(2001, 1, 1)).exists()


def test_a_day_that_lost_its_last_case_has_no_facts(office: Office) -> None:
    voice = closed(office, NOW + timedelta(days=1))
    Voice.objects.filter(id=voice.id).update(received_at=NOW, clock_from_at=NOW)
    kept_up(NOW)
    voice_reopen(voice, reason="또요.", now=NOW + timedelta(days=2))
    kept_up(NOW + timedelta(days=2))
    assert not FactDay.objects.filter(day=(NOW + timedelta(days=1)).date(), rows__gt=1).exists()
    assert facts_refresh(now=NOW, full=True).digest == facts_refresh(now=NOW).digest


def test_the_job_does_nothing_while_nothing_happens(office: Office) -> None:
    a_voice(datetime.now().astimezone())
    assert refresh() == 1
    computed_at = facts_computed_at()
    assert refresh() == 0
    assert facts_computed_at() == computed_at


def test_cases_of_no_department_are_kept_under_an_empty_code(office: Office) -> None:
    voice = a_voice(NOW)
    Voice.objects.filter(id=voice.id).update(department=None, category=None)
    facts_refresh(now=NOW)
    fact = MonthFact.objects.get(slice="department")
    assert (fact.bureau_code, fact.department_code, fact.received) == ("", "", 1)
    assert MonthFact.objects.get(slice="category").category_code == ""


@pytest.mark.parametrize("slice_", ["department", "category", "channel"])
def test_every_slice_adds_up_to_the_same(office: Office, slice_: str) -> None:
    for hours in range(6):
        channel = ("portal", "phone")[hours % 2]
        closed(office, NOW + timedelta(hours=hours), category=("road", "tax", "unsure")[hours % 3])
        a_voice(NOW, channel=channel)
    kept_up(NOW)
    facts = MonthFact.objects.filter(slice=slice_)
    added = {name: sum(getattr(fact, name) for fact in facts) for name in MEASURES}
    assert {name: value for name, value in added.items() if value} == measures()


def test_a_city_s_facts_are_its_own(office: Office, busan: ServedCity) -> None:
    a_voice(NOW)
    facts_refresh(now=NOW)
    assert DayFact.objects.get().day == NOW.date()
    assert isinstance(DayFact.objects.get().id, UUID)
    assert MonthFact.objects.filter(department_code=CIVIL).count() == 0
