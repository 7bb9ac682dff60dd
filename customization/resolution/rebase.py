"""Carrying a city's overlay from one standard to the next: nothing is lost, nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from customization.resolution.operations import Operation, operation
from customization.resolution.trees import (
    Path,
    Tree,
    changes,
    is_same,
    is_under,
    value_at,
)


class Choice(StrEnum):
    """How a city settles a conflict."""

    MINE = "mine"
    STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Standard and city both changed one place, to different things. ABSENT: nothing there."""

    operation: Operation
    base: Any
    new: Any

    @property
    def mine(self) -> Any:
        return self.operation.wanted


@dataclass(frozen=True, slots=True)
class Inherited:
    """A place the city never touched: it follows the standard."""

    path: Path
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Rebase:
    """An overlay seen from the new standard; every operation is in exactly one of the first three.

    `adopted`: the standard now says the same, so the city need not. `kept`: the standard did not
    move there. `conflicts`: it did, elsewhere than the city. `inherited`: what comes by itself.
    """

    adopted: tuple[Operation, ...] = ()
    kept: tuple[Operation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    inherited: tuple[Inherited, ...] = ()

    def settled(self, choices: dict[Path, Choice]) -> tuple[Operation, ...]:
        """The overlay for the new standard. Raises KeyError for a conflict without a choice."""
        mine = [
            operation(
                one.operation.path,
                seen=one.new,
                wanted=one.mine,
                reason=one.operation.reason,
                by=one.operation.by,
            )
            for one in self.conflicts
            if choices[one.operation.path] == Choice.MINE
        ]
        return (*self.kept, *mine)


def rebase(operations: Iterable[Operation], old: Tree, new: Tree) -> Rebase:
    """Sort every operation of an overlay made for `old` by what `new` does at its place."""
    result, touched = Rebase(), []
    for one in operations:
        result = _sorted_in(result, one, old, new)
        touched.append(one.path)
    return replace(result, inherited=tuple(_inherited(old, new, touched)))


def _sorted_in(result: Rebase, one: Operation, old: Tree, new: Tree) -> Rebase:
    before, after = value_at(old, one.path), value_at(new, one.path)
    if is_same(after, one.wanted):
        return replace(result, adopted=(*result.adopted, one))
    if is_same(before, after) and not _lost_ground(one.path, old, new):
        return replace(result, kept=(*result.kept, one))
    return replace(result, conflicts=(*result.conflicts, Conflict(one, before, after)))


def _lost_ground(path: Path, old: Tree, new: Tree) -> bool:
    """Has a map above the place vanished from the standard, or become a plain value?"""
    above = [path[:length] for length in range(1, len(path))]
    return any(
        isinstance(value_at(old, one), Mapping) and not isinstance(value_at(new, one), Mapping)
        for one in above
    )


def _inherited(old: Tree, new: Tree, touched: list[Path]) -> Iterable[Inherited]:
    for path, before, after in changes(old, new):
        if not any(is_under(path, one) or is_under(one, path) for one in touched):
            yield Inherited(path, before, after)
