"""A predicate for the database: a `Q` that is true or false of every row, never null."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import DecimalField, Q, Value

from core_crm.common.predicates.conditions import Condition, check, condition_of
from core_crm.common.predicates.fields import FieldKind, PredicateField, PredicateSource
from core_crm.common.predicates.tree import AllOf, AnyOf, Not, Predicate


def to_q(predicate: Predicate, source: PredicateSource, *, today: date) -> Q:
    """The rows of which the predicate holds: the same that `matches` would choose.

    Raises PredicateError.
    """
    check(predicate, source)
    return _query(predicate, source, today)


def _query(predicate: Predicate, source: PredicateSource, today: date) -> Q:
    match predicate:
        case AllOf():
            return reduce(and_, (_query(part, source, today) for part in predicate.all))
        case AnyOf():
            return reduce(or_, (_query(part, source, today) for part in predicate.any))
        case Not():
            return ~_query(predicate.part, source, today)
        case _:
            return _condition(condition_of(predicate, source, today=today))


def _condition(condition: Condition) -> Q:
    query = _as_it_is(condition) or _tested(condition)
    return ~query if condition.is_negated else query


def _tested(condition: Condition) -> Q:
    query = _has_value(condition.field)
    for lookup, value in condition.tests:
        query &= _test(condition.field, lookup, _parameter(value))
    return query


def _as_it_is(condition: Condition) -> Q | None:
    """Of a truth that is never null: itself, or its opposite."""
    holds = condition.field.holds
    if holds is None or not condition.tests:
        return None
    ((_exact, value),) = condition.tests
    return holds if value else ~holds


def _has_value(field: PredicateField) -> Q:
    """Said aloud in each condition: SQL's null would come out of a `not` as null again."""
    has_value = _test(field, "isnull", False)
    if field.kind in (FieldKind.TEXT, FieldKind.CHOICE):
        has_value &= ~_test(field, "exact", "")
    return has_value


def _test(field: PredicateField, lookup: str, value: Any) -> Q:
    """One look at the field, by its path or by what is worked out for it."""
    if field.expression is None:
        return Q(**{f"{field.path}__{lookup}": value})
    asked = field.expression.output_field.get_lookup(lookup)
    if asked is None:  # no kind of field is without these few
        raise LookupError(lookup)
    return Q(asked(field.expression, value))


def _parameter(value: Any) -> Any:
    """A decimal as it is: Django would cut it to a whole number for a column of those."""
    if isinstance(value, tuple):
        return [_parameter(one) for one in value]
    return Value(value, output_field=DecimalField()) if isinstance(value, Decimal) else value
