"""A notice of progress every thirty days (민원 처리에 관한 법률 시행령 제23조)."""

from __future__ import annotations

from datetime import datetime, timedelta

from core_crm.messaging.selectors import messages_about
from core_crm.voices.selectors import thread_of, voice_get, voices_needing_progress_notice
from core_crm.voices.services import voice_answer, voices_import, voices_notify_progress
from tests.conftest import kst
from tests.support.voices import Office, a_voice, a_voice_in_work

NOW = kst("2026-12-01 10:00")


def after(days: float) -> datetime:
    return NOW + timedelta(days=days)


def test_after_thirty_days_the_citizen_is_told_how_far_it_is(office: Office) -> None:
    voice = a_voice_in_work(office, NOW, reply_channel="email")
    assert voices_notify_progress(now=after(29.9)) == 0
    assert voices_notify_progress(now=after(30)) == 1
    letter = messages_about("voice", voice.id).get(template="voice_progress")
    for told in ("처리 중", "김담당", "제23조", voice.ref):
        assert told in letter.body
    assert thread_of(voice, for_citizen=True)[-1].kind == "notice"


def test_it_is_told_once_and_again_after_thirty_more_days(office: Office) -> None:
    voice = a_voice(NOW)
    told = [voices_notify_progress(now=after(days)) for days in (30, 30, 59, 60, 60)]
    assert told == [1, 0, 0, 1, 0]
    assert messages_about("voice", voice.id).filter(template="voice_progress").count() == 2
    assert voice_get(voice.id).version == voice.version


def test_a_week_without_a_worker_does_not_bring_four_notices_at_once(office: Office) -> None:
    a_voice(NOW)
    assert voices_notify_progress(now=after(125)) == 1
    assert voices_notify_progress(now=after(126)) == 0
    assert voices_notify_progress(now=after(150)) == 1


def test_what_is_answered_needs_no_notice(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    voice_answer(voice, body="답", by=office.officer, now=NOW)
    assert not voices_needing_progress_notice(now=after(31)).exists()


def test_an_old_imported_voice_is_told_at_its_next_round_not_at_once(office: Office) -> None:
    rows = "번호,제목,내용,이메일,접수일\n1,가,나,a@citizen.example,2026-08-20\n"
    voices_import(rows.encode(), now=NOW)
    assert voices_notify_progress(now=NOW) == 0
    assert voices_notify_progress(now=kst("2026-12-18 09:00")) == 1
