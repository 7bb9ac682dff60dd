"""The standard's indicators, worked out by hand, and what a document may not say."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings
from pydantic import ValidationError

from core_crm.common.formulas import FormulaError
from core_crm.extension_points import Document, DocumentMissing, document, documents
from core_crm.kpis.selectors import indicator_get, indicator_list
from core_crm.kpis.selectors.indicators import indicator_of
from core_crm.kpis.types import MEASURES, NO_MEASURES, Direction, Indicator, Measures

CODES = ("reduction", "on_time", "satisfaction", "speed", "kindness", "fairness", "convenience")
ITEMS = ("speed", "kindness", "fairness", "convenience")
REFERENCE = Path(settings.FIXTURES_DIR).parent / "docs" / "reference" / "indicators.md"


def sums(**given: int) -> Measures:
    return {**NO_MEASURES, **given}


def changed(**changes: object) -> Indicator:
    body = {**document("kpi", "reduction").body, **changes}
    return indicator_of(Document.of("kpi", "reduction", body, version="1.0"))  # type: ignore[arg-type]


def test_all_are_there_in_their_order_also_outside_any_city() -> None:
    found = [one.code for one in indicator_list()]
    assert found == [*CODES, "response_rate", "unable_rate", "received"]
    assert indicator_get("reduction").target == 50
    assert indicator_get("reduction").direction == Direction.HIGHER
    with pytest.raises(DocumentMissing):
        indicator_get("no_such")


@pytest.mark.parametrize(
    ("code", "given", "value"),
    [
        ("reduction", {"settled": 128, "allowed_minutes": 1792, "used_minutes": 1024}, "42.9"),
        ("reduction", {"settled": 1, "allowed_minutes": 480, "used_minutes": 960}, "-100"),
        ("reduction", {"settled": 1, "allowed_minutes": 2000, "used_minutes": 1001}, "50"),
        ("reduction", {"settled": 1, "allowed_minutes": 2000, "used_minutes": 999}, "50.1"),
        ("on_time", {"settled": 3, "on_time": 2}, "66.7"),
        ("on_time", {"settled": 8, "on_time": 0}, "0"),
        ("unable_rate", {"settled": 16, "unable": 1}, "6.3"),
        ("response_rate", {"invited": 3, "rated": 1}, "33.3"),
        ("received", {"received": 7}, "7"),
        ("speed", {"speed_count": 8, "speed_sum": 29}, "3.63"),
        (
            "satisfaction",
            {"rated": 5, "speed_sum": 20, "speed_count": 5, "kindness_sum": 3, "kindness_count": 1},
            "3.83",
        ),
    ],
)
def test_by_hand(code: str, given: dict[str, int], value: str) -> None:
    assert indicator_get(code).value(sums(**given)) == Fraction(value)


@pytest.mark.parametrize("code", [one.code for one in indicator_list()])
def test_of_nothing_there_is_no_number(code: str) -> None:
    assert indicator_get(code).value(NO_MEASURES) is None


@pytest.mark.parametrize("item", ITEMS)
def test_four_marks_are_too_few_and_five_are_enough(item: str) -> None:
    indicator = indicator_get(item)
    assert indicator.value(sums(**{f"{item}_count": 4, f"{item}_sum": 20})) is None
    assert indicator.value(sums(**{f"{item}_count": 5, f"{item}_sum": 20})) == 4


def test_cases_without_minutes_have_no_reduction() -> None:
    assert indicator_get("reduction").value(sums(settled=3)) is None


def test_a_target_is_reached_from_the_better_side() -> None:
    higher, lower = indicator_get("reduction"), changed(direction="lower")
    assert [higher.meets_target(Fraction(n)) for n in (49, 50, 51)] == [False, True, True]
    assert [lower.meets_target(Fraction(n)) for n in (49, 50, 51)] == [True, True, False]
    assert indicator_get("received").meets_target(Fraction(9)) is None
    assert indicator_get("satisfaction").meets_target(Fraction(4)) is None


@pytest.mark.parametrize(
    ("changes", "failure"),
    [
        ({"formula": "round(used_minuts / allowed_minutes, 1)"}, FormulaError),
        ({"formula": "settled > 3"}, FormulaError),
        ({"formula": "settled ** 2"}, FormulaError),
        ({"base": "cases"}, ValidationError),
        ({"fewest": 0}, ValidationError),
        ({"unit": "furlong"}, ValidationError),
        ({"wieght": 3}, ValidationError),
    ],
)
def test_what_cannot_be_meant_is_refused(
    changes: dict[str, object], failure: type[Exception]
) -> None:
    with pytest.raises(failure):
        changed(**changes)


def test_every_document_speaks_both_languages_and_names_its_source() -> None:
    for one in indicator_list():
        assert re.search("[가-힣]", one.label)
        assert re.search("[가-힣]", one.source)
        for english in (one.label_en, one.description_en, one.source_en):
            assert english
            assert not re.search("[가-힣]", english)


def test_the_reference_tells_every_measure_and_every_formula() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    for measure in MEASURES:
        stem, _, end = measure.rpartition("_")
        told = f"{stem}_…" if stem in ITEMS[1:] and end in ("sum", "count") else measure
        assert f"`{told}`" in text, measure
    for code in documents.get().codes("kpi"):
        one = indicator_get(code)
        assert f"`{code}`" in text
        if code not in ITEMS[1:]:
            assert " ".join(one.formula_source.split()) in text
