"""The law's clock against due times worked out by hand (hand_worked.txt)."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import NamedTuple

import pytest

from core_crm.calendars import (
    Adjustment,
    CityCalendar,
    Extension,
    Kind,
    due,
    public_holidays,
)
from core_crm.calendars.answers import adjustment_of, instant_of, period_of

TABLE = Path(__file__).with_name("hand_worked.txt")


class Case(NamedTuple):
    period: str
    received: str
    happened: str
    due: str
    why: str


def cases() -> list[Case]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.strip() and not line.startswith("#")]
    return [Case(*(cell.strip() for cell in row.split("|"))) for row in rows]


class Told:
    """What happened to the petition, as the table tells it."""

    def __init__(self, text: str) -> None:
        self.calendar = CityCalendar()
        self.adjustments: list[Adjustment] = []
        self.extensions: list[Extension] = []
        for part in filter(None, (part.strip() for part in text.split(";"))):
            word, _, rest = part.partition(" ")
            self._tell(word, rest)

    def _tell(self, word: str, rest: str) -> None:
        if word in ("extended", "consented"):
            amount = int(rest) if rest else None
            self.extensions.append(Extension(amount, with_consent=word == "consented"))
        elif word == "closes":
            closing = time.fromisoformat(rest)
            self.calendar = CityCalendar(((time(9), time(12)), (time(13), closing)))
        elif word == "holiday":
            extra = {date.fromisoformat(rest): "임시공휴일"}
            self.calendar = CityCalendar(holidays=public_holidays().with_extra(extra))
        else:
            self.adjustments.append(adjustment_of(Kind(word), rest))


def test_the_table_is_long_enough() -> None:
    assert len(cases()) >= 90


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.period}: {case.why}")
def test_the_clock_gives_what_was_worked_out_by_hand(case: Case) -> None:
    amount, _, unit = case.period.rpartition(" ")
    told = Told(case.happened)
    answer = due(
        period_of(unit, int(amount) if amount else None),
        instant_of(case.received),
        told.calendar,
        adjustments=told.adjustments,
        extensions=told.extensions,
    )
    assert f"{answer.at:%Y-%m-%d %H:%M}" == case.due
    assert answer.at.isoformat().endswith("+09:00")
