"""How a voice ends (answered, unable, passed on, taken back), and when it opens again."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from core_crm.calendars import SEOUL
from core_crm.voices.types import EntryKind, Outcome, VoiceAction
from sodam.demo import writing
from sodam.demo.life import Closing, Life
from sodam.demo.wordings import phrases

UNABLE, TRANSFERRED, WITHDRAWN = 0.055, 0.02, 0.015
REOPENED, HARDLY_SOLVED = 0.035, 0.1


def end(life: Life, at: datetime) -> None:
    """The first ending."""
    life.check(at)
    if life.dice.happens(WITHDRAWN):
        _withdraw(life, at)
    elif life.dice.happens(TRANSFERRED) and life.filing.matter.service is None:
        _transfer(life, at)
    elif life.dice.happens(UNABLE):
        _unable(life, at)
    else:
        _answer(life, at, _answer_text(life))


def perhaps_again(life: Life) -> None:
    """A few are not solved: the citizen opens the voice again, and it is answered once more."""
    wants = life.stop_after == VoiceAction.REOPEN or life.dice.happens(REOPENED)
    if not wants or life.outcome != Outcome.ANSWERED:
        return
    day = life.acts[-1].at.date() + timedelta(days=life.dice.randint(1, 7))
    at = datetime.combine(day, time(life.dice.randint(9, 22), life.dice.randrange(60)), SEOUL)
    life.check(at)
    _reopen(life, at)
    office = life.scene.time
    started = office.later(at, life.dice.uniform(0.5, 5))
    life.check(started)
    life.act(VoiceAction.START, "in_progress", started, by=life.officer)
    answered = office.later(started, life.dice.uniform(0.1, 0.7) * life.allowed_hours())
    life.check(answered)
    department = life.filing.real.department.name_ko
    _answer(life, answered, writing.second_answer(life.scene.name, department, life.dice))


def _reopen(life: Life, at: datetime) -> None:
    reason = life.dice.one(phrases()["reopen_reasons"])
    life.closings[-1] = _not_solved(life.closings[-1])
    life.outcome, life.clock_from_at = Outcome.NONE.value, at
    life.clock_no += 1
    life.recount()
    life.say(EntryKind.CITIZEN, reason, at)
    life.act(VoiceAction.REOPEN, "reopened", at, comment=reason)


def _not_solved(closing: Closing) -> Closing:
    return Closing(
        closing.number,
        closing.at,
        closing.outcome,
        closing.department,
        closing.officer,
        closing.used_ratio,
        is_solved=False,
    )


def _answer_text(life: Life) -> str:
    filing = life.filing
    if filing.language == "en":
        return str(life.dice.one(phrases()["english_answers"]))
    name, matter = filing.real.department.name_ko, filing.matter
    return writing.answer(life.scene.name, name, matter.way, matter.blanks, life.dice)


def _answer(life: Life, at: datetime, text: str) -> None:
    life.say(EntryKind.ANSWER, text, at, author=life.officer)
    _close(life, VoiceAction.ANSWER, Outcome.ANSWERED, at, by=life.officer)


def _unable(life: Life, at: datetime) -> None:
    why = life.dice.one(life.filing.matter.topic.unable_for(life.filing.matter.problem))
    name = life.filing.real.department.name_ko
    text = writing.unable_answer(life.scene.name, name, why["answer"], life.dice)
    life.say(EntryKind.ANSWER, text, at, author=life.officer)
    life.public_reason = why["reason"]
    _close(
        life, VoiceAction.CLOSE_UNABLE, Outcome.UNABLE, at, by=life.officer, comment=why["reason"]
    )


def _transfer(life: Life, at: datetime) -> None:
    to = life.dice.one(phrases()["transfers"])
    life.say(EntryKind.NOTICE, f"{to['to']}\n\n{to['reason']}", at, author=life.officer)
    _close(life, VoiceAction.TRANSFER, Outcome.TRANSFERRED, at, by=life.officer, comment=to["to"])


def _withdraw(life: Life, at: datetime) -> None:
    reason = life.dice.one(phrases()["withdrawals"])
    life.say(EntryKind.CITIZEN, reason, at)
    _close(life, VoiceAction.WITHDRAW, Outcome.WITHDRAWN, at, comment=reason)


def _close(
    life: Life,
    action: VoiceAction,
    outcome: Outcome,
    at: datetime,
    *,
    by: str = "",
    comment: str = "",
) -> None:
    life.outcome = outcome.value
    life.closings.append(
        Closing(
            number=life.clock_no,
            at=at,
            outcome=outcome.value,
            department=life.department,
            officer=life.officer,
            used_ratio=life.used_ratio(at),
            is_solved=not life.dice.happens(HARDLY_SOLVED),
        )
    )
    life.act(action, "closed", at, by=by, comment=comment)
