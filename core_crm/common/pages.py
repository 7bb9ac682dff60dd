"""Cursor pages: the sort values of the last row, so that new rows never shift a page."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from core_crm.common.errors import CursorNotValid
from core_crm.common.types import Page

R = TypeVar("R")


def encode(values: Sequence[Any]) -> str:
    text = json.dumps([str(value) for value in values])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str, *, count: int) -> list[str]:
    """The values in a cursor. Raises CursorNotValid."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values = json.loads(text)
    except (ValueError, binascii.Error) as error:
        raise CursorNotValid("다음 쪽을 가리키는 값이 올바르지 않습니다.") from error
    if not isinstance(values, list) or len(values) != count:
        raise CursorNotValid("다음 쪽을 가리키는 값이 올바르지 않습니다.")
    return [str(value) for value in values]


def page_of(queryset: QuerySet[Any, R], *, order: Sequence[str], cursor: str, size: int) -> Page[R]:
    """One page in this order (`-` for descending; the last field unique, none null).

    Raises CursorNotValid.
    """
    try:
        if cursor:
            queryset = queryset.filter(_after(order, decode(cursor, count=len(order))))
        rows = list(queryset.order_by(*order)[: size + 1])
    except (ValueError, TypeError, ValidationError) as error:  # no value of the field's type
        raise CursorNotValid("다음 쪽을 가리키는 값이 올바르지 않습니다.") from error
    more = rows[size:]
    return Page(rows[:size], encode(_values(rows[size - 1], order)) if more else "")


def _values(row: Any, order: Sequence[str]) -> list[Any]:
    return [getattr(row, name.lstrip("-")) for name in order]


def _after(order: Sequence[str], values: Sequence[str]) -> Q:
    """`a > 1 or (a = 1 and b > 2)`, the sense of each sign turned for descending fields."""
    condition, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        field = name.lstrip("-")
        beyond = "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{field}__{beyond}": value})
        equal &= Q(**{field: value})
    return condition
