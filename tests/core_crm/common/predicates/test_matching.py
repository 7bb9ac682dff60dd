"""What each comparison means, for one row."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from core_crm.common.predicates import PredicateError, matches, read_predicate, to_q
from tests.conftest import kst
from tests.core_crm.common.predicates.people import PEOPLE, TODAY


def holds(field: str, op: str, value: Any, given: Any) -> bool:
    predicate = read_predicate({"op": op, "field": field, "value": value})
    return matches(predicate, PEOPLE, {field: given}, today=TODAY)


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("field", "op", "value", "passing", "failing"),
    [
        ("name", "eq", "김민수", ["김민수"], ["김민", "김민수 ", "", None]),
        ("name", "ne", "김민수", ["김민", "", None], ["김민수"]),
        ("name", "in", ["가", "나"], ["가", "나"], ["다", "", None]),
        ("name", "isnull", True, ["", None], ["가"]),
        ("name", "isnull", False, ["가"], ["", None]),
        ("grade", "eq", "gold", ["gold"], ["silver", None]),
        ("age", "eq", 0, [0], [1, None]),
        ("age", "ne", 0, [1, None], [0]),
        ("age", "lt", 19, [18, -1], [19, None]),
        ("age", "le", 19, [19], [20, None]),
        ("age", "gt", 2.5, [3], [2, None]),
        ("age", "ge", 19, [19], [18, None]),
        ("age", "isnull", True, [None], [0]),
        ("income", "eq", 0.1, [Decimal("0.10")], [Decimal("0.11"), None]),
        ("consent.sms", "eq", True, [True], [False, None]),
        ("consent.sms", "ne", True, [False, None], [True]),
        ("moved_in", "lt", "2026-11-23", [on(-1)], [on(0), None]),
        ("moved_in", "within_days", 15, [on(0), on(-15)], [on(1), on(-16), None]),
        ("moved_in", "within_days", 0, [on(0)], [on(-1), on(1)]),
        ("moved_in", "days_before", 7, [on(7)], [on(6), on(8), None]),
    ],
)
def test_comparisons(
    field: str, op: str, value: Any, passing: list[Any], failing: list[Any]
) -> None:
    assert [given for given in passing if not holds(field, op, value, given)] == []
    assert [given for given in failing if holds(field, op, value, given)] == []


@pytest.mark.parametrize(
    ("op", "value", "first", "last"),
    [
        ("within_days", 0, "2026-11-23 00:00", "2026-11-23 23:59:59.999999"),
        ("within_days", 1, "2026-11-22 00:00", "2026-11-23 23:59:59.999999"),
        ("days_before", 7, "2026-11-30 00:00", "2026-11-30 23:59:59.999999"),
    ],
)
def test_the_day_of_an_instant_is_seouls(op: str, value: int, first: str, last: str) -> None:
    tick = timedelta(microseconds=1)
    assert holds("seen_at", op, value, kst(first))
    assert holds("seen_at", op, value, kst(last))
    assert not holds("seen_at", op, value, kst(first) - tick)
    assert not holds("seen_at", op, value, kst(last) + tick)


def test_instants_are_compared_whatever_their_offset() -> None:
    at: datetime = kst("2026-11-23 09:00")
    assert holds("seen_at", "le", "2026-11-23T00:00:00Z", at)
    assert not holds("seen_at", "lt", "2026-11-23T00:00:00+00:00", at)


def test_what_the_row_does_not_say_is_null() -> None:
    nobody = read_predicate({"not": {"op": "ge", "field": "age", "value": 19}})
    assert matches(nobody, PEOPLE, {}, today=TODAY)


@pytest.mark.parametrize("ask", [to_q, lambda *who, today: matches(*who, {}, today=today)])
def test_neither_side_takes_an_unchecked_tree(ask: Any) -> None:
    stranger = read_predicate({"all": [{"op": "eq", "field": "phone", "value": "1"}]})
    with pytest.raises(PredicateError, match="/all/0/field"):
        ask(stranger, PEOPLE, today=TODAY)
