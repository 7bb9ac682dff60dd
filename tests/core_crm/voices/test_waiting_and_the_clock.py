"""Days waited for the citizen are never the office's, however the voice ends."""

from __future__ import annotations

from core_crm.voices.models import Voice
from core_crm.voices.selectors import voice_get
from core_crm.voices.services import (
    voice_answer,
    voice_request_supplement,
    voice_withdraw,
    voices_notify_progress,
)
from tests.conftest import kst
from tests.support.voices import Office, a_voice_in_work

ASKED, ANSWERED = kst("2026-11-30 10:00"), kst("2026-12-04 10:30")


def waiting(office: Office) -> Voice:
    voice = a_voice_in_work(office, kst("2026-11-26 10:00"))
    return voice_request_supplement(voice, body="사진을 보내 주세요.", by=office.officer, now=ASKED)


def test_an_answer_while_waiting_is_counted_without_the_days_waited(office: Office) -> None:
    """It kept the due time from before the wait: a lawful answer counted as late."""
    before = a_voice_in_work(office, kst("2026-11-26 10:00")).due_at
    voice = voice_answer(waiting(office), body="고쳤습니다.", by=office.officer, now=ANSWERED)
    assert voice.due_at > before
    assert voice.due_at >= voice_get(voice.id).answered_at


def test_a_withdrawal_while_waiting_is_counted_the_same(office: Office) -> None:
    voice = waiting(office)
    before = voice.original_due_at
    assert voice_withdraw(voice, now=ANSWERED).due_at > before


def test_one_voice_that_cannot_be_told_keeps_no_others_notice_back(office: Office) -> None:
    """One failing voice stopped every later statutory notice of the run, each hour anew."""
    first = a_voice_in_work(office, kst("2026-10-01 10:00"))
    second = a_voice_in_work(office, kst("2026-10-02 10:00"))
    Voice.objects.filter(pk=first.pk).update(language="zz")  # no notice has this language
    told = voices_notify_progress(now=kst("2026-11-05 10:00"))
    assert told == 1
    assert voice_get(second.id).progress_notice_at > kst("2026-11-05 10:00")
