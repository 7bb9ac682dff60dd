"""The inbox of an official: views, search, order, pages, and what one person may see."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core_crm.surveys.selectors.tokens import token_is_ours, token_new
from core_crm.voices.errors import TrackingLinkInvalid, VoiceNotFound, WordUnknown
from core_crm.voices.models import Voice
from core_crm.voices.selectors import (
    inbox,
    inbox_counts,
    presence_many,
    presence_of,
    public_numbers,
    tracking_token,
    voice_by_contact,
    voice_by_tracking,
    voice_get,
    voice_list_overdue,
)
from core_crm.voices.services import (
    presence_leave,
    presence_touch,
    voice_answer,
    voice_request_supplement,
)
from core_crm.voices.types import CitizenDraft, InboxFilters, InboxView, VoiceRow
from tenants.context import serving_city
from tests.conftest import kst
from tests.support.voices import Office, a_voice, a_voice_in_work

NOW = kst("2026-12-01 10:00")


def rows(office: Office, view: str = "all", **given: Any) -> list[VoiceRow]:
    given = {"now": NOW, **given}
    return list(inbox(given.pop("who", office.officer), view=view, **given).items)


def refs(found: list[VoiceRow]) -> list[str]:
    return [row.ref for row in found]


def test_the_soonest_due_stands_first(office: Office) -> None:
    slow = a_voice(NOW, category="suggestion", service_code="building_permit")
    fast = a_voice(NOW)
    middle = a_voice(NOW + timedelta(days=1), category="road")
    assert refs(rows(office, who=office.agent)) == [fast.ref, middle.ref, slow.ref]


def test_an_officer_sees_the_department_only_and_an_agent_the_city(office: Office) -> None:
    ours, theirs = a_voice(NOW), a_voice(NOW, service_code="passport_issue")
    assert refs(rows(office)) == [ours.ref]
    assert set(refs(rows(office, who=office.agent))) == {ours.ref, theirs.ref}


def test_somebody_of_another_department_cannot_open_the_voice(office: Office) -> None:
    voice = a_voice(NOW)
    with pytest.raises(VoiceNotFound):
        voice_get(voice.ref, official=office.stranger)
    assert voice_get(voice.ref.lower().replace("-", " "), official=office.officer) == voice


def test_each_view_shows_its_own(office: Office) -> None:
    new = a_voice(NOW)
    mine = a_voice_in_work(office, NOW)
    waiting = voice_request_supplement(
        a_voice_in_work(office, NOW), body="사진", by=office.officer, now=NOW
    )
    late = kst("2026-12-10 09:00")
    assert set(refs(rows(office, "mine"))) == {mine.ref, waiting.ref}
    assert refs(rows(office, "unassigned")) == [new.ref]
    assert refs(rows(office, "waiting")) == [waiting.ref]
    assert set(refs(rows(office, "due_today", now=kst("2026-12-09 09:00")))) == {new.ref, mine.ref}
    assert set(refs(rows(office, "overdue", now=late))) == {new.ref, mine.ref}
    assert rows(office, "reopened") == []
    counts = inbox_counts(office.officer, now=late)
    assert counts == {
        "mine": 2,
        "department": 3,
        "unassigned": 1,
        "due_today": 0,
        "overdue": 2,
        "waiting": 1,
        "reopened": 0,
        "all": 3,
    }
    assert {voice.ref for voice in voice_list_overdue(now=late)} == {new.ref, mine.ref}


@pytest.mark.parametrize("who", ["officer", "agent", "head", "stranger"])
def test_the_rail_counts_what_its_lists_show(office: Office, who: str) -> None:
    """The views are said twice, as conditions and as SQL: both have to mean the same."""
    a_voice(NOW)
    a_voice(NOW, service_code="passport_issue")
    a_voice_in_work(office, NOW)
    voice_request_supplement(a_voice_in_work(office, NOW), body="사진", by=office.officer, now=NOW)
    voice_answer(a_voice_in_work(office, NOW), body="답", by=office.officer, now=NOW)
    for now in (NOW, kst("2026-12-09 09:00"), kst("2026-12-10 09:00")):
        counts = inbox_counts(getattr(office, who), now=now)
        for view in InboxView:
            found = rows(office, view, who=getattr(office, who), now=now)
            assert counts[view] == sum(row.outcome == "" for row in found), (view, now)


def test_what_is_closed_stands_in_no_view_but_all(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    voice_answer(voice, body="답", by=office.officer, now=NOW)
    assert rows(office, "mine") == []
    assert rows(office, "all")[0].clock.tone == "done"


def test_a_row_masks_the_citizen_and_tells_the_clock(office: Office) -> None:
    a_voice_in_work(office, NOW)
    (row,) = rows(office, "mine")
    assert row.citizen_name == "김*수"
    assert (row.officer_name, row.department_name) == ("김담당", "도로안전과")
    assert (row.status_label, row.category_label) == ("처리 중", "도로·보도")
    assert (row.clock.tone, row.clock.left_seconds) == ("go", (7 + 6 * 8) * 3600)


@pytest.mark.parametrize(
    ("at", "tone"),
    [("2026-12-09 10:00", "soon"), ("2026-12-10 09:10", "over"), ("2027-12-09 10:00", "over")],
)
def test_the_clock_turns_amber_in_the_last_day_and_red_after_it(
    office: Office, at: str, tone: str
) -> None:
    a_voice(NOW)
    assert rows(office, now=kst(at))[0].clock.tone == tone


@pytest.mark.parametrize("text", ["보도", "유모차가", "정류장 블록", "보도 블록", "ㅂㄷㅂㄹ"])
def test_two_syllables_are_found_in_title_and_text(office: Office, text: str) -> None:
    voice = a_voice(NOW)
    a_voice(NOW, title="가로등이 꺼졌습니다", body="골목이 어둡습니다")
    assert refs(rows(office, text=text)) == [voice.ref]


@pytest.mark.parametrize(
    "text", ["도보", "블로그", "보도 가로등", "o", "!!"]
)  # no reference has an O
def test_what_is_not_written_is_not_found(office: Office, text: str) -> None:
    a_voice(NOW)
    assert rows(office, text=text) == []


def test_a_reference_typed_by_hand_finds_its_voice_in_any_view(office: Office) -> None:
    voice = a_voice(NOW)
    assert refs(rows(office, "mine", text=voice.ref.lower().replace("-", ""))) == [voice.ref]


def test_a_phase_narrows_a_view(office: Office) -> None:
    taken, begun = a_voice(NOW), a_voice_in_work(office, NOW)
    agent = office.agent
    assert refs(rows(office, who=agent, filters={"phase": "in_progress"})) == [begun.ref]
    assert refs(rows(office, who=agent, filters=InboxFilters(phase="received"))) == [taken.ref]
    assert rows(office, who=agent, filters={"phase": "closed"}) == []


def test_filters_narrow_a_view(office: Office) -> None:
    road, _ = a_voice(NOW), a_voice(NOW, category="tax")
    agent = office.agent
    assert refs(rows(office, who=agent, filters={"category": "road"})) == [road.ref]
    assert refs(rows(office, who=agent, filters=InboxFilters(petition_class="grievance"))) == [
        road.ref
    ]
    assert len(rows(office, who=agent, filters={"channel": ""})) == 2


def test_pages_follow_each_other_without_gap_or_repeat(office: Office) -> None:
    made = [a_voice(NOW, channel="letter", received_at=at) for at in _moments(7)]
    seen: list[str] = []
    cursor = ""
    while True:
        page = inbox(office.officer, view="all", now=NOW, sort="received", cursor=cursor, size=3)
        seen += refs(list(page.items))
        cursor = page.next_cursor
        if not cursor:
            break
    assert seen == [voice.ref for voice in reversed(made)]


def _moments(count: int) -> list[datetime]:
    return [kst("2026-11-30 09:00") + timedelta(minutes=n) for n in range(count)]


def test_a_page_is_one_query_and_the_counts_one_more(office: Office) -> None:
    for _ in range(3):
        a_voice(NOW)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        inbox(office.agent, view="all", now=NOW)
    assert len(_about_voices(queries)) == 1
    with CaptureQueriesContext(connection) as queries:
        inbox_counts(office.officer, now=NOW)
    assert len(_about_voices(queries)) == 1


def _about_voices(queries: CaptureQueriesContext) -> list[str]:
    return [each["sql"] for each in queries if "core_voices_voice" in each["sql"]]


def test_a_view_that_does_not_exist_is_refused(office: Office) -> None:
    with pytest.raises(WordUnknown):
        rows(office, "everything")


def test_the_search_is_served_by_the_index(office: Office) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        found = Voice.objects.filter(search_terms__contains=["보도", "블록"])
        assert "voice_search" in found.explain()


def test_a_signed_link_opens_its_own_voice_only(office: Office) -> None:
    voice, other = a_voice(NOW), a_voice(NOW)
    assert voice_by_tracking(voice.ref, tracking_token(voice.ref)) == voice
    for ref, token in ((other.ref, tracking_token(voice.ref)), (voice.ref, ""), ("x", "y")):
        with pytest.raises(TrackingLinkInvalid):
            voice_by_tracking(ref, token)


def test_a_link_of_one_city_opens_nothing_in_another(cities: None) -> None:
    with serving_city("busan"):
        token, survey = tracking_token("BS-2612-7K4M-3"), token_new()
        assert token_is_ours(survey)
    with serving_city("seoul"):
        assert tracking_token("BS-2612-7K4M-3") != token
        assert not token_is_ours(survey)
        with pytest.raises(TrackingLinkInvalid):
            voice_by_tracking("BS-2612-7K4M-3", token)


def test_reference_and_the_end_of_the_phone_open_the_voice(office: Office) -> None:
    voice = a_voice(NOW)
    assert voice_by_contact(voice.ref, ending="1234") == voice
    assert voice_by_contact(voice.ref, ending="CS@citizen.example") == voice
    for wrong in ("9999", "", "34", "other@citizen.example"):
        with pytest.raises(VoiceNotFound):
            voice_by_contact(voice.ref, ending=wrong)


def test_colleagues_see_who_has_the_voice_open_and_who_is_writing(office: Office) -> None:
    voice = a_voice(NOW)
    presence_touch(voice, official=office.officer, is_writing=False, now=NOW)
    presence_touch(voice, official=office.colleague, is_writing=True, now=NOW)
    here = presence_of(voice, now=NOW + timedelta(seconds=30))
    assert [(each.name, each.is_writing) for each in here] == [
        ("이동료", True),
        ("김담당", False),
    ]
    presence_leave(voice, official=office.colleague)
    assert [each.name for each in presence_of(voice, now=NOW)] == ["김담당"]
    assert presence_many([voice.id], now=NOW + timedelta(seconds=41)) == {}


def test_a_month_is_told_in_plain_numbers(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    voice_answer(voice, body="답", by=office.officer, now=NOW + timedelta(days=2))
    a_voice(NOW, category="tax", citizen=CitizenDraft(name="이영희", email="y@citizen.example"))
    told = public_numbers("2026-12")
    assert (told.received, told.answered, told.unable) == (2, 1, 0)
    assert (told.median_days, told.within_due_percent) == (2.0, 100.0)
    assert told.by_category == {"road": 1, "tax": 1}


def test_a_month_without_voices_says_that_nothing_is_known(office: Office) -> None:
    told = public_numbers("2020-01")
    assert (told.received, told.median_days, told.within_due_percent) == (0, None, None)
