"""Taking in a voice."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from core_crm.common.models import RecordedEvent
from core_crm.common.references import is_valid
from core_crm.customers.errors import ContactNotReadable
from core_crm.customers.selectors import timeline_of
from core_crm.messaging.selectors import messages_about
from core_crm.voices.errors import (
    ReceivedInTheFuture,
    RightMissing,
    ServiceUnknown,
    TextMissing,
    WordUnknown,
)
from core_crm.voices.models import Voice, VoiceTransition
from core_crm.voices.services import voice_register
from core_crm.voices.types import CitizenDraft
from tenants.context import serving_city
from tests.benchmarks.trips import trips_of
from tests.conftest import kst
from tests.support.voices import Office, a_draft, a_voice, an_office

NOW = kst("2026-12-01 10:00")
LOOK_UPS = 2  # category and department: kept for two seconds in life, not in tests


def test_a_voice_gets_a_reference_that_can_be_read_aloud(office: Office) -> None:
    voice = a_voice(NOW)
    assert voice.ref.startswith("BS-2612-")
    assert is_valid(voice.ref)


def test_the_month_of_a_reference_is_that_of_koreas_clock(office: Office) -> None:
    voice = a_voice(kst("2026-12-02 09:00"), received_at=kst("2026-12-01 00:10"))
    assert voice.ref.startswith("BS-2612-")


def test_a_grievance_is_due_on_its_seventh_working_day_the_first_counted(office: Office) -> None:
    voice = a_voice(NOW)
    assert voice.petition_class == "grievance"
    assert voice.due_at == voice.original_due_at == kst("2026-12-09 18:00")


def test_each_counted_step_cites_its_article(office: Office) -> None:
    steps = a_voice(NOW).due_steps
    assert sum(step["counted"] for step in steps) == 7
    assert all("민원 처리에 관한 법률" in step["article"] for step in steps)


@pytest.mark.parametrize(
    ("category", "petition_class", "due_at"),
    [
        ("tax", "inquiry_legal", "2026-12-18 18:00"),
        ("welfare", "inquiry", "2026-12-09 18:00"),
        ("suggestion", "suggestion", "2026-12-18 18:00"),
        ("unsure", "other", "2026-12-01 14:00"),
    ],
)
def test_the_category_decides_class_and_due_time(
    office: Office, category: str, petition_class: str, due_at: str
) -> None:
    voice = a_voice(NOW, category=category)
    assert (voice.petition_class, voice.due_at) == (petition_class, kst(due_at))


def test_an_unknown_category_is_answered_at_once_and_what_was_given_is_kept(
    office: Office,
) -> None:
    voice = a_voice(NOW, category="made_up")
    assert (voice.petition_class, voice.category) == ("other", None)
    assert voice.due_at == kst("2026-12-01 14:00")
    assert voice.attributes["category_as_given"] == "made_up"
    assert voice.department == office.civil


def test_a_service_of_the_catalogue_brings_its_own_statutory_period(office: Office) -> None:
    voice = a_voice(NOW, category="", service_code="passport_issue")
    assert (voice.petition_class, voice.service_code) == ("statutory", "passport_issue")
    assert voice.due_at == kst("2026-12-10 18:00")
    assert voice.department == office.passport


def test_a_three_day_service_counts_hours_over_christmas_and_the_weekend(office: Office) -> None:
    voice = a_voice(kst("2026-12-23 15:30"), service_code="three_days")
    assert voice.due_at == kst("2026-12-29 15:30")


def test_a_compound_service_makes_a_compound_voice(office: Office) -> None:
    assert a_voice(NOW, service_code="building_permit").is_compound


def test_an_unknown_service_is_refused(office: Office) -> None:
    with pytest.raises(ServiceUnknown):
        a_voice(NOW, service_code="nothing_like_it")


def test_the_category_suggests_the_department(office: Office) -> None:
    voice = a_voice(NOW)
    assert (voice.department, voice.officer) == (office.road, None)


def test_the_first_state_and_the_workflow_are_pinned(office: Office) -> None:
    voice = a_voice(NOW)
    assert (voice.status, voice.phase, voice.version) == ("received", "received", 1)
    assert len(voice.workflow_digest) == 64


def test_the_receipt_is_queued_with_the_due_time_and_a_tracking_link(office: Office) -> None:
    voice = a_voice(NOW)
    (message,) = messages_about("voice", voice.id)
    assert message.template == "voice_received"
    assert (message.channel, message.recipient) == ("sms", "+821000001234")
    assert "2026년 12월 9일(수) 18:00" in message.body
    assert voice.ref in message.body


def test_a_wished_reply_channel_is_used(office: Office) -> None:
    voice = a_voice(NOW, reply_channel="email")
    (message,) = messages_about("voice", voice.id)
    assert (message.channel, message.recipient) == ("email", "cs@citizen.example")
    assert f"/track/{voice.ref}?k=" in message.body


def test_a_receipt_in_english_speaks_english(office: Office) -> None:
    voice = a_voice(NOW, language="en", reply_channel="email")
    (message,) = messages_about("voice", voice.id)
    assert "Wed 9 Dec 2026, 18:00" in message.body
    assert "/en/track/" in message.body


def test_somebody_without_a_contact_is_taken_in_without_a_receipt(office: Office) -> None:
    voice = a_voice(NOW, citizen=CitizenDraft(name=""))
    assert voice.citizen.is_anonymous
    assert not messages_about("voice", voice.id).exists()


def test_the_same_person_twice_is_one_citizen_with_two_voices(office: Office) -> None:
    first, second = a_voice(NOW), a_voice(NOW + timedelta(minutes=1))
    assert first.citizen_id == second.citizen_id
    assert len(timeline_of(first.citizen)) == 2


def test_the_event_is_recorded_without_personal_data(office: Office) -> None:
    voice = a_voice(NOW)
    recorded = RecordedEvent.objects.get(kind="voices.voice_registered")
    assert recorded.payload["voice_id"] == str(voice.id)
    assert "김철수" not in str(recorded.payload)


def test_registering_is_the_first_transition(office: Office) -> None:
    voice = a_voice(NOW)
    first = VoiceTransition.objects.get(voice=voice)
    assert (first.version, first.action, first.to_status) == (1, "register", "received")
    assert (first.due_before, first.due_after) == (None, voice.due_at)


def test_an_empty_text_is_refused(office: Office) -> None:
    with pytest.raises(TextMissing):
        a_voice(NOW, body="  \n ")


def test_a_missing_title_is_the_beginning_of_the_text(office: Office) -> None:
    assert a_voice(NOW, title=" ").title == "버스 정류장 앞 보도블록이 깨져 유모차가 걸립니다."


def test_a_title_that_is_too_long_is_kept_whole_in_the_text(office: Office) -> None:
    title = "아주 긴 제목 " * 40
    voice = a_voice(NOW, title=title)
    assert len(voice.title) <= 200
    assert title.strip() in voice.body


@pytest.mark.parametrize(
    "change",
    [{"channel": "pigeon"}, {"language": "fr"}, {"reply_channel": "telegram"}],
)
def test_words_outside_the_lists_are_refused(office: Office, change: dict[str, Any]) -> None:
    with pytest.raises(WordUnknown):
        a_voice(NOW, **change)


def test_a_phone_that_cannot_be_one_is_refused(office: Office) -> None:
    with pytest.raises(ContactNotReadable):
        a_voice(NOW, citizen=CitizenDraft(name="김철수", phone="12"))


def test_a_letter_keeps_the_time_it_came(office: Office) -> None:
    voice = a_voice(NOW, channel="letter", received_at=kst("2026-11-30 11:00"))
    assert voice.due_at == kst("2026-12-08 18:00")


def test_a_voice_cannot_come_from_the_future(office: Office) -> None:
    with pytest.raises(ReceivedInTheFuture):
        a_voice(NOW, received_at=NOW + timedelta(seconds=1))


def test_an_official_without_the_right_cannot_register(office: Office) -> None:
    with pytest.raises(RightMissing):
        voice_register(draft=a_draft(channel="counter"), now=NOW, by=office.steward)


def test_an_agent_registers_for_somebody_at_the_counter(office: Office) -> None:
    voice = voice_register(draft=a_draft(channel="counter"), now=NOW, by=office.agent)
    assert VoiceTransition.objects.get(voice=voice).by == office.agent


def test_the_database_keeps_a_due_time_after_the_receipt(office: Office) -> None:
    voice = a_voice(NOW)
    with pytest.raises(IntegrityError):
        Voice.objects.filter(pk=voice.pk).update(due_at=NOW - timedelta(days=1))


def test_a_sign_the_database_cannot_keep_is_left_out(office: Office) -> None:
    voice = a_voice(NOW, title="가\0나", body="다\0라")
    assert (voice.title, voice.body) == ("가나", "다라")


def test_a_further_column_of_a_file_is_kept_without_such_signs(office: Office) -> None:
    voice = a_voice(NOW, channel="import", attributes={"x\0": ["\0y"]})
    assert voice.attributes == {"x": ["y"]}


def test_a_reference_drawn_twice_is_drawn_again_and_leaves_nothing_of_the_first_try(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    for _twice in range(2):
        monkeypatch.setattr("core_crm.common.references.secrets", random.Random(7))  # noqa: S311 - the same draw again
        drawn.append(a_voice(NOW))
    first, second = drawn
    assert first.ref != second.ref
    for voice in drawn:
        assert [one.action for one in voice.transitions.all()] == ["register"]
        assert [one.body for one in messages_about("voice", voice.id) if voice.ref in one.body]
    assert RecordedEvent.objects.filter(kind="voices.voice_registered").count() == 2


def test_a_voice_with_all_that_belongs_to_it_is_three_trips(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        an_office()
        a_voice(NOW)
        trips = trips_of(lambda: a_voice(NOW, category="tax"))
    assert trips.round_trips - LOOK_UPS == 3  # the citizen, the voice and its trail, COMMIT
