"""What a JSON object holds under a key, typed alike in the database and in Python.

A value of another type than asked for is null in both, so a comparison never meets a value it
cannot read, whatever an older form or a file has left there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    DecimalField,
    Expression,
    Field,
    Func,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast
from django.db.models.lookups import Exact, Regex

from core_crm.common.predicates.fields import FieldKind

JsonValue: TypeAlias = str | bool | Decimal | date | None

ISO_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class Numeric(DecimalField):  # type: ignore[type-arg]  # Django has no such subscript at run time
    """A number of any length, as JSON has them."""

    def cast_db_type(self, connection: Any) -> str:
        return "numeric"


KINDS: Mapping[FieldKind, tuple[str, Field[Any, Any]]] = {
    FieldKind.TEXT: ("string", TextField()),
    FieldKind.CHOICE: ("string", TextField()),
    FieldKind.NUMBER: ("number", Numeric()),
    FieldKind.TRUTH: ("boolean", BooleanField()),
    FieldKind.DATE: ("string", DateField()),
}
"""What JSON calls it, and the column it becomes. Instants are not kept in JSON."""


def json_value(column: str | Expression, key: str, kind: FieldKind) -> Expression:
    """For the ORM. Each cast stands inside the test that allows it: the planner moves neither."""
    name, output = KINDS[kind]
    text = KeyTextTransform(key, column)
    is_one = Q(Exact(_type_of(column, key), Value(name)))
    if kind == FieldKind.DATE:
        is_one &= Q(Regex(text, ISO_DAY)) & Q(Exact(_is_day(text), Value(value=True)))
    return Case(When(is_one, then=Cast(text, output)), output_field=output)


def json_holds(column: str | Expression, key: str, answer: str) -> Expression:
    """Is the answer in the list under this key? Null when there is no list."""
    listed = KeyTransform(key, column)
    holds = Func(listed, Value(answer), function="jsonb_exists", output_field=BooleanField())
    is_list = Q(Exact(_type_of(column, key), Value("array")))
    return Case(When(is_list, then=holds), output_field=BooleanField())


def _type_of(column: str | Expression, key: str) -> Func:
    return Func(KeyTransform(key, column), function="jsonb_typeof", output_field=TextField())


def _is_day(text: Expression) -> Func:
    """29 February of a wrong year has the form of a day and is none."""
    return Func(text, Value("date"), function="pg_input_is_valid", output_field=BooleanField())


def value_in_json(given: Any, kind: FieldKind) -> JsonValue:
    """The same for one value in Python, as `json.loads` gave it."""
    if kind == FieldKind.TRUTH:
        return given if isinstance(given, bool) else None
    if kind == FieldKind.NUMBER:
        return _number(given)
    if not isinstance(given, str):
        return None
    return _day(given) if kind == FieldKind.DATE else given


def is_in_json(listed: Any, answer: str) -> bool | None:
    """The same for one answer of a list."""
    return answer in listed if isinstance(listed, list) else None


def _number(given: Any) -> Decimal | None:
    is_number = isinstance(given, int | float | Decimal) and not isinstance(given, bool)
    return Decimal(str(given)) if is_number else None


def _day(given: str) -> date | None:
    if not re.fullmatch(ISO_DAY[1:-1], given):
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
