"""How good the search for duplicates is, where the truth is known (an invented crowd)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from core_crm.customers.models import Citizen
from core_crm.customers.selectors.duplicates import Pair, ordered
from core_crm.customers.selectors.duplicates_walk import look_along, slice_after
from tenants import sql

_SHARING = """
SELECT one.id, other.id FROM {citizens} one JOIN {citizens} other USING (phone)
WHERE one.phone <> '' AND one.source = %s AND other.source = %s AND one.id < other.id
  AND one.state = 'active' AND other.state = 'active'
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`found` pairs were suggested, `right` of them are true, of `true` pairs in all.

    `by_kind`: kind of noise -> (found, in all).
    """

    found: int
    right: int
    true: int
    by_kind: dict[str, tuple[int, int]]

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0


def judged(found: set[Pair], truth: Mapping[Pair, str]) -> Verdict:
    """What was found beside what is true (pair -> kind of noise)."""
    right = found & truth.keys()
    got, there = Counter(truth[pair] for pair in right), Counter(truth.values())
    by_kind = {kind: (got[kind], there[kind]) for kind in sorted(there)}
    return Verdict(len(found), len(right), len(truth), by_kind)


def found_in_crowd(
    source: str, *, progress: Callable[[int], None] = lambda _looked: None
) -> set[Pair]:
    """Pairs of this source that the search suggests. Nothing is written."""
    members = set(Citizen.objects.filter(source=source).values_list("pk", flat=True).iterator())
    after: UUID | None = None
    found: set[Pair] = set()
    looked = 0
    while True:
        part = slice_after(after)
        seen = look_along(part, source=source)
        found |= {(one.left, one.right) for one in seen.pairs if {one.left, one.right} <= members}
        looked += len(seen.ids)
        progress(looked)
        if part.upto is None:
            return found
        after = part.upto


def sharing_a_phone(source: str) -> set[Pair]:
    """The yardstick: everybody of this source with the same telephone is taken for one person."""
    statement = _SHARING.format(citizens=Citizen._meta.db_table)
    return {ordered(*row) for row in sql.tuples(statement, [source, source])}
