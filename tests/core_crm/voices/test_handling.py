"""Handing a voice on, working on it, asking back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from core_crm.audit.models import AuditEntry
from core_crm.common.models import RecordedEvent
from core_crm.messaging.selectors import messages_about
from core_crm.staff.services import work_hand_over, work_held_by
from core_crm.voices.errors import (
    DepartmentMismatch,
    NotAllowedInState,
    RightMissing,
    SupplementNotLawful,
    TextMissing,
    VoiceChangedMeanwhile,
)
from core_crm.voices.models import Voice, VoiceEntry, VoiceTransition
from core_crm.voices.selectors import allowed_actions, clock_of, draft_of, thread_of, voice_get
from core_crm.voices.services import (
    draft_save,
    voice_answer,
    voice_append,
    voice_assign,
    voice_note,
    voice_postpone_supplement,
    voice_receive_supplement,
    voice_repeat_supplement,
    voice_request_supplement,
    voice_start,
    voice_take,
    voice_transfer,
    voice_withdraw,
)
from tests.conftest import kst
from tests.support.voices import Office, a_voice, a_voice_in_work

NOW = kst("2026-12-01 10:00")


def later(days: int = 0, hours: int = 0) -> datetime:
    return NOW + timedelta(days=days, hours=hours)


def test_the_head_gives_a_voice_to_an_officer_of_the_department(office: Office) -> None:
    voice = voice_assign(
        a_voice(NOW), department=office.road, officer=office.officer, by=office.head, now=NOW
    )
    assert (voice.status, voice.officer, voice.version) == ("assigned", office.officer, 2)
    recorded = RecordedEvent.objects.get(kind="voices.voice_assigned")
    assert recorded.payload["officer_id"] == str(office.officer.id)


def test_an_agent_sorts_a_voice_to_a_department_where_it_waits_for_somebody(
    office: Office,
) -> None:
    voice = voice_assign(a_voice(NOW), department=office.passport, by=office.agent, now=NOW)
    assert (voice.status, voice.department, voice.officer) == ("sorting", office.passport, None)
    voice = voice_assign(voice, department=office.road, by=office.agent, now=NOW)
    assert (voice.status, voice.department) == ("sorting", office.road)


def test_an_officer_of_another_department_cannot_be_given_the_voice(office: Office) -> None:
    with pytest.raises(DepartmentMismatch):
        voice_assign(
            a_voice(NOW), department=office.road, officer=office.stranger, by=office.head, now=NOW
        )


def test_somebody_of_another_department_cannot_touch_the_voice(office: Office) -> None:
    with pytest.raises(RightMissing):
        voice_assign(a_voice(NOW), department=office.road, by=office.stranger, now=NOW)


def test_a_steward_may_look_but_not_assign(office: Office) -> None:
    with pytest.raises(RightMissing):
        voice_assign(a_voice(NOW), department=office.road, by=office.steward, now=NOW)


def test_an_officer_takes_a_voice_of_the_department(office: Office) -> None:
    voice = voice_take(a_voice(NOW), by=office.officer, now=NOW)
    assert (voice.status, voice.officer, voice.department) == (
        "assigned",
        office.officer,
        office.road,
    )


def test_starting_before_anybody_is_named_is_not_in_the_workflow(office: Office) -> None:
    with pytest.raises(NotAllowedInState) as refused:
        voice_start(a_voice(NOW), by=office.officer, now=NOW)
    assert refused.value.http_status == 409
    assert "assign" in refused.value.facts["allowed"]


def test_a_note_stays_inside_and_disturbs_nobody(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    draft_save(voice, official=office.officer, kind="note", body="전화", now=NOW)
    voice_note(voice, body="전화로 위치를 확인함", by=office.officer, now=NOW)
    assert voice_get(voice.id).version == voice.version
    assert [item.kind for item in thread_of(voice)] == ["citizen", "note"]
    assert [item.kind for item in thread_of(voice, for_citizen=True)] == ["citizen"]
    assert draft_of(voice, office.officer, kind="note") is None


def test_a_citizen_adds_words_and_an_official_with_an_older_page_learns_of_it(
    office: Office,
) -> None:
    seen = a_voice_in_work(office, NOW)
    voice_append(seen, body="한 곳 더 깨졌어요.", now=NOW)
    assert thread_of(seen, for_citizen=True)[-1].body == "한 곳 더 깨졌어요."
    with pytest.raises(VoiceChangedMeanwhile, match="시민님"):
        voice_answer(seen, body="답", by=office.officer, now=NOW, expected_version=seen.version)


def test_after_the_answer_a_citizen_opens_the_voice_again_instead_of_adding(
    office: Office,
) -> None:
    voice = a_voice_in_work(office, NOW)
    voice_answer(voice, body="답", by=office.officer, now=NOW)
    with pytest.raises(NotAllowedInState):
        voice_append(voice, body="하나 더", now=NOW)


def test_an_agent_corrects_the_class_but_does_not_extend(office: Office) -> None:
    voice = a_voice(NOW)
    may = {each.action: each.is_allowed for each in allowed_actions(voice, office.agent)}
    assert (may["reclassify"], may["extend"]) == (True, False)


def test_while_the_clock_stands_neither_extension_nor_inspection_is_offered(
    office: Office,
) -> None:
    voice = voice_request_supplement(
        a_voice_in_work(office, NOW), body="사진", by=office.officer, now=NOW
    )
    may = {each.action: each for each in allowed_actions(voice, office.officer, language="en")}
    assert not may["extend"].is_allowed
    assert may["receive_supplement"].is_allowed
    assert may["extend"].label == "Extend"


def test_an_empty_note_is_refused(office: Office) -> None:
    with pytest.raises(TextMissing):
        voice_note(a_voice(NOW), body=" ", by=office.officer, now=NOW)


def test_a_page_opened_before_somebody_else_saved_is_refused_and_says_who_and_when(
    office: Office,
) -> None:
    seen = a_voice(NOW)
    voice_take(seen, by=office.colleague, now=later(hours=1))
    with pytest.raises(VoiceChangedMeanwhile) as refused:
        voice_take(seen, by=office.officer, now=later(hours=2), expected_version=seen.version)
    assert refused.value.facts["by"] == "이동료"
    assert refused.value.facts["at"].startswith("2026-12-01T")
    assert refused.value.http_status == 409


def test_every_act_leaves_a_transition_and_an_audit_entry(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    acts = VoiceTransition.objects.filter(voice=voice).order_by("version")
    assert [act.action for act in acts] == ["register", "assign", "start"]
    assert [act.version for act in acts] == [1, 2, 3]
    audited = AuditEntry.objects.filter(subject_id=voice.id).values_list("action", flat=True)
    assert sorted(audited) == ["voice.assign", "voice.register", "voice.start"]


def test_asking_the_citizen_for_more_stops_the_clock_and_tells_them(office: Office) -> None:
    voice = voice_request_supplement(
        a_voice_in_work(office, NOW), body="사진을 보내 주세요.", by=office.officer, now=NOW
    )
    assert (voice.status, voice.is_paused) == ("waiting", True)
    assert clock_of(voice, now=later(days=30)).is_paused
    letter = messages_about("voice", voice.id).get(template="voice_supplement_requested")
    assert "김담당" in letter.body
    assert "051-000-2001" in letter.body


def test_the_time_for_a_supplement_leaves_out_the_day_of_asking(office: Office) -> None:
    voice = voice_request_supplement(
        a_voice_in_work(office, NOW), body="사진", by=office.officer, now=NOW, days=10
    )
    assert str(voice.adjustments.get().reply_by_on) == "2026-12-11"


def test_a_time_for_a_supplement_that_ends_on_a_saturday_ends_on_monday(office: Office) -> None:
    voice = voice_request_supplement(
        a_voice_in_work(office, NOW), body="사진", by=office.officer, now=NOW, days=11
    )
    assert str(voice.adjustments.get().reply_by_on) == "2026-12-14"


def test_the_supplement_does_not_count_and_both_its_days_are_left_out(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    voice = voice_request_supplement(voice, body="사진", by=office.officer, now=later(days=1))
    voice = voice_receive_supplement(voice, body="사진입니다", now=later(days=2))
    assert (voice.status, voice.is_paused) == ("in_progress", False)
    assert voice.due_at == kst("2026-12-11 18:00")  # two working days later than without
    assert voice.original_due_at == kst("2026-12-09 18:00")
    assert any("행정절차법 시행령 제11조" in step["article"] for step in voice.due_steps)
    assert thread_of(voice, for_citizen=True)[-1].kind == "supplement_reply"


def test_a_supplement_may_be_repeated_once_after_its_time(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    voice = voice_request_supplement(voice, body="사진", by=office.officer, now=NOW)
    with pytest.raises(SupplementNotLawful, match="10일"):
        voice_repeat_supplement(voice, body="사진", by=office.officer, now=later(days=1))
    voice = voice_repeat_supplement(voice, body="사진", by=office.officer, now=later(days=13))
    with pytest.raises(SupplementNotLawful):
        voice_repeat_supplement(voice, body="사진", by=office.officer, now=later(days=40))
    assert (
        messages_about("voice", voice.id).filter(template="voice_supplement_requested").count() == 2
    )


def test_a_citizen_may_ask_for_more_time_twice(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    voice = voice_request_supplement(voice, body="사진", by=office.officer, now=NOW)
    for _ in range(2):
        voice = voice_postpone_supplement(
            voice, days=20, by=office.officer, now=later(days=5), comment="전화로 요청"
        )
    with pytest.raises(SupplementNotLawful):
        voice_postpone_supplement(
            voice, days=20, by=office.officer, now=later(days=5), comment="전화로 요청"
        )


def test_without_an_open_supplement_there_is_nothing_to_repeat(office: Office) -> None:
    with pytest.raises(NotAllowedInState):
        voice_repeat_supplement(
            a_voice_in_work(office, NOW), body="사진", by=office.officer, now=NOW
        )


def test_a_citizen_takes_a_voice_back_and_it_is_closed_without_a_survey(office: Office) -> None:
    voice = voice_withdraw(a_voice(NOW), now=NOW, reason="해결됐습니다.")
    assert (voice.outcome, voice.phase, voice.closed_at) == ("withdrawn", "closed", NOW)
    with pytest.raises(NotAllowedInState):
        voice_withdraw(voice, now=NOW)


def test_a_transfer_names_the_body_it_goes_to(office: Office) -> None:
    voice = voice_transfer(
        a_voice(NOW), receiving_agency="한국도로공사", by=office.officer, now=NOW
    )
    assert (voice.outcome, voice.phase) == ("transferred", "closed")
    letter = messages_about("voice", voice.id).get(template="voice_transferred")
    assert "한국도로공사" in letter.body


def test_a_transfer_without_an_agency_is_refused(office: Office) -> None:
    with pytest.raises(TextMissing):
        voice_transfer(a_voice(NOW), receiving_agency=" ", by=office.officer, now=NOW)


def test_a_draft_is_kept_per_person_and_forgotten_when_emptied(office: Office) -> None:
    voice = a_voice(NOW)
    draft_save(voice, official=office.officer, kind="answer", body="안녕하세요", now=NOW)
    draft_save(voice, official=office.officer, kind="answer", body="안녕하십니까", now=NOW)
    draft = draft_of(voice, office.officer)
    assert draft is not None
    assert draft.body == "안녕하십니까"
    assert draft_of(voice, office.colleague) is None
    draft_save(voice, official=office.officer, kind="answer", body=" ", now=NOW)
    assert draft_of(voice, office.officer) is None


def test_what_an_officer_holds_goes_to_a_colleague_when_they_move(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    assert work_held_by(office.officer)[0].count == 1
    work_hand_over(office.officer, to=office.colleague, now=NOW)
    moved = voice_get(voice.id)
    assert (moved.officer, moved.due_at) == (office.colleague, voice.due_at)
    assert VoiceTransition.objects.filter(voice=voice, comment="업무 인계").count() == 1


def test_what_may_be_done_is_told_by_the_workflow_and_the_rights(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    may = {each.action: each.is_allowed for each in allowed_actions(voice, office.officer)}
    assert may["answer"]
    assert may["extend"]
    assert "start" not in may
    by_agent = {each.action: each for each in allowed_actions(voice, office.agent)}
    assert not by_agent["answer"].is_allowed
    assert by_agent["answer"].why_not


def test_the_citizen_may_only_take_the_voice_back(office: Office) -> None:
    assert [each.action for each in allowed_actions(a_voice(NOW), None)] == ["withdraw"]


def test_a_note_is_never_public_whatever_the_code_says(office: Office) -> None:
    voice = a_voice(NOW)
    with pytest.raises(IntegrityError):
        VoiceEntry.objects.create(voice=voice, kind="note", body="x", at=NOW, is_public=True)


def test_the_state_of_a_voice_is_kept_when_a_step_is_refused(office: Office) -> None:
    voice = a_voice(NOW)
    with pytest.raises(NotAllowedInState):
        voice_start(voice, by=office.officer, now=NOW)
    assert Voice.objects.get(pk=voice.pk).version == 1
