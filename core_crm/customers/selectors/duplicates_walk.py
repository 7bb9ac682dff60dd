"""Looking for duplicates along the whole city, a slice of ids at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core_crm.customers.models import Citizen
from core_crm.customers.selectors.duplicates import Likeness, likenesses
from core_crm.customers.selectors.duplicates_evidence import COLUMNS, Known
from tenants import sql

STEP = 5000
FIRST = UUID(int=0)
LAST = UUID(int=(1 << 128) - 1)
_TABLE = Citizen._meta.db_table
_ROWS = f"SELECT {COLUMNS} FROM {_TABLE} WHERE id > %s AND id <= %s AND state = 'active'"  # noqa: S608
_CHANGED = " AND (created_at >= %s OR changed_at >= %s)"
_OF_SOURCE = " AND source = %s"


@dataclass(frozen=True, slots=True)
class Slice:
    """Citizens with ids above `after` up to `upto`; None: to the end, this is the last slice."""

    after: UUID
    upto: UUID | None


@dataclass(frozen=True, slots=True)
class Looked:
    """Who was compared with all others, and the pairs that may be one person."""

    ids: frozenset[UUID]
    pairs: list[Likeness]


def slice_after(after: UUID | None, *, step: int = STEP) -> Slice:
    """The next `step` ids."""
    start = after or FIRST
    later = Citizen.objects.filter(pk__gt=start).order_by("pk").values_list("pk", flat=True)
    return Slice(start, next(iter(later[step - 1 : step]), None))


def look_along(part: Slice, *, since: datetime | None = None, source: str = "") -> Looked:
    """Compare the slice with the city: those who came or changed `since`, or came by `source`."""
    where = _ROWS
    params: list[object] = [part.after, part.upto or LAST]
    if since is not None:
        where, params = where + _CHANGED, [*params, since, since]
    if source:
        where, params = where + _OF_SOURCE, [*params, source]
    mine = {row[0]: Known(*row) for row in sql.tuples(where, params)}
    pairs = likenesses(mine, where, params) if mine else []
    return Looked(frozenset(mine), pairs)
