"""Formulas at random, as trees and as an official would write them."""

from __future__ import annotations

from random import Random
from typing import Any, TypeAlias

from core_crm.common.formulas import Kind

Tree: TypeAlias = tuple[Any, ...]
"""`("+", left, right)`, `("name", "a")`, `("number", "0.5")`: what a formula's text is made of."""

NAMES = {
    **dict.fromkeys(("a", "b", "c"), Kind.NUMBER),
    **dict.fromkeys(("p", "q"), Kind.TRUTH),
    **dict.fromkeys(("t", "u"), Kind.TEXT),
}
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")

_CONSTANTS = {
    Kind.NUMBER: ("0", "1", "3", "0.5", "0.005", "12.25", "1000000000000"),
    Kind.TRUTH: ("True", "False"),
    Kind.TEXT: ("'web'", "'가'", "''"),
}
_WAYS = {
    Kind.NUMBER: (
        "if",
        "coalesce",
        *"+-*/" * 2,
        "neg",
        "abs",
        "nz",
        "max",
        "min",
        "clamp",
        "round",
    ),
    Kind.TRUTH: ("if", "coalesce", "and", "or", "not", *COMPARISONS, "t==", "t!=", "in", "not in"),
    Kind.TEXT: ("if", "coalesce"),
}
"""What gives each kind; `t==` compares texts."""
_PARTS: dict[str, tuple[Kind | None, ...]] = {
    "if": (Kind.TRUTH, None, None),
    **dict.fromkeys(("neg", "abs", "nz", "round", "not"), (None,)),
    **dict.fromkeys(("and", "or", "max", "min", "clamp"), (None, None, None)),
    **dict.fromkeys(COMPARISONS, (Kind.NUMBER, Kind.NUMBER)),
    **dict.fromkeys(("t==", "t!="), (Kind.TEXT, Kind.TEXT)),
    **dict.fromkeys(("in", "not in"), (Kind.NUMBER,)),
}
"""The kinds of their parts: None is their own, and two of it where nothing is said."""


def any_tree(random: Random, kind: Kind, depth: int = 5) -> Tree:
    """A tree that gives this kind, of up to so many levels."""
    if depth == 0 or random.random() < 0.15:
        return _leaf(random, kind)
    way = random.choice(_WAYS[kind])
    kinds = _PARTS.get(way, (None, None))
    parts = [any_tree(random, of or kind, depth - 1) for of in kinds]
    if way == "round":
        return (way, *parts, random.randint(0, 6))
    if way in ("in", "not in"):
        return (way, *parts, (0, 1, 3))
    return (way.removeprefix("t"), *parts)


def _leaf(random: Random, kind: Kind) -> Tree:
    if random.random() < 0.6:
        return ("name", random.choice([name for name, known in NAMES.items() if known == kind]))
    return (kind.value, random.choice(_CONSTANTS[kind]))


# How tightly a part holds together; one that holds less tightly than its place asks is bracketed.
_TIGHT = {"if": 0, "or": 1, "and": 2, "not": 3, "in": 4, "not in": 4, "neg": 7}
_TIGHT |= {"+": 5, "-": 5, "*": 6, "/": 6, **dict.fromkeys(COMPARISONS, 4)}


def written(part: Any, place: int = 0) -> str:
    """The text of a tree, with no bracket that is not needed."""
    if isinstance(part, int):
        return str(part)
    op, *parts = part
    if op in ("name", *Kind):
        return str(parts[0])
    if isinstance(op, int):
        return str(list(part))
    text = _written(op, parts, _TIGHT.get(op, 8))
    return f"({text})" if _TIGHT.get(op, 8) < place else text


def _written(op: str, parts: list[Any], tight: int) -> str:
    if op == "if":
        test, then, otherwise = written(parts[0], 1), written(parts[1], 1), written(parts[2])
        return f"{then} if {test} else {otherwise}"
    if op in ("neg", "not"):
        return ("-" if op == "neg" else "not ") + written(parts[0], tight)
    if op in _TIGHT:
        first = written(parts[0], tight if op in "+-*/" else tight + 1)
        return f" {op} ".join([first, *(written(part, tight + 1) for part in parts[1:])])
    return f"{op}({', '.join(map(written, parts))})"


def size(tree: Any) -> int:
    return 1 + sum(map(size, tree[1:])) if isinstance(tree, tuple) else 1
