"""Needing longer: lawful reasons, once, in writing (민원 처리에 관한 법률 시행령 제21조)."""

from __future__ import annotations

from datetime import date

import pytest

from core_crm.common.models import RecordedEvent
from core_crm.messaging.selectors import messages_about
from core_crm.voices.errors import (
    ExtensionNotLawful,
    InspectionNotLawful,
    NotAllowedInState,
    TextMissing,
)
from core_crm.voices.models import Voice, VoiceTransition
from core_crm.voices.services import (
    voice_extend,
    voice_inspect,
    voice_outage,
    voice_reclassify,
    voice_request_supplement,
)
from core_crm.voices.types import EXTENSION_REASONS
from tests.conftest import kst
from tests.support.voices import Office, a_voice, a_voice_in_work

NOW = kst("2026-12-01 10:00")


def extended(voice: Voice, office: Office, **changes: object) -> Voice:
    given = {
        "reason_code": "fact_finding",
        "reason": "현장 확인이 더 필요합니다.",
        "by": office.officer,
        "now": NOW,
    }
    return voice_extend(voice, **{**given, **changes})  # type: ignore[arg-type]


def test_an_extension_adds_the_period_once_more(office: Office) -> None:
    voice = extended(a_voice_in_work(office, NOW), office)
    assert voice.due_at == kst("2026-12-18 18:00")
    assert voice.original_due_at == kst("2026-12-09 18:00")
    assert voice.adjustments.get().article == "민원 처리에 관한 법률 시행령 제21조 제1항 제2호"


def test_an_extension_may_be_shorter_than_the_period_but_not_longer(office: Office) -> None:
    assert extended(a_voice_in_work(office, NOW), office, amount=2).due_at == kst(
        "2026-12-11 18:00"
    )
    with pytest.raises(ExtensionNotLawful):
        extended(a_voice_in_work(office, NOW), office, amount=8)


def test_the_citizen_is_told_in_writing_by_whom_why_and_until_when(office: Office) -> None:
    voice = extended(a_voice_in_work(office, NOW, reply_channel="email"), office)
    letter = messages_about("voice", voice.id).get(template="voice_extended")
    for told in ("현장 확인", "2026년 12월 18일(금) 18:00", "김담당", "도로안전과", "051-000-2001"):
        assert told in letter.body


def test_the_transition_keeps_both_due_times(office: Office) -> None:
    voice = extended(a_voice_in_work(office, NOW), office)
    moved = VoiceTransition.objects.get(voice=voice, action="extend")
    assert (moved.due_before, moved.due_after) == (
        kst("2026-12-09 18:00"),
        kst("2026-12-18 18:00"),
    )
    assert RecordedEvent.objects.filter(kind="voices.voice_extended").count() == 1


@pytest.mark.parametrize("reason_code", ["overload", "late_assignment", "absence", "made_up"])
def test_overload_late_assignment_and_absence_are_refused_with_the_article(
    office: Office, reason_code: str
) -> None:
    voice = a_voice_in_work(office, NOW)
    with pytest.raises(ExtensionNotLawful) as refused:
        extended(voice, office, reason_code=reason_code)
    assert "제21조 제2항" in refused.value.facts["article"]
    assert refused.value.http_status == 422
    assert not messages_about("voice", voice.id).filter(template="voice_extended").exists()


def test_the_list_of_reasons_shows_lawful_and_unlawful_ones() -> None:
    lawful = [reason.code for reason in EXTENSION_REASONS.values() if reason.is_lawful]
    assert lawful == ["cooperation", "fact_finding", "force_majeure", "similar"]
    assert len(EXTENSION_REASONS) == 7


def test_a_second_extension_needs_the_citizens_consent_and_a_third_is_impossible(
    office: Office,
) -> None:
    voice = extended(a_voice_in_work(office, NOW), office)
    with pytest.raises(ExtensionNotLawful, match="동의"):
        extended(voice, office)
    voice = extended(voice, office, with_consent=True)
    assert voice.due_at == kst("2026-12-30 18:00")
    with pytest.raises(ExtensionNotLawful):
        extended(voice, office, with_consent=True)


def test_after_the_due_time_it_is_too_late_to_extend(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    with pytest.raises(ExtensionNotLawful, match="지난 뒤"):
        extended(voice, office, now=kst("2026-12-09 18:01"))


def test_while_the_citizen_is_asked_there_is_nothing_to_extend(office: Office) -> None:
    voice = voice_request_supplement(
        a_voice_in_work(office, NOW), body="사진", by=office.officer, now=NOW
    )
    with pytest.raises(NotAllowedInState):
        extended(voice, office)


def test_an_extension_without_words_is_refused(office: Office) -> None:
    with pytest.raises(TextMissing):
        extended(a_voice_in_work(office, NOW), office, reason=" ")


def test_an_inspection_of_a_grievance_is_not_counted(office: Office) -> None:
    voice = voice_inspect(
        a_voice_in_work(office, NOW),
        from_on=date(2026, 12, 2),
        to_on=date(2026, 12, 4),
        reason="현장조사",
        by=office.officer,
        now=NOW,
    )
    assert voice.due_at == kst("2026-12-14 18:00")


def test_an_inspection_of_more_than_three_weeks_is_refused(office: Office) -> None:
    with pytest.raises(InspectionNotLawful) as refused:
        voice_inspect(
            a_voice_in_work(office, NOW),
            from_on=date(2026, 12, 2),
            to_on=date(2026, 12, 23),
            reason="현장조사",
            by=office.officer,
            now=NOW,
        )
    assert "제17조 제4항" in refused.value.facts["article"]


def test_only_a_grievance_is_inspected(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    voice = voice_reclassify(voice, petition_class="inquiry", by=office.officer, now=NOW)
    with pytest.raises(InspectionNotLawful):
        voice_inspect(
            voice,
            from_on=date(2026, 12, 2),
            to_on=date(2026, 12, 2),
            reason="현장조사",
            by=office.officer,
            now=NOW,
        )


def test_a_time_in_which_the_system_was_down_is_left_out(office: Office) -> None:
    voice = a_voice(NOW, category="unsure")
    voice = voice_outage(
        voice,
        from_at=kst("2026-12-01 11:00"),
        to_at=kst("2026-12-01 13:30"),
        now=kst("2026-12-01 13:40"),
    )
    assert voice.due_at == kst("2026-12-01 15:30")


def test_reclassifying_sets_a_new_due_time_and_keeps_both(office: Office) -> None:
    voice = voice_reclassify(
        a_voice_in_work(office, NOW), category="suggestion", by=office.officer, now=NOW
    )
    assert (voice.petition_class, voice.category_code) == ("suggestion", "suggestion")
    assert voice.due_at == kst("2026-12-18 18:00")
    assert voice.original_due_at == kst("2026-12-09 18:00")


def test_an_unknown_category_reclassified_is_counted_from_its_receipt(office: Office) -> None:
    voice = a_voice(NOW, category="made_up")
    voice = voice_reclassify(voice, category="road", by=office.agent, now=kst("2026-12-02 09:00"))
    assert voice.due_at == kst("2026-12-09 18:00")
    assert voice.original_due_at == kst("2026-12-01 14:00")
