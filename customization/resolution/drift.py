"""How far a city's documents went from the standard, told by what was done where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from customization.resolution.operations import Operation
from customization.resolution.rebase import Conflict
from customization.resolution.references import PLUGIN_MARK
from customization.resolution.trees import ABSENT, Path, Tree


@dataclass(frozen=True, slots=True)
class Drift:
    """Each place that differs, in exactly one of the first three; sorted by path.

    `by_plugin`: whole documents that plugins brought. `conflicting`: places where a newer release
    says something else than the city; they are among the first three too.
    """

    customised: tuple[Operation, ...] = ()
    added: tuple[Operation, ...] = ()
    removed: tuple[Operation, ...] = ()
    by_plugin: tuple[Path, ...] = ()
    conflicting: tuple[Conflict, ...] = ()

    @property
    def places(self) -> tuple[Operation, ...]:
        """All places of the city's own, sorted by path."""
        found = (*self.customised, *self.added, *self.removed)
        return tuple(sorted(found, key=lambda one: one.path))


def drift(
    operations: Iterable[Operation], tree: Tree, *, conflicts: Iterable[Conflict] = ()
) -> Drift:
    """The drift of documents in force. `operations`: their overlay; `conflicts`: of an upgrade."""
    sorted_ones = sorted(operations, key=lambda one: one.path)
    return Drift(
        customised=tuple(one for one in sorted_ones if _is_change(one)),
        added=tuple(one for one in sorted_ones if one.seen is ABSENT),
        removed=tuple(one for one in sorted_ones if one.wanted is ABSENT),
        by_plugin=tuple(
            (kind, code)
            for kind in sorted(tree)
            for code in sorted(tree[kind])
            if code.startswith(PLUGIN_MARK)
        ),
        conflicting=tuple(conflicts),
    )


def _is_change(one: Operation) -> bool:
    return one.seen is not ABSENT and one.wanted is not ABSENT
