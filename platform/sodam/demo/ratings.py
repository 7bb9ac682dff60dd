"""What citizens say about a closing: about a third answer, and they are fair on the whole."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from core_crm.surveys.services.history import PastSurvey
from core_crm.voices.types import Outcome
from sodam.demo.dice import Dice
from sodam.demo.life import Closing
from sodam.demo.scene import Scene
from sodam.demo.wordings import phrases

ANSWERED_SHARE, COMMENTED_SHARE = 0.35, 0.4
OPEN_DAYS = 30
LEFT_OUT = 0.04
GOOD, FAIR = 4.2, 3.0
ASKED_ABOUT = (Outcome.ANSWERED, Outcome.UNABLE)


def survey_of(
    scene: Scene, closing: Closing, *, voice_id: UUID, citizen_id: UUID, ref: str, dice: Dice
) -> PastSurvey | None:
    """The survey after one closing; None when nothing was answered or refused."""
    if closing.outcome not in ASKED_ABOUT:
        return None
    at = _answering_at(closing.at, dice)
    is_answered = at <= scene.now and dice.happens(ANSWERED_SHARE)
    scores = _scores(scene, closing, dice) if is_answered else {}
    return PastSurvey(
        voice_id=voice_id,
        ref=ref,
        closing_no=closing.number,
        citizen_id=citizen_id,
        department=closing.department,
        officer=closing.officer,
        recorded_at=closing.at,
        closes_at=closing.at + timedelta(days=OPEN_DAYS),
        answered_at=at if is_answered else None,
        scores=scores,
        comment=_comment(scores, dice) if is_answered else "",
        is_solved=closing.is_solved if is_answered else None,
    )


def _answering_at(closed_at: datetime, dice: Dice) -> datetime:
    return closed_at + timedelta(hours=min(29 * 24.0, dice.expovariate(1 / 20)), minutes=3)


def _scores(scene: Scene, closing: Closing, dice: Dice) -> dict[str, int]:
    """Speed by the time used, kindness by the department, fairness by the outcome."""
    kindness = scene.temper(closing.department).kindness
    mood = dice.gauss(0, 0.55) - (0 if closing.is_solved else 1.3)
    unable = 1.1 if closing.outcome == Outcome.UNABLE else 0.0
    centres = {
        "speed": 5.1 - 1.7 * min(1.6, closing.used_ratio) + mood,
        "kindness": kindness + mood - unable * 0.3,
        "fairness": 4.2 + mood - unable,
        "convenience": 4.0 + mood - unable * 0.4,
    }
    return {
        item: max(1, min(5, round(centre + dice.gauss(0, 0.5))))
        for item, centre in centres.items()
        if not dice.happens(LEFT_OUT)
    }


def _comment(scores: dict[str, int], dice: Dice) -> str:
    if not scores or not dice.happens(COMMENTED_SHARE):
        return ""
    average, words = sum(scores.values()) / len(scores), phrases()
    if average >= GOOD:
        return str(dice.one(words["comments_good"]))
    return str(dice.one(words["comments_fair" if average >= FAIR else "comments_bad"]))
