"""The public board of a demo world: its invented moderators publish, by the real services."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from core_crm.staff.selectors import official_list
from core_crm.voices.selectors import voice_get
from core_crm.voices.services import (
    publication_propose,
    publication_publish,
    publication_take_back,
)
from core_crm.voices.types import TEXT_LIMITS, EntryKind, PublicText
from core_crm.voices.types.history import PastVoice
from sodam.demo.dice import Dice
from sodam.demo.plan import CityPlan, PlannedVoice
from sodam.demo.reading import FIXTURES, read_yaml
from sodam.demo.wordings import phrases

MOST = {"unable": 24, "answered": 48, "": 14}
"""Of each outcome, the latest: as many as a small team has moderated."""
LEFT, PROPOSED = 4, 2
"""At most so many, and one in four, nobody has looked at; the first of them are proposed."""
AT_WORK = {"in_progress", "waiting", "reopened"}
SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
OPENING_OR_CLOSING = ("안녕하", "수고", "늘 애써", "사는 주민입니다", "사는 사람입니다")


def fill_board(plan: CityPlan) -> int:
    """Publish, propose and take back some of what citizens agreed to make public; how many."""
    dice, people = Dice.of(plan.scene.city, "board"), _moderators(plan)
    shown = 0
    for outcome, most in MOST.items():
        fitting = list(_fitting(plan.voices, outcome))
        left = min(LEFT, len(fitting) // LEFT)
        waiting, chosen = fitting[:left], fitting[left : left + most]
        for planned in waiting[:PROPOSED]:
            _propose(plan, planned)
        for planned in chosen:
            at = _moderated_at(plan, planned.past, dice)
            voice, text = voice_get(planned.past.id), text_of(planned.past)
            publication_publish(voice, text=text, by=people["steward"], now=at)
            shown += 1
    _take_one_back(plan, people["steward"])
    return shown


def text_of(past: PastVoice) -> PublicText:
    """A moderator's words: what it was about, what was done, and for a refusal the way out."""
    more = reasons().get(past.public_reason, {})
    words = PublicText(
        title=past.title,
        summary=_summary(past),
        result=_done(past),
        reason=past.public_reason,
        law=more.get("law", ""),
        alternative=more.get("alternative", ""),
    )
    fitting = {name: getattr(words, name)[:most] for name, most in TEXT_LIMITS.items()}
    return PublicText(**fitting)


@lru_cache(maxsize=1)
def reasons() -> Mapping[str, Mapping[str, str]]:
    """Reason -> law and alternative."""
    found: dict[str, dict[str, str]] = read_yaml(FIXTURES / "demo" / "board.yaml")
    return found


def _fitting(voices: Iterable[PlannedVoice], outcome: str) -> Iterable[PlannedVoice]:
    """Those that may be public, the latest first. An application is nobody's business."""
    for planned in reversed(list(voices)):
        past = planned.past
        is_at_work = bool(outcome) or past.acts[-1].to_status in AT_WORK
        if past.is_public and not past.service and past.outcome == outcome and is_at_work:
            yield planned


def _moderators(plan: CityPlan) -> dict[str, Any]:
    emails = {f"{role}@{plan.scene.city}.example": role for role in ("steward", "officer")}
    found = official_list().filter(user__email__in=list(emails))
    return {emails[one.user.email]: one for one in found}


def _moderated_at(plan: CityPlan, past: PastVoice, dice: Dice) -> datetime:
    """Some hours of work after the last act, never in the future."""
    at = plan.scene.time.later(past.acts[-1].at, dice.uniform(1, 14))
    return min(at, plan.scene.now)


def _propose(plan: CityPlan, planned: PlannedVoice) -> None:
    """By the officer of the case."""
    by = official_list().filter(user__email=planned.past.officer).first()
    if by is not None:
        voice, text = voice_get(planned.past.id), text_of(planned.past)
        publication_propose(voice, text=text, by=by, now=plan.scene.now)


def _take_one_back(plan: CityPlan, by: Any) -> None:
    for planned in _fitting(plan.voices, "answered"):
        voice_id: UUID = planned.past.id
        if planned.past.reopened_count:
            publication_take_back(
                voice_get(voice_id), reason="이웃을 알아볼 수 있는 글", by=by, now=plan.scene.now
            )
            return


def _summary(past: PastVoice) -> str:
    """What happened, without greetings and without the person."""
    sentences = SENTENCE_END.split(past.body.strip())
    if past.language == "en":
        return f"{sentences[0]} The citizen asks to have this looked into."
    greetings = {one for one in phrases()["greetings"] if one}
    told = [one for one in sentences if one not in greetings and not _is_greeting(one)]
    return f"{told[0] if told else past.title} 이를 살펴 달라고 하셨습니다."


def _is_greeting(sentence: str) -> bool:
    return any(words in sentence for words in OPENING_OR_CLOSING)


def _done(past: PastVoice) -> str:
    """The middle of the answer: what was done, without its frame."""
    answers = [one.body for one in past.entries if one.kind == EntryKind.ANSWER]
    if not answers or not past.outcome:
        return ""
    parts = answers[-1].split("\n\n")
    core = parts[1] if len(parts) == 3 else answers[-1]
    for opening in phrases()["answer_openings"]:
        core = core.removeprefix(opening).strip()
    return core
