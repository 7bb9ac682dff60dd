"""Sentences computed from figures, in Korean with its particles and in English without."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.utils import translation

from core_crm.kpis.selectors import indicator_get
from core_crm.national_reports.types import RegionValue, TrendLine, TrendPoint, ValueState
from sodam.ministry.asked import Asked
from sodam.ministry.marks import Marks, marks_of
from sodam.ministry.sentences import ranking_sentence, trend_sentence
from tests.sodam.ministry.kit import GOVERNMENTS, months

OCTOBER = Asked(date(2026, 10, 1), "reduction")


def _value(code: str, value: str | None, *, base: int = 400) -> RegionValue:
    ko, en, short, residents = GOVERNMENTS[code]
    return RegionValue(
        code=code, name_ko=ko, name_en=en, short_name_ko=short, sort=1, residents=residents,
        state=ValueState.KNOWN if value else ValueState.MISSING,
        value=Fraction(value) if value else None, base=base if value else None,
        rank=None, change=None, measures={},
    )  # fmt: skip


def _marks(**values: str | None) -> Marks:
    given = [_value(code, value) for code, value in values.items()]
    return marks_of(given, OCTOBER, indicator_get("reduction"))


def test_the_highest_and_lowest_are_named_with_their_particles(cities: None) -> None:
    marks = _marks(busan="57.4", jeju="50", gyeonggi="41.7")
    assert ranking_sentence(marks) == "부산이 57.4%로 가장 높고 경기가 41.7%로 가장 낮습니다."


def test_nobody_and_all_alike_are_said_plainly(cities: None) -> None:
    assert "없습니다" in ranking_sentence(_marks(busan=None))
    assert ranking_sentence(_marks(busan="5", jeju="5")) == "값이 있는 2곳이 모두 5.0%입니다."


def _line(code: str, *values: str | None) -> TrendLine:
    given = [Fraction(value) if value else None for value in values]
    points = tuple(
        TrendPoint(month, ValueState.KNOWN if value else ValueState.MISSING, value, None)
        for month, value in zip(months(len(given)), given, strict=True)
    )
    return TrendLine(code, code, code, points)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (("45", "46", "47", "57.4"), "부산은 3달 내리 올랐습니다. 전국보다 8.2%p 높습니다."),
        (("50", "49", "48", "47", "40"), "부산은 4달 내리 내렸습니다. 전국보다 9.2%p 낮습니다."),
        (("45", "44", "46"), "부산은 앞달보다 올랐습니다. 전국보다 3.2%p 낮습니다."),
        (("49", "49.2"), "부산은 앞달보다 올랐습니다. 전국과 같습니다."),
        (("45", None), "이 달까지 이어 볼 값이 없습니다."),
    ],
)
def test_a_trend_says_how_long_and_against_whom(
    cities: None, values: tuple[str | None, ...], said: str
) -> None:
    lines = [_line("busan", *values), _line("", *("49.2" for _ in values))]
    assert trend_sentence(lines, "busan", "부산", indicator_get("reduction")) == said


def test_english_has_no_particles(cities: None) -> None:
    with translation.override("en"):
        said = ranking_sentence(_marks(busan="57.4", gyeonggi="41.7"))
    assert said == "Busan is highest with 57.4% and Gyeonggi lowest with 41.7%."
