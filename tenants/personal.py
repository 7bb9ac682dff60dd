"""Which columns of a city's tables are about persons, said on each model.

    personal = told(name="name", phone="phone", nobodys="kind state")

Read when a training copy is made: what is personal is replaced by invented values. A test demands
that every column which holds text, a list or JSON is told, one way or the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Invented = Literal["name", "phone", "email", "text", "secret", "empty", "unusable"]
"""What takes a value's place. The same value is always replaced by the same one.

name, phone, email: somebody who does not exist; text: a sentence of about the same length; secret:
letters that open nothing; empty: nothing, in the column's own kind; unusable: no password.
"""


@dataclass(frozen=True, slots=True)
class Told:
    """Column -> what takes its place; columns about nobody; or all rows stay at home."""

    columns: Mapping[str, Invented] = field(default_factory=dict)
    nobodys: frozenset[str] = frozenset()
    stays: bool = False


def told(*, nobodys: str = "", **columns: Invented) -> Told:
    """Names are columns of the table (`actor_id`, not `actor`). Raises ValueError for a typo."""
    wrong = sorted(set(columns.values()) - set(get_args(Invented)))
    if wrong:
        raise ValueError(f"Nothing is invented for {', '.join(wrong)}.")
    return Told(columns, frozenset(nobodys.split()))


STAYS = Told(stays=True)
"""The rows of this table are left out of a training copy."""
