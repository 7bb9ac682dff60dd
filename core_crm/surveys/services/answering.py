"""Taking in what a citizen says about a closing; "not solved" opens the voice again."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from core_crm import events
from core_crm.customers.services import timeline_add
from core_crm.surveys.errors import ScoreOutOfRange, SurveyClosed
from core_crm.surveys.models import HIGHEST, SurveyAnswer, SurveyInvitation
from core_crm.surveys.types import SCORED_ITEMS, SurveyAnswered
from core_crm.voices.selectors import voice_get
from core_crm.voices.services import voice_reopen
from tenants.errors import DomainError

log = logging.getLogger(__name__)

TOLD = "만족도 조사에 답함"
COMMENT_LENGTH = 1000
REASON_LENGTH = 500
NOT_SOLVED = {
    "ko": "만족도 조사에서 아직 해결되지 않았다고 답했습니다.",
    "en": "Answered in the survey that it is not solved yet.",
}


def survey_open(invitation: SurveyInvitation, *, now: datetime) -> None:
    """Note that the page was looked at. Nothing is used up by it."""
    SurveyInvitation.objects.filter(pk=invitation.pk, opened_at__isnull=True).update(opened_at=now)


@transaction.atomic
def survey_answer(
    invitation: SurveyInvitation,
    *,
    now: datetime,
    scores: Mapping[str, int | None] | None = None,
    comment: str | None = None,
    is_solved: bool | None = None,
) -> SurveyAnswer:
    """Save what is given so far; what is left out stays as it was, and may be changed later.

    `is_solved` False opens the voice again, once, while this closing is still its last. Raises
    SurveyClosed after the last day, ScoreOutOfRange.
    """
    invitation = SurveyInvitation.objects.select_for_update().get(pk=invitation.pk)
    if now > invitation.closes_at:
        raise SurveyClosed("응답 기간이 끝났습니다.", closed_at=invitation.closes_at.isoformat())
    answer = SurveyAnswer.objects.filter(invitation=invitation).first()
    answer = answer or SurveyAnswer(invitation=invitation)
    for item, score in _checked(scores or {}).items():
        setattr(answer, item, score)
    if comment is not None:
        answer.comment = comment.replace("\0", "").strip()[:COMMENT_LENGTH]
    was_unsolved = answer.is_solved is False
    answer.is_solved = answer.is_solved if is_solved is None else is_solved
    answer.at = now
    answer.save()
    _mark(invitation, answer, now=now)
    if answer.is_solved is False and not was_unsolved:
        _reopen(invitation, answer, now=now)
    return answer


def _checked(scores: Mapping[str, int | None]) -> Mapping[str, int | None]:
    for item, score in scores.items():
        is_score = score is None or (type(score) is int and 1 <= score <= HIGHEST)
        if item not in SCORED_ITEMS or not is_score:
            raise ScoreOutOfRange("점수는 1점에서 5점까지입니다.", item=item)
    return scores


def _mark(invitation: SurveyInvitation, answer: SurveyAnswer, *, now: datetime) -> None:
    if invitation.answered_at is None:
        _remember(invitation, now=now)
    invitation.opened_at = invitation.opened_at or now
    invitation.answered_at = now
    invitation.save(update_fields=["opened_at", "answered_at"])
    events.record(
        SurveyAnswered(
            invitation_id=invitation.id,
            voice_id=invitation.voice_id,
            closing_no=invitation.closing_no,
            is_solved=answer.is_solved,
        )
    )


def _remember(invitation: SurveyInvitation, *, now: datetime) -> None:
    """The citizen's history tells that they answered, and never what: scores are nobody's own."""
    timeline_add(
        invitation.citizen,
        kind="survey_answered",
        about=("voice", invitation.voice_id),
        summary=f"{invitation.ref} {TOLD}",
        at=now,
    )


def _reopen(invitation: SurveyInvitation, answer: SurveyAnswer, *, now: datetime) -> None:
    """Only the last closing can be undone: an old link does not reopen what was answered since."""
    voice = voice_get(invitation.voice_id)
    if voice.is_open or voice.closing_no != invitation.closing_no:
        return
    reason = answer.comment[:REASON_LENGTH] or NOT_SOLVED[voice.language]
    try:
        with transaction.atomic():
            voice_reopen(voice, reason=reason, now=now)
    except DomainError:  # somebody was faster, or the city's workflow ends here: the answer stays
        log.info("reopening_refused", extra={"voice_id": str(voice.id)})
