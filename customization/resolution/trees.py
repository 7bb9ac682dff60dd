"""Documents as trees of keyed maps: {kind: {code: {field: …}}}. A list is one value, never a place.

List positions are no identities (a state put at the head would move all others), so whatever a
city may change by itself is keyed. Two values are the same when their canonical JSON is: `True` is
not 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from core_crm.extension_points import canonical

Path: TypeAlias = tuple[str, ...]
Tree: TypeAlias = Mapping[str, Any]


class Absent:
    """There is nothing at this path. Other than None, which is a value."""

    def __repr__(self) -> str:
        return "ABSENT"

    def __deepcopy__(self, memo: dict[int, Any]) -> Absent:
        return self


ABSENT: Final = Absent()


def value_at(tree: Any, path: Path) -> Any:
    """What stands at the path; ABSENT when nothing does."""
    for key in path:
        if not isinstance(tree, Mapping) or key not in tree:
            return ABSENT
        tree = tree[key]
    return tree


def is_same(one: Any, other: Any) -> bool:
    """Equal to the letter: `1`, `1.0` and `True` are three values."""
    if one is ABSENT or other is ABSENT:
        return one is other
    if type(one) is str and type(other) is str:
        return one == other
    return canonical({"": one}) == canonical({"": other})


def put(tree: dict[str, Any], path: Path, value: Any) -> None:
    """Set a value in place, making the maps on the way."""
    for key in path[:-1]:
        below = tree.get(key)
        if not isinstance(below, dict):
            below = tree[key] = {}
        tree = below
    tree[path[-1]] = own(value)


def take_out(tree: dict[str, Any], path: Path) -> None:
    """Remove what stands at the path, in place; maps on the way stay, also when empty."""
    above = value_at(tree, path[:-1])
    if isinstance(above, dict):
        above.pop(path[-1], None)


def copied(tree: Tree) -> dict[str, Any]:
    """A tree of one's own, to be changed."""
    return {key: own(value) for key, value in tree.items()}


def own(value: Any) -> Any:
    """A copy of plain data: maps and lists are new, what cannot change is the same.

    A tree has a thousand maps and no two places that share one: `deepcopy`, which looks for those,
    takes five times as long.
    """
    kind = type(value)
    if kind is str or kind is int or kind is bool:
        return value
    if isinstance(value, Mapping):
        return {key: own(below) for key, below in value.items()}
    if kind is list or kind is tuple:
        return kind(own(below) for below in value)
    return value


def changes(base: Tree, new: Tree, at: Path = ()) -> Iterator[tuple[Path, Any, Any]]:
    """(path, before, after) of the topmost places that differ, sorted; ABSENT where nothing was."""
    for key in sorted({*base, *new}):
        before, after = base.get(key, ABSENT), new.get(key, ABSENT)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from changes(before, after, (*at, key))
        elif not is_same(before, after):
            yield (*at, key), before, after


def is_under(path: Path, above: Path) -> bool:
    """Does `path` lie at or below `above`?"""
    return path[: len(above)] == above


def dotted(path: Path) -> str:
    """A path as people read it: `kpi.reduction.target`."""
    return ".".join(path)
