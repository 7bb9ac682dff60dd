"""A comparison in the plainest words, which the database and Python read alike.

Both evaluators are made from these conditions, so they cannot differ in what `within_days` means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

from core_crm.common.predicates.errors import PredicateError
from core_crm.common.predicates.fields import FieldKind, PredicateField, PredicateSource
from core_crm.common.predicates.tree import Compare, Predicate, comparisons
from core_crm.common.predicates.values import Value, value_of
from core_crm.common.similar import did_you_mean

SEOUL = ZoneInfo("Asia/Seoul")

Test: TypeAlias = tuple[Literal["exact", "lt", "lte", "gt", "gte", "in"], Value]


@dataclass(frozen=True, slots=True)
class Condition:
    """The field has a value that passes all tests; or, negated, it has none such."""

    field: PredicateField
    tests: tuple[Test, ...]
    is_negated: bool = False


def check(predicate: Predicate, source: PredicateSource) -> None:
    """Every field is the source's, every operation its kind's, every value sensible.

    Raises PredicateError for the first that is not.
    """
    for pointer, compare in comparisons(predicate):
        value_of(compare, _field(compare, source, pointer), pointer=pointer)


def condition_of(compare: Compare, source: PredicateSource, *, today: date) -> Condition:
    """What the comparison means on this day. Raises PredicateError."""
    field = _field(compare, source, "")
    value: Any = value_of(compare, field)
    if compare.op == "isnull":
        return Condition(field, (), is_negated=value)
    if compare.op == "ne":
        return Condition(field, (("exact", value),), is_negated=True)
    if compare.op == "within_days":
        return Condition(field, _between(field, today - timedelta(days=value), today))
    if compare.op == "days_before":
        day = today + timedelta(days=value)
        return Condition(field, _between(field, day, day))
    return Condition(field, ((_LOOKUPS[compare.op], value),))


_LOOKUPS: Mapping[str, Literal["exact", "lt", "lte", "gt", "gte", "in"]] = {
    "eq": "exact",
    "lt": "lt",
    "le": "lte",
    "gt": "gt",
    "ge": "gte",
    "in": "in",
}


def _between(field: PredicateField, first: date, last: date) -> tuple[Test, ...]:
    """On one of these days; an instant's day is Seoul's."""
    if field.kind == FieldKind.DATE:
        return (("gte", first), ("lte", last))
    return (("gte", _midnight(first)), ("lt", _midnight(last + timedelta(days=1))))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SEOUL)


def _field(compare: Compare, source: PredicateSource, pointer: str) -> PredicateField:
    field = source.fields.get(compare.field)
    if field is None:
        near = did_you_mean(compare.field, source.fields)
        message = f"‘{compare.field}’은(는) 없는 항목입니다.{near}"
        raise PredicateError("field", message, pointer=f"{pointer}/field")
    return field
