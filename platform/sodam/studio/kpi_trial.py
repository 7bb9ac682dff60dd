"""A formula tried out with numbers: what comes of it, or where it cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from core_crm.common.formulas import FormulaError, Kind, parse, round_half_up
from core_crm.kpis.selectors import measures_of_city
from core_crm.kpis.types import MEASURE_KINDS, KpiDefinition, Method
from core_crm.kpis.types.scoring import scorer
from sodam.ui.measures import measure_words
from tenants.errors import DomainError

MOST = 10**12
PREFIX = "t_"
DIGITS = 2


@dataclass(frozen=True, slots=True)
class Sample:
    """One number to try with."""

    name: str
    word: str
    field: str
    typed: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a formula gives for the samples. `before`, `at` and `after` are its parts around the
    character that cannot be read; `points` "" where the method gives none for one number alone."""

    samples: tuple[Sample, ...] = ()
    value: str = ""
    points: str = ""
    error: str = ""
    column: int = 0
    before: str = ""
    at: str = ""
    after: str = ""


def trial_of(formula: str, data: Mapping[str, str], *, body: Mapping[str, Any]) -> Trial:
    """Read the formula, put the typed numbers in (else the city's last month), give the points.

    `body` is the document with the rest of what was typed, for unit and method.
    """
    text = formula.replace("\r\n", "\n")
    try:
        parsed = parse(text, names=MEASURE_KINDS, expects=Kind.NUMBER)
    except FormulaError as refused:
        return _unreadable(text, refused)
    samples = _samples(sorted(parsed.names), data)
    numbers = {one.name: _number(one.typed) for one in samples}
    if None in numbers.values():
        return Trial(samples, error=_("0부터 1조까지의 정수를 넣어 주세요."))
    value = parsed.evaluate(
        {name: number for name, number in numbers.items() if number is not None}
    )
    if value is None:
        return Trial(samples, error=_("이 값으로는 답이 없습니다. 0으로 나눈 것은 아닌지 보세요."))
    digits = int(body.get("decimals", 1))
    shown = f"{round_half_up(value, digits)}{body.get('unit', '')}"  # type: ignore[arg-type]
    return replace(_scored(value, body), samples=samples, value=shown)


def _scored(value: Any, body: Mapping[str, Any]) -> Trial:
    try:
        definition = KpiDefinition.model_validate(dict(body))
    except (ValidationError, DomainError):  # the check beside the fields says what is wrong
        return Trial()
    if definition.evaluation is None or definition.evaluation.method == Method.RANK:
        return Trial()
    return Trial(points=str(round_half_up(scorer(definition)(value), DIGITS)))


def _samples(names: list[str], data: Mapping[str, str]) -> tuple[Sample, ...]:
    words, known = measure_words(), measures_of_city(names)
    return tuple(
        Sample(
            name,
            words.get(name, name),
            PREFIX + name,
            data.get(PREFIX + name, str(known.get(name, 0))).strip()[:20],
        )
        for name in names
    )


def _number(typed: str) -> int | None:
    given = typed.replace(",", "")
    is_number = given.isascii() and given.isdigit() and int(given) <= MOST
    return int(given) if is_number else None


def _unreadable(text: str, refused: FormulaError) -> Trial:
    """The formula cut at the character it cannot be read from."""
    place = max(refused.column - 1, 0)
    message = refused.message.partition(": ")[2] or refused.message
    return Trial(
        error=message,
        column=refused.column,
        before=text[:place],
        at=text[place : place + 1] or " ",
        after=text[place + 1 :],
    )
