"""Formulas at random against a second reading of the same rules, as plain as can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core_crm.common.formulas import Given, Kind, parse
from tests.core_crm.common.formulas.trees import COMPARISONS, NAMES, Tree, any_tree, size, written

ROUNDS, TREES = 4, 1500
SHAPES = {Kind.NUMBER: Fraction, Kind.TRUTH: bool, Kind.TEXT: str}


def plain(tree: Tree, values: dict[str, Given]) -> Any:
    """What the tree gives, by the rules of docs/reference/formulas.md, read one by one."""
    op, *parts = tree
    match op:
        case "name":
            return _plain_name(parts[0], values)
        case "number":
            return Fraction(Decimal(parts[0]))
        case "truth":
            return parts[0] == "True"
        case "text":
            return parts[0].strip("'")
        case "if":
            return plain(parts[1] if plain(parts[0], values) is True else parts[2], values)
        case _:
            given = [plain(part, values) if _is_tree(part) else part for part in parts]
            return _of_values(op, given)


def _plain_name(name: str, values: dict[str, Given]) -> Any:
    value = values[name]
    if NAMES[name] == Kind.NUMBER and value is not None:
        return Fraction(value)  # type: ignore[arg-type]
    return value


def _is_tree(part: Any) -> bool:
    return isinstance(part, tuple) and isinstance(part[0], str)


def _of_values(op: str, given: list[Any]) -> Any:
    known = [value for value in given if value is not None]
    is_all_known = len(known) == len(given)
    match op:
        case "and":
            return False if False in known else (True if is_all_known else None)
        case "or":
            return True if True in known else (False if is_all_known else None)
        case "coalesce":
            return known[0] if known else None
        case "max":
            return max(known) if known else None
        case "min":
            return min(known) if known else None
        case _:
            return _of_known(op, *known) if is_all_known else None


def _of_known(op: str, first: Any, *others: Any) -> Any:
    if op in _PLAIN:
        return _PLAIN[op](first, *others)
    return (_compared if op in COMPARISONS else _counted)(op, first, others[0])


def _half_up(value: Fraction, digits: int) -> Fraction:
    shifted = abs(value) * 10**digits
    whole = shifted.numerator // shifted.denominator
    if shifted - whole >= Fraction(1, 2):
        whole += 1
    return Fraction(whole if value > 0 else -whole, 10**digits)


_PLAIN: dict[str, Callable[..., Any]] = {
    "not": lambda a: not a,
    "neg": lambda a: 0 - a,
    "abs": lambda a: a if a >= 0 else 0 - a,
    "nz": lambda a: None if a == 0 else a,
    "in": lambda a, listed: any(a == one for one in listed),
    "not in": lambda a, listed: all(a != one for one in listed),
    "clamp": lambda a, low, high: sorted([a, low, high])[1] if low <= high else high,
    "round": _half_up,
}


def _compared(op: str, left: Any, right: Any) -> bool:
    if op in ("==", "!="):
        return bool(left == right) == (op == "==")
    is_less, is_equal = left < right, left == right
    return (is_equal and "=" in op) or (not is_equal and is_less == op.startswith("<"))


def _counted(op: str, left: Fraction, right: Fraction) -> Fraction | None:
    a, b, c, d = left.numerator, left.denominator, right.numerator, right.denominator
    match op:
        case "+":
            return Fraction(a * d + c * b, b * d)
        case "-":
            return Fraction(a * d - c * b, b * d)
        case "*":
            return Fraction(a * c, b * d)
        case _:
            return Fraction(a * d, b * c) if c else None


def any_number(random: Random) -> Given:
    whole = random.randint(-9, 9)
    return random.choice([whole, Fraction(whole, 7), Decimal(whole) / 8, Decimal("0.005"), 0])


def any_values(random: Random) -> dict[str, Given]:
    """A quarter of them null."""
    values = {
        **{name: any_number(random) for name in "abc"},
        **{name: random.random() < 0.5 for name in "pq"},
        **{name: random.choice(["web", "가", ""]) for name in "tu"},
    }
    return {name: value if random.random() < 0.75 else None for name, value in values.items()}


def any_formulas(seed: int) -> Iterator[tuple[Tree, str, Random]]:
    random = Random(seed)  # noqa: S311  # the same formulas every time
    for _tree in range(TREES):
        tree = any_tree(random, random.choice(list(Kind)))
        source = written(tree)
        if len(source) <= 1000 and size(tree) <= 200:
            yield tree, source, random


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_formula_gives_what_the_plain_reading_gives(seed: int) -> None:
    known = 0
    for tree, source, random in any_formulas(seed):
        formula = parse(source, names=NAMES)
        for values in (any_values(random), any_values(random)):
            value = formula.evaluate(values)
            assert value == plain(tree, values), (source, values)
            assert value is None or isinstance(value, SHAPES[formula.kind])
            known += value is not None
    assert known > TREES / 2  # most of them are not null


numbers = st.integers() | st.fractions() | st.decimals() | st.sampled_from([10**5000, 10**2400])
anything = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys("abc", st.none() | numbers),
        **dict.fromkeys("pq", st.none() | st.booleans()),
        **dict.fromkeys("tu", st.none() | st.text()),
    },
)


@settings(deadline=None)
@given(st.integers(0, 10_000), anything)
def test_a_formula_never_fails_once_it_is_read(seed: int, values: dict[str, Given]) -> None:
    tree = any_tree(Random(seed), Kind.NUMBER)  # noqa: S311
    source = written(tree)
    if len(source) <= 1000 and size(tree) <= 200:
        value = parse(source, names=NAMES, expects=Kind.NUMBER).evaluate(values)
        assert value is None or str(value)  # too many digits for Python to write would raise
