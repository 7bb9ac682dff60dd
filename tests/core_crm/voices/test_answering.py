"""Answering: the closing, the message and the events are one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core_crm.common.models import RecordedEvent
from core_crm.customers.selectors import timeline_of
from core_crm.messaging.errors import RecipientNotReachable
from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.selectors import messages_about
from core_crm.voices.errors import (
    NotAllowedInState,
    RightMissing,
    TextMissing,
    UnableNeedsReason,
    VoiceAlreadyAnswered,
    VoiceChangedMeanwhile,
)
from core_crm.voices.models import Voice, VoiceTransition
from core_crm.voices.selectors import draft_of, thread_of
from core_crm.voices.services import (
    draft_save,
    voice_answer,
    voice_close_unable,
    voice_note,
    voice_reopen,
    voice_request_supplement,
    voice_take,
)
from core_crm.voices.types import CitizenDraft
from tests.conftest import kst
from tests.support.voices import Office, a_voice, a_voice_in_work

NOW = kst("2026-12-01 10:00")
DONE = kst("2026-12-02 15:00")


def answered(office: Office, **changes: object) -> Voice:
    voice = a_voice_in_work(office, NOW, **changes)
    return voice_answer(voice, body="내일 고치겠습니다.", by=office.officer, now=DONE)


def test_an_answer_settles_and_closes_the_voice(office: Office) -> None:
    voice = answered(office)
    assert (voice.outcome, voice.phase) == ("answered", "closed")
    assert voice.answered_at == voice.closed_at == DONE
    acts = VoiceTransition.objects.filter(voice=voice).order_by("version")
    assert [act.action for act in acts] == ["register", "assign", "start", "answer"]


def test_the_answer_is_queued_with_the_closing_and_names_who_is_in_charge(office: Office) -> None:
    voice = answered(office)
    letter = messages_about("voice", voice.id).get(template="voice_answered")
    for told in ("내일 고치겠습니다.", "도로안전과", "김담당", "051-000-2001"):
        assert told in letter.body
    assert thread_of(voice)[-1].message_state == "queued"


def test_both_events_are_recorded_and_the_closing_is_the_first(office: Office) -> None:
    voice = answered(office)
    assert RecordedEvent.objects.filter(kind="voices.voice_answered").count() == 1
    closed = RecordedEvent.objects.get(kind="voices.voice_closed").payload
    assert (closed["closing_no"], closed["outcome"]) == (1, "answered")
    assert closed["department_code"] == office.road.code
    assert closed["ref"] == voice.ref


def test_the_answer_stands_in_the_citizens_history(office: Office) -> None:
    kinds = [entry.kind for entry in timeline_of(answered(office).citizen)]
    assert kinds == ["voice_answered", "voice_registered"]


def test_what_was_typed_is_forgotten_once_it_is_sent(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    draft_save(voice, official=office.officer, kind="answer", body="내일", now=NOW)
    voice_answer(voice, body="내일", by=office.officer, now=DONE)
    assert draft_of(voice, office.officer) is None


def test_answering_twice_is_a_conflict_that_says_who_was_first(office: Office) -> None:
    voice = answered(office)
    with pytest.raises(VoiceAlreadyAnswered) as refused:
        voice_answer(voice, body="또", by=office.colleague, now=DONE)
    assert refused.value.http_status == 409
    assert refused.value.facts["by"] == "김담당"
    assert messages_about("voice", voice.id).filter(template="voice_answered").count() == 1


def test_an_old_page_cannot_answer(office: Office) -> None:
    seen = a_voice_in_work(office, NOW)
    voice_request_supplement(seen, body="사진", by=office.colleague, now=NOW)
    with pytest.raises(VoiceChangedMeanwhile) as refused:
        voice_answer(seen, body="답", by=office.officer, now=DONE, expected_version=seen.version)
    assert refused.value.facts["by"] == "이동료"


def test_a_colleagues_note_does_not_stop_an_answer(office: Office) -> None:
    seen = a_voice_in_work(office, NOW)
    voice_note(seen, body="확인", by=office.colleague, now=NOW)
    voice_answer(seen, body="답", by=office.officer, now=DONE, expected_version=seen.version)


def test_an_empty_answer_is_refused(office: Office) -> None:
    with pytest.raises(TextMissing):
        voice_answer(a_voice_in_work(office, NOW), body="\n", by=office.officer, now=DONE)


def test_a_new_voice_must_be_somebodys_before_it_is_answered(office: Office) -> None:
    with pytest.raises(NotAllowedInState):
        voice_answer(a_voice(NOW), body="답", by=office.officer, now=DONE)


def test_an_agent_assigns_but_does_not_answer(office: Office) -> None:
    with pytest.raises(RightMissing):
        voice_answer(a_voice_in_work(office, NOW), body="답", by=office.agent, now=DONE)


def test_somebody_of_another_department_does_not_answer(office: Office) -> None:
    with pytest.raises(RightMissing):
        voice_answer(a_voice_in_work(office, NOW), body="답", by=office.stranger, now=DONE)


def test_whoever_answers_a_departments_voice_becomes_its_officer(office: Office) -> None:
    voice = voice_take(a_voice(NOW), by=office.officer, now=NOW)
    assert voice_answer(voice, body="답", by=office.colleague, now=DONE).officer == office.officer


def test_an_answer_may_go_by_another_channel_that_the_citizen_has(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    voice_answer(voice, body="답", by=office.officer, now=DONE, channel="email")
    letter = messages_about("voice", voice.id).get(template="voice_answered")
    assert letter.channel == "email"


def test_an_answer_to_a_channel_the_citizen_has_not_is_refused_and_nothing_is_closed(
    office: Office,
) -> None:
    voice = a_voice_in_work(office, NOW, citizen=CitizenDraft(name="이영희", phone="010-0000-5678"))
    with pytest.raises(RecipientNotReachable), transaction.atomic():
        voice_answer(voice, body="답", by=office.officer, now=DONE, channel="email")
    assert Voice.objects.get(pk=voice.pk).is_open


def test_a_long_answer_fits_a_text_message_and_is_whole_on_the_page(office: Office) -> None:
    body = "자세한 설명입니다. " * 200
    voice = a_voice_in_work(office, NOW, reply_channel="sms")
    voice = voice_answer(voice, body=body, by=office.officer, now=DONE)
    letter = messages_about("voice", voice.id).get(template="voice_answered")
    assert letter.byte_count <= 2000
    assert "전체 글은 아래 주소에" in letter.body
    assert f"/track/{voice.ref}?k=" in letter.body
    assert thread_of(voice, for_citizen=True)[-1].body == body.strip()


def test_somebody_without_a_contact_is_answered_on_their_page_only(office: Office) -> None:
    voice = answered(office, citizen=CitizenDraft(name="아무개"))
    assert voice.phase == "closed"
    assert not OutgoingMessage.objects.filter(about_id=voice.id).exists()


def test_an_answer_ends_an_open_supplement(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    voice = voice_request_supplement(voice, body="사진", by=office.officer, now=NOW)
    voice = voice_answer(voice, body="사진 없이 찾았습니다.", by=office.officer, now=DONE)
    assert not voice.is_paused
    assert voice.adjustments.get().ends_at == DONE


def test_unable_needs_a_reason_the_public_may_read(office: Office) -> None:
    with pytest.raises(UnableNeedsReason):
        voice_close_unable(
            a_voice_in_work(office, NOW), public_reason=" ", body="x", by=office.officer, now=DONE
        )


def test_unable_tells_the_reason_and_keeps_it_in_public(office: Office) -> None:
    voice = voice_close_unable(
        a_voice_in_work(office, NOW),
        public_reason="사유지라서 시에서 고칠 수 없습니다.",
        body="땅 주인에게 알렸습니다.",
        by=office.officer,
        now=DONE,
    )
    assert (voice.outcome, voice.phase) == ("unable", "closed")
    letter = messages_about("voice", voice.id).get(template="voice_unable")
    assert "사유지라서" in letter.body
    assert "땅 주인" in letter.body


def test_the_database_holds_that_unable_has_a_reason(office: Office) -> None:
    voice = answered(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.filter(pk=voice.pk).update(outcome="unable")


def test_a_voice_not_solved_opens_again_with_a_period_of_its_own(office: Office) -> None:
    voice = answered(office)
    again = kst("2026-12-10 09:00")
    voice = voice_reopen(voice, reason="그대로입니다.", now=again)
    assert (voice.phase, voice.outcome, voice.closed_at) == ("reopened", "", None)
    assert (voice.reopened_count, voice.officer) == (1, office.officer)
    assert voice.due_at == kst("2026-12-18 18:00")
    assert voice.original_due_at == kst("2026-12-09 18:00")
    assert messages_about("voice", voice.id).filter(template="voice_reopened").count() == 1


def test_an_open_voice_cannot_be_opened(office: Office) -> None:
    with pytest.raises(NotAllowedInState):
        voice_reopen(a_voice(NOW), reason="그대로", now=NOW)


def test_opening_again_needs_a_reason(office: Office) -> None:
    with pytest.raises(TextMissing):
        voice_reopen(answered(office), reason=" ", now=DONE)


def test_the_second_answer_is_a_message_of_its_own(office: Office) -> None:
    voice = voice_reopen(answered(office), reason="그대로", now=DONE)
    voice = voice_answer(
        voice, body="다시 고쳤습니다.", by=office.officer, now=DONE + timedelta(days=1)
    )
    sent = messages_about("voice", voice.id).filter(template="voice_answered")
    assert sorted(message.dedup_key[-8:] for message in sent) == ["answer:1", "answer:2"]
    closings = RecordedEvent.objects.filter(kind="voices.voice_closed")
    assert sorted(event.payload["closing_no"] for event in closings) == [1, 2]
