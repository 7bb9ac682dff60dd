"""The main journey, through services, with real commits: from first words to a solved problem.

register → assign → ask back → extend → answer → survey → not solved → reopened → answered again.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import UUID

from core_crm.audit.models import AuditEntry
from core_crm.common.services.relaying import events_relay
from core_crm.customers.selectors import timeline_of
from core_crm.messaging.selectors import demo_letter_list, messages_about
from core_crm.messaging.services import messages_send_due
from core_crm.surveys.models import SurveyInvitation
from core_crm.surveys.selectors import invitation_by_token
from core_crm.surveys.services import survey_answer
from core_crm.voices.models import Voice
from core_crm.voices.selectors import (
    clock_of,
    inbox,
    thread_of,
    transitions_of,
    voice_by_tracking,
    voice_get,
)
from core_crm.voices.services import (
    voice_answer,
    voice_assign,
    voice_extend,
    voice_note,
    voice_receive_supplement,
    voice_request_supplement,
    voice_start,
)
from tenants.context import serving_city
from tests.conftest import kst
from tests.support.voices import Office, a_voice, an_office

TOKEN = re.compile(r"/s/([\w-]+)")
TRACK = re.compile(r"/track/([\w-]+)\?k=([\w-]+)")


def soon() -> datetime:
    """Events carry the real time of their recording, so the story's second half plays today."""
    return datetime.now().astimezone() + timedelta(minutes=1)


def deliver_and_send() -> None:
    """What worker and beat do: hand events to their receivers, then empty the outbox."""
    events_relay(now=soon())
    messages_send_due(now=soon() + timedelta(hours=1))


def newest_link(pattern: re.Pattern[str], voice_id: UUID, template: str) -> tuple[str, ...]:
    message = messages_about("voice", voice_id).filter(template=template).last()
    assert message is not None
    found = pattern.search(message.body)
    assert found is not None
    return found.groups()


def test_a_voice_goes_from_its_first_words_to_a_problem_solved(
    two_cities: tuple[str, str],
) -> None:
    with serving_city("busan"):
        office = an_office()
        voice = a_voice(kst("2025-12-01 10:00"), reply_channel="email")
        assert voice.due_at == kst("2025-12-09 18:00")

        voice = taken_up(voice, office)
        voice = asked_back(voice, office)
        voice = extended(voice, office)
        voice = answered(voice, office, at=kst("2025-12-15 14:00"), body="보도블록을 갈았습니다.")
        not_solved(voice)
        voice = opened_again(voice.id)
        voice = answered(voice, office, at=soon(), body="옆 칸까지 모두 갈았습니다.")
        solved(voice)
        everything_is_remembered(voice_get(voice.id))
    with serving_city("seoul"):
        assert not Voice.objects.exists()
        assert not SurveyInvitation.objects.exists()


def taken_up(voice: Voice, office: Office) -> Voice:
    """The agent sorts it, the head names an officer, the officer starts and notes a call."""
    voice = voice_assign(
        voice, department=office.road, by=office.agent, now=kst("2025-12-01 10:20")
    )
    (row,) = inbox(office.head, view="unassigned", now=kst("2025-12-01 10:30")).items
    assert (row.ref, row.citizen_name) == (voice.ref, "김*수")
    voice = voice_assign(
        voice,
        department=office.road,
        officer=office.officer,
        by=office.head,
        now=kst("2025-12-01 10:40"),
    )
    voice = voice_start(voice, by=office.officer, now=kst("2025-12-01 13:05"))
    voice_note(voice, body="현장 위치를 확인함", by=office.officer, now=kst("2025-12-01 13:10"))
    return voice


def asked_back(voice: Voice, office: Office) -> Voice:
    """A photo is missing: two days that do not count."""
    voice = voice_request_supplement(
        voice, body="깨진 곳의 사진을 보내 주세요.", by=office.officer, now=kst("2025-12-02 09:30")
    )
    assert clock_of(voice, now=kst("2025-12-03 09:00")).is_paused
    deliver_and_send()
    ref, key = newest_link(TRACK, voice.id, "voice_supplement_requested")
    own = voice_by_tracking(ref, key)
    voice = voice_receive_supplement(own, body="사진입니다.", now=kst("2025-12-03 20:15"))
    assert voice.due_at == kst("2025-12-11 18:00")
    return voice


def extended(voice: Voice, office: Office) -> Voice:
    """Another department must agree: once more the period, told in writing."""
    voice = voice_extend(
        voice,
        reason_code="cooperation",
        reason="하수관 부서와 함께 파야 합니다.",
        by=office.officer,
        now=kst("2025-12-10 16:00"),
    )
    assert voice.due_at == kst("2025-12-22 18:00")
    return voice


def answered(voice: Voice, office: Office, *, at: datetime, body: str) -> Voice:
    voice = voice_answer(
        voice, body=body, by=office.officer, now=at, expected_version=voice.version
    )
    assert (voice.phase, voice.outcome) == ("closed", "answered")
    deliver_and_send()
    return voice


def not_solved(voice: Voice) -> None:
    (token,) = newest_link(TOKEN, voice.id, "survey_invitation")
    survey_answer(
        invitation_by_token(token),
        scores={"speed": 2, "kindness": 5},
        comment="옆 칸이 또 깨졌습니다.",
        is_solved=False,
        now=datetime.now().astimezone(),
    )
    deliver_and_send()


def opened_again(voice_id: UUID) -> Voice:
    voice = voice_get(voice_id)
    assert (voice.phase, voice.reopened_count) == ("reopened", 1)
    assert thread_of(voice, for_citizen=True)[-1].body == "옆 칸이 또 깨졌습니다."
    assert voice.officer is not None
    return voice


def solved(voice: Voice) -> None:
    invitations = SurveyInvitation.objects.filter(voice_id=voice.id).order_by("closing_no")
    assert [each.closing_no for each in invitations] == [1, 2]
    (token,) = newest_link(TOKEN, voice.id, "survey_invitation")
    invitation = invitation_by_token(token)
    assert invitation.closing_no == 2
    survey_answer(invitation, is_solved=True, now=datetime.now().astimezone())
    assert not voice_get(voice.id).is_open


def everything_is_remembered(voice: Voice) -> None:
    acts = [act.action for act in transitions_of(voice)]
    assert acts == [
        "register",
        "assign",
        "assign",
        "start",
        "request_supplement",
        "receive_supplement",
        "extend",
        "answer",
        "reopen",
        "answer",
    ]
    assert AuditEntry.objects.filter(subject_id=voice.id).count() == len(acts)
    assert voice.original_due_at == kst("2025-12-09 18:00")
    sent = messages_about("voice", voice.id)
    assert [message.template for message in sent].count("voice_answered") == 2
    assert {message.state for message in sent} == {"delivered"}
    assert len(demo_letter_list(limit=50)) == sent.count() == 8
    kinds = {entry.kind for entry in timeline_of(voice.citizen)}
    assert {"voice_registered", "voice_answered", "voice_reopened"} <= kinds
