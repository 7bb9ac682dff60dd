"""Asking after every closing, taking the answer, showing a department its scores."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core_crm.common.models import EventDelivery
from core_crm.common.services.relaying import events_relay
from core_crm.customers.selectors import timeline_of
from core_crm.messaging.selectors import messages_about
from core_crm.surveys.errors import ScoreOutOfRange, SurveyClosed, SurveyLinkInvalid
from core_crm.surveys.models import SurveyAnswer, SurveyInvitation
from core_crm.surveys.selectors import (
    answers_recent,
    invitation_by_token,
    invitation_of,
    score_card,
    survey_definition,
)
from core_crm.surveys.selectors.tokens import token_is_ours, token_new
from core_crm.surveys.services import survey_answer, survey_invite, survey_open
from core_crm.voices.models import Voice
from core_crm.voices.selectors import voice_get
from core_crm.voices.services import voice_answer, voice_close_unable, voice_withdraw
from core_crm.voices.types import CitizenDraft, VoiceClosed
from tests.conftest import ServedCity, kst
from tests.support.voices import Office, a_voice, a_voice_in_work

NOW = kst("2026-12-01 10:00")
FULL = {"speed": 5, "kindness": 4, "fairness": 3, "convenience": 2}


def closed(office: Office, **changes: object) -> Voice:
    voice = a_voice_in_work(office, NOW, **changes)
    return voice_answer(voice, body="고쳤습니다.", by=office.officer, now=NOW)


def event_of(voice: Voice) -> VoiceClosed:
    return VoiceClosed(
        voice_id=voice.id,
        ref=voice.ref,
        outcome=voice.outcome,
        closing_no=voice.closing_no,
        department_code=voice.department.code if voice.department else "",
        officer_id=voice.officer_id,
    )


def invited(office: Office, **changes: object) -> SurveyInvitation:
    found = survey_invite(event_of(closed(office, **changes)), now=NOW)
    assert found is not None
    return found


def token_in(voice_id: object) -> str:
    body = messages_about("voice", voice_id).get(template="survey_invitation").body  # type: ignore[arg-type]
    found = re.search(r"/s/([\w-]+)", body)
    assert found is not None
    return found.group(1)


def deliver() -> None:
    events_relay(now=datetime.now().astimezone() + timedelta(seconds=1))


def test_the_closing_is_followed_by_its_survey_through_the_recorded_event(office: Office) -> None:
    voice = closed(office)
    assert not SurveyInvitation.objects.exists()
    deliver()
    invitation = SurveyInvitation.objects.get()
    assert (invitation.voice_id, invitation.closing_no) == (voice.id, 1)
    assert (invitation.department, invitation.officer) == (office.road, office.officer)
    assert messages_about("voice", voice.id).filter(template="survey_invitation").count() == 1


def test_delivering_the_event_again_asks_nobody_twice(office: Office) -> None:
    voice = closed(office)
    deliver()
    EventDelivery.objects.update(delivered_at=None, next_attempt_at=NOW)
    deliver()
    assert SurveyInvitation.objects.count() == 1
    assert messages_about("voice", voice.id).filter(template="survey_invitation").count() == 1


def test_the_database_holds_one_invitation_per_closing(office: Office) -> None:
    invitation = invited(office)
    invitation.pk, invitation.token_digest = token_pk(), "other"
    with pytest.raises(IntegrityError), transaction.atomic():
        invitation.save(force_insert=True)


def token_pk() -> object:
    return SurveyInvitation().pk


def test_unable_is_asked_about_and_withdrawn_is_not(office: Office) -> None:
    unable = voice_close_unable(
        a_voice_in_work(office, NOW), public_reason="사유지", body="", by=office.officer, now=NOW
    )
    withdrawn = voice_withdraw(a_voice(NOW), now=NOW)
    assert survey_invite(event_of(unable), now=NOW) is not None
    assert survey_invite(event_of(withdrawn), now=NOW) is None


def test_the_link_in_the_message_opens_the_invitation(office: Office) -> None:
    invitation = invited(office)
    token = token_in(invitation.voice_id)
    assert invitation_by_token(token) == invitation
    assert token not in str(vars(invitation))  # only its digest is kept


@pytest.mark.parametrize("cut", [1, 5, 20])
def test_a_link_cut_off_or_changed_opens_nothing(office: Office, cut: int) -> None:
    token = token_in(invited(office).voice_id)
    for wrong in (token[:-cut], token[cut:], token.swapcase(), "", "한글" * 20):
        with pytest.raises(SurveyLinkInvalid):
            invitation_by_token(wrong)


def test_looking_uses_nothing_up(office: Office) -> None:
    invitation = invited(office)
    token = token_in(invitation.voice_id)
    for _ in range(3):
        survey_open(invitation_by_token(token), now=NOW)
    invitation.refresh_from_db()
    assert (invitation.opened_at, invitation.answered_at) == (NOW, None)
    survey_answer(invitation, scores=FULL, now=NOW)


def test_somebody_without_a_contact_is_asked_on_their_page(office: Office) -> None:
    invitation = invited(office, citizen=CitizenDraft(name="아무개"))
    assert invitation.message_key == ""
    assert invitation_of(invitation.voice_id, closing_no=1) == invitation


def test_an_answer_may_come_in_parts_and_be_changed(office: Office) -> None:
    invitation = invited(office)
    survey_answer(invitation, scores={"speed": 2}, now=NOW)
    survey_answer(invitation, scores={"kindness": 5}, comment="고맙습니다", now=NOW)
    survey_answer(invitation, scores={"speed": 4}, is_solved=True, now=NOW)
    answer = SurveyAnswer.objects.get()
    assert (answer.speed, answer.kindness, answer.fairness) == (4, 5, None)
    assert (answer.comment, answer.is_solved) == ("고맙습니다", True)


def test_the_citizens_history_tells_once_that_they_answered_and_never_what(
    office: Office,
) -> None:
    invitation = invited(office)
    for score in (5, 1):
        survey_answer(invitation, scores={"speed": score}, comment="느려요", now=NOW)
        invitation.refresh_from_db()
    told = [one for one in timeline_of(invitation.citizen) if one.kind == "survey_answered"]
    assert [one.summary for one in told] == [f"{invitation.ref} 만족도 조사에 답함"]


@pytest.mark.parametrize("scores", [{"speed": 0}, {"speed": 6}, {"beauty": 3}, {"speed": True}])
def test_a_score_outside_the_scale_is_refused(office: Office, scores: dict[str, int]) -> None:
    with pytest.raises(ScoreOutOfRange):
        survey_answer(invited(office), scores=scores, now=NOW)


def test_after_two_weeks_the_survey_is_closed(office: Office) -> None:
    with pytest.raises(SurveyClosed) as refused:
        survey_answer(invited(office), scores=FULL, now=NOW + timedelta(days=14, seconds=1))
    assert refused.value.http_status == 410


def test_not_solved_opens_the_voice_again_once(office: Office) -> None:
    invitation = invited(office)
    survey_answer(invitation, comment="그대로예요", is_solved=False, now=NOW)
    survey_answer(invitation, scores=FULL, is_solved=False, now=NOW)
    voice = voice_get(invitation.voice_id)
    assert (voice.phase, voice.reopened_count) == ("reopened", 1)


def test_an_old_link_does_not_open_what_was_answered_since(office: Office) -> None:
    old = invited(office)
    survey_answer(old, is_solved=False, now=NOW)
    voice = voice_answer(
        voice_get(old.voice_id), body="다시 고침", by=office.officer, now=NOW + timedelta(days=1)
    )
    newer = survey_invite(event_of(voice), now=NOW + timedelta(days=1))
    assert newer is not None
    assert newer.closing_no == 2
    survey_answer(old, is_solved=True, now=NOW + timedelta(days=2))
    survey_answer(old, is_solved=False, now=NOW + timedelta(days=2))
    assert not voice_get(old.voice_id).is_open


def test_scores_are_averaged_where_five_have_spoken(office: Office) -> None:
    for speed in (5, 4, 3, 2, 1):
        survey_answer(
            invited(office), scores={**FULL, "speed": speed}, is_solved=speed > 2, now=NOW
        )
    with CaptureQueriesContext(connection) as queries:
        (line,) = score_card(since=NOW, until=NOW + timedelta(days=1))
    assert len(queries) == 1
    assert (line.department_code, line.invited, line.answered) == (office.road.code, 5, 5)
    assert line.averages == {"speed": 3.0, "kindness": 4.0, "fairness": 3.0, "convenience": 2.0}
    assert (line.average, line.solved_percent) == (3.0, 60.0)


def test_fewer_than_five_answers_are_counted_and_not_shown(office: Office) -> None:
    for _ in range(4):
        survey_answer(invited(office), scores=FULL, comment="좋음", now=NOW)
    (line,) = score_card(since=NOW, until=NOW + timedelta(days=1), department=office.road)
    assert (line.answered, line.is_shown, line.average) == (4, False, None)
    assert set(line.averages.values()) == {None}
    assert answers_recent(since=NOW, until=NOW + timedelta(days=1)) == []


def test_what_citizens_wrote_is_shown_without_saying_who(office: Office) -> None:
    for n in range(5):
        survey_answer(invited(office), scores=FULL, comment=f"의견 {n}", now=NOW)
    found = answers_recent(since=NOW, until=NOW + timedelta(days=1), department=office.road)
    assert sorted(each.comment for each in found) == [f"의견 {n}" for n in range(5)]
    assert not any(hasattr(found[0], name) for name in ("ref", "speed", "citizen"))


def test_another_department_has_no_scores_of_ours(office: Office) -> None:
    survey_answer(invited(office), scores=FULL, now=NOW)
    assert score_card(since=NOW, until=NOW + timedelta(days=1), department=office.passport) == []


def test_the_questions_come_from_the_citys_document(busan: ServedCity) -> None:
    questions = survey_definition()
    codes = [code for code, _ in questions.in_order()]
    assert codes == ["speed", "kindness", "fairness", "convenience", "comment"]
    assert questions.items["speed"].label.ko == "신속"


def test_every_token_is_another_and_signed(busan: ServedCity) -> None:
    tokens = {token_new() for _ in range(100)}
    assert len(tokens) == 100
    assert all(token_is_ours(token) and len(token) == 36 for token in tokens)
