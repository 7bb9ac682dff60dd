"""What the contract kit asks a plugin's functions: fifty contexts each, the same on every run.

The first ones are what breaks functions: nothing, the longest, other scripts, emoji, control
characters. The rest are drawn by chance from a fixed seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeAlias
from uuid import UUID

from core_crm.calendars import SEOUL
from core_crm.common.contributions import (
    Action,
    CaseView,
    Contribution,
    Gateway,
    Guard,
    Importer,
    OutgoingText,
    Panel,
    ReportColumn,
)
from core_crm.voices.types.words import PetitionClass, VoiceChannel, VoicePhase

MOST = 50
NOW = datetime(2026, 10, 1, 9, 30, tzinfo=SEOUL)
TEXTS = (
    "",
    "가로등이 꺼졌습니다",
    "🚧👩‍👩‍👧‍👦 Ünïcödé العربية 한글",
    "x" * 200,
    "줄\n바꿈\t<b>&amp;</b> '\"; DROP TABLE",
    "\u200b\u202e ",
    "가각",
)

Arguments: TypeAlias = tuple[Any, ...]


def arguments_for(what: Contribution) -> Iterator[Arguments]:
    """Fifty sets of arguments for the function of this contribution."""
    chance = Random(f"contract {type(what).__name__}.{what.code}")  # noqa: S311  # not a secret
    make = _MAKERS[type(what)]
    for number in range(MOST):
        yield make(what, number, chance)


def _text(number: int, chance: Random) -> str:
    return TEXTS[number] if number < len(TEXTS) else " ".join(chance.sample(TEXTS[1:4], 2))


def a_case(number: int, chance: Random) -> CaseView:
    """A voice drawn by chance; by its number some of its fields are empty."""
    received = NOW - timedelta(minutes=chance.randint(0, 60 * 24 * 400))
    due = received + timedelta(hours=chance.choice([1, 24, 24 * 7, 24 * 60]))
    phase = chance.choice(list(VoicePhase))
    is_over = number % 3 == 0
    return CaseView(
        id=str(UUID(int=chance.getrandbits(128))),
        ref=f"2026-{number:06}" if number else "",
        title=_text(number, chance),
        status=phase.value,
        phase=phase.value,
        petition_class=chance.choice(list(PetitionClass)).value,
        is_compound=chance.random() < 0.2,
        channel=chance.choice(list(VoiceChannel)).value,
        category="" if number % 5 == 0 else "roads",
        service="",
        department="" if number % 4 == 0 else "civil",
        received_at=received,
        due_at=due,
        closed_at=due - timedelta(minutes=1) if is_over else None,
        attributes=_attributes(number, chance),
    )


def _attributes(number: int, chance: Random) -> Mapping[str, Any]:
    if number % 2 == 0:
        return {}
    return {"place": None, "memo": _text(number % len(TEXTS), chance), "count": number}


def _of_guard(_what: Contribution, number: int, chance: Random) -> Arguments:
    return a_case(number, chance), NOW


def _of_action(_what: Contribution, number: int, chance: Random) -> Arguments:
    given = {} if number % 2 else {"note": _text(number % len(TEXTS), chance), "more": None}
    return a_case(number, chance), given, NOW


def _of_panel(_what: Contribution, number: int, chance: Random) -> Arguments:
    return a_case(number, chance), NOW.date()


def _of_column(_what: Contribution, number: int, chance: Random) -> Arguments:
    return (a_case(number, chance),)


def _of_importer(what: Contribution, number: int, chance: Random) -> Arguments:
    columns = what.columns if isinstance(what, Importer) else ()
    line = {name: _text(chance.randrange(MOST), chance) for name in columns}
    if number % 7 == 3 and line:  # a line that is too short
        line.popitem()
    return ({**line, "다른 열": ""} if number % 5 == 0 else line,)


def _of_gateway(_what: Contribution, number: int, chance: Random) -> Arguments:
    text = _text(number, chance)
    key = str(UUID(int=chance.getrandbits(128)))
    return (OutgoingText(key=key, to="01000000000", subject=text[:40], body=text),)


_MAKERS: Mapping[type[Contribution], Callable[[Contribution, int, Random], Arguments]] = {
    Guard: _of_guard,
    Action: _of_action,
    Panel: _of_panel,
    ReportColumn: _of_column,
    Importer: _of_importer,
    Gateway: _of_gateway,
}
