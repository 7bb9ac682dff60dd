"""How the parts of a formula run: closures over their parts, with the rules for null.

Arithmetic and comparisons with null are null; `and`, `or` have three values; null is no reason to
take the first branch of an `if`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from core_crm.common.formulas.numbers import number
from core_crm.common.formulas.types import Given, Kind, Run, Value

Values = Mapping[str, Given]


def constant(value: Value) -> Run:
    return lambda values: value


def named(name: str, kind: Kind) -> Run:
    """What the name stands for; null when it is missing."""
    if kind == Kind.NUMBER:
        return lambda values: number(values.get(name))
    return lambda values: values.get(name)


def strict(work: Callable[..., Any], *parts: Run) -> Run:
    """`work` done on the parts' values; null as soon as one of them is."""
    if len(parts) == 2:
        return _strict_of_two(work, *parts)

    def run(values: Values) -> Any:
        given = [part(values) for part in parts]
        return None if None in given else work(*given)

    return run


def _strict_of_two(work: Callable[..., Any], left: Run, right: Run) -> Run:
    """The same, without a list: nearly every part of a formula has two."""

    def run(values: Values) -> Any:
        first = left(values)
        if first is None:
            return None
        second = right(values)
        return None if second is None else work(first, second)

    return run


def known(work: Callable[[Sequence[Any]], Any], parts: Sequence[Run]) -> Run:
    """`work` done on those values that are not null; null when all are."""

    def run(values: Values) -> Any:
        given = [value for part in parts if (value := part(values)) is not None]
        return work(given) if given else None

    return run


def first_known(parts: Sequence[Run]) -> Run:
    def run(values: Values) -> Any:
        return next((value for part in parts if (value := part(values)) is not None), None)

    return run


def logic(parts: Sequence[Run], *, decides: bool) -> Run:
    """`and` (False decides) or `or` (True decides): null when nothing decides and one is null."""

    def run(values: Values) -> bool | None:
        seen_null = False
        for part in parts:
            value: bool | None = part(values)
            if value is decides:
                return value
            seen_null = seen_null or value is None
        return None if seen_null else not decides

    return run


def choice(test: Run, then: Run, otherwise: Run) -> Run:
    """`then if test else otherwise`."""
    return lambda values: then(values) if test(values) is True else otherwise(values)


def membership(part: Run, options: Collection[Value]) -> Run:
    return strict(frozenset(options).__contains__, part)
