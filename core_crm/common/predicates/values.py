"""The value of a comparison: what its field's kind allows, read from JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias, get_args

from core_crm.common.predicates.errors import PredicateError
from core_crm.common.predicates.fields import FieldKind, PredicateField
from core_crm.common.predicates.tree import Compare, Op, Scalar

Single: TypeAlias = str | bool | int | Decimal | date | datetime
Value: TypeAlias = Single | tuple[Single, ...]

LARGEST_NUMBER = 10**15
LONGEST_TEXT = 200
MOST_DAYS = 36_500
FIRST_YEAR, LAST_YEAR = 1900, 2199

_ORDER = {"lt", "le", "gt", "ge"}
_DAYS = {"within_days", "days_before"}
OPERATIONS: Mapping[FieldKind, frozenset[str]] = {
    FieldKind.TEXT: frozenset({"eq", "ne", "in", "isnull"}),
    FieldKind.CHOICE: frozenset({"eq", "ne", "in", "isnull"}),
    FieldKind.TRUTH: frozenset({"eq", "ne", "isnull"}),
    FieldKind.NUMBER: frozenset({"eq", "ne", "in", "isnull"} | _ORDER),
    FieldKind.DATE: frozenset({"eq", "ne", "in", "isnull"} | _ORDER | _DAYS),
    FieldKind.INSTANT: frozenset({"isnull"} | _ORDER | _DAYS),
}
"""What may be asked of a field. No order of texts: it would be the database's, not Python's. No
equality of instants: nobody means the microsecond."""


def value_of(compare: Compare, field: PredicateField, *, pointer: str = "") -> Value:
    """The value as the field holds such. Raises PredicateError."""
    if compare.op not in OPERATIONS[field.kind]:
        allowed = ", ".join(op for op in get_args(Op) if op in OPERATIONS[field.kind])
        message = f"‘{field.label_ko}’에 쓸 수 있는 비교는 {allowed}입니다."
        raise PredicateError("operation", message, pointer=f"{pointer}/op")
    read, expected = _reader(compare.op, field)
    if isinstance(compare.value, tuple) != (compare.op == "in"):
        message = "in에는 값의 목록을, 다른 비교에는 값 하나를 쓰세요."
        raise PredicateError("value", message, pointer=f"{pointer}/value")
    given = compare.value if isinstance(compare.value, tuple) else (compare.value,)
    values = [value for one in given if (value := read(one)) is not None]
    if len(values) < len(given):
        raise PredicateError("value", expected, pointer=f"{pointer}/value")
    return tuple(values) if compare.op == "in" else values[0]


_Reader: TypeAlias = Callable[[Scalar], Single | None]
"""The value, or None when it is none of the kind."""


def _reader(op: str, field: PredicateField) -> tuple[_Reader, str]:
    """How to read the value, and what to say when it cannot be."""
    if op in _DAYS:
        return _days, f"날수를 0부터 {MOST_DAYS:,}까지의 정수로 쓰세요."
    if op == "isnull":
        return _READERS[FieldKind.TRUTH]
    if field.kind == FieldKind.CHOICE:
        known = ", ".join(field.choices)
        return lambda given: given if given in field.choices else None, f"{known} 중 하나를 쓰세요."
    return _READERS[field.kind]


def _days(given: Scalar) -> int | None:
    is_whole = isinstance(given, int) and not isinstance(given, bool)
    return int(given) if is_whole and 0 <= int(given) <= MOST_DAYS else None


def _text(given: Scalar) -> str | None:
    """Not empty, for the empty text is null; and such that Postgres can hold."""
    if not isinstance(given, str) or not 0 < len(given) <= LONGEST_TEXT:
        return None
    return given if given.isprintable() else None


def _truth(given: Scalar) -> bool | None:
    return given if isinstance(given, bool) else None


def _number(given: Scalar) -> int | Decimal | None:
    """Whole or decimal as written in JSON: 0.1 is a tenth."""
    if isinstance(given, bool | str) or abs(given) > LARGEST_NUMBER:
        return None
    return given if isinstance(given, int) else Decimal(repr(given))


def _date(given: Scalar) -> date | None:
    try:
        day = date.fromisoformat(given if isinstance(given, str) else "")
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _instant(given: Scalar) -> datetime | None:
    """With its offset from UTC, which no city's clock may be taken for."""
    try:
        instant = datetime.fromisoformat(given if isinstance(given, str) else "")
    except ValueError:
        return None
    return instant if instant.tzinfo and FIRST_YEAR <= instant.year <= LAST_YEAR else None


_READERS: Mapping[FieldKind, tuple[_Reader, str]] = {
    FieldKind.TEXT: (_text, f"{LONGEST_TEXT}자까지의 글을 쓰세요. 빈 글인지는 isnull로 묻습니다."),
    FieldKind.TRUTH: (_truth, "true나 false를 쓰세요."),
    FieldKind.NUMBER: (_number, "수를 쓰세요. 1,000조까지 쓸 수 있습니다."),
    FieldKind.DATE: (
        _date,
        f"날짜를 2026-11-23처럼 쓰세요. {FIRST_YEAR}년부터 {LAST_YEAR}년까지입니다.",
    ),
    FieldKind.INSTANT: (_instant, "시각을 2026-11-23T09:00:00+09:00처럼 쓰세요."),
}
