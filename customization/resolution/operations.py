"""A city's overlay: operations on the standard, each with the value the city saw when it chose.

The base is what makes an upgrade possible: only with it can one tell "the standard moved" from "the
city moved" (CUSTOMISATION: lists of JSON patches and merges lost or misplaced one or the other).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from customization.resolution.trees import (
    ABSENT,
    Path,
    Tree,
    changes,
    copied,
    dotted,
    is_same,
    is_under,
    put,
    take_out,
    value_at,
)
from tenants.errors import DomainError


class OverlayNotValid(DomainError):
    """Two operations of one overlay meet at the same place; which would win is nobody's choice."""

    code = "overlay.not_valid"
    http_status = 422


class Operation(BaseModel):
    """Set or remove one place. `base` is what the standard had there; absent if nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    op: Literal["set", "remove"]
    path: Path = Field(min_length=1)
    value: Any = None
    base: Any = None
    base_present: bool = True
    reason: str = ""
    by: str = ""

    @model_validator(mode="after")
    def _only_set_has_a_value(self) -> Operation:
        if self.op == "remove" and self.value is not None:
            raise ValueError("an operation that removes has no value")
        return self

    @property
    def wanted(self) -> Any:
        """What the city wants there; ABSENT for a removal."""
        return self.value if self.op == "set" else ABSENT

    @property
    def seen(self) -> Any:
        """What the standard had there when the city chose."""
        return self.base if self.base_present else ABSENT


def operation(path: Path, *, seen: Any, wanted: Any, reason: str = "", by: str = "") -> Operation:
    """The operation that turns what was seen into what is wanted."""
    return Operation(
        op="remove" if wanted is ABSENT else "set",
        path=path,
        value=None if wanted is ABSENT else wanted,
        base=None if seen is ABSENT else seen,
        base_present=seen is not ABSENT,
        reason=reason,
        by=by,
    )


def diff(base: Tree, new: Tree) -> list[Operation]:
    """The operations that turn `base` into `new`: the least that differ, sorted by path."""
    return [operation(path, seen=seen, wanted=wanted) for path, seen, wanted in changes(base, new)]


def apply(tree: Tree, operations: Iterable[Operation]) -> dict[str, Any]:
    """The tree with the operations done; the given one stays. Their order does not matter.

    Raises OverlayNotValid when one operation's path lies at or below another's.
    """
    wanted = list(operations)
    check_apart(wanted)
    result = copied(tree)
    for one in wanted:
        if one.wanted is ABSENT:
            take_out(result, one.path)
        else:
            put(result, one.path, one.wanted)
    return result


def check_apart(operations: Sequence[Operation]) -> None:
    """Raise OverlayNotValid when two operations meet."""
    paths = sorted(one.path for one in operations)
    for above, below in pairwise(paths):
        if is_under(below, above):
            raise OverlayNotValid(
                f"같은 곳을 두 번 바꿉니다: {dotted(above)} 아래의 {dotted(below)}. "
                "하나로 합쳐 주세요.",
                path=dotted(below),
                above=dotted(above),
            )


def inverse(operations: Iterable[Operation]) -> list[Operation]:
    """The operations that undo these on the tree they were made for."""
    return [
        operation(one.path, seen=one.wanted, wanted=one.seen, reason=one.reason, by=one.by)
        for one in operations
    ]


def is_up_to_date(tree: Tree, one: Operation) -> bool:
    """Does the standard still have what the city saw?"""
    return is_same(value_at(tree, one.path), one.seen)
