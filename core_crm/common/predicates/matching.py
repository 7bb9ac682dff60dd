"""A predicate for one row at a time, as events bring them."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias

from core_crm.common.predicates.conditions import Condition, check, condition_of
from core_crm.common.predicates.fields import PredicateSource
from core_crm.common.predicates.tree import AllOf, AnyOf, Not, Predicate

Row: TypeAlias = Mapping[str, Any]
Matcher: TypeAlias = Callable[[Row], bool]

_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
    "in": lambda value, options: value in options,
}


def matches(predicate: Predicate, source: PredicateSource, row: Row, *, today: date) -> bool:
    """Does the predicate hold of this row? Raises PredicateError.

    The row holds values by the fields' codes, of the types the ORM gives; what is missing is null.
    """
    return matcher(predicate, source, today=today)(row)


def matcher(predicate: Predicate, source: PredicateSource, *, today: date) -> Matcher:
    """The same for many rows: checked and prepared once. Raises PredicateError."""
    check(predicate, source)
    return _matcher(predicate, source, today)


def _matcher(predicate: Predicate, source: PredicateSource, today: date) -> Matcher:
    match predicate:
        case AllOf():
            needed = [_matcher(part, source, today) for part in predicate.all]
            return lambda row: all(part(row) for part in needed)
        case AnyOf():
            enough = [_matcher(part, source, today) for part in predicate.any]
            return lambda row: any(part(row) for part in enough)
        case Not():
            part = _matcher(predicate.part, source, today)
            return lambda row: not part(row)
        case _:
            return _condition(condition_of(predicate, source, today=today))


def _condition(condition: Condition) -> Matcher:
    code, tests = condition.field.code, [(_TESTS[name], value) for name, value in condition.tests]

    def holds(row: Row) -> bool:
        given = row.get(code)
        has_value = given is not None and given != ""
        passes = has_value and all(test(given, value) for test, value in tests)
        return passes is not condition.is_negated

    return holds
