"""Scores before and after a change, side by side: who moved, how far, to which place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core_crm.kpis.types import ScoreRow, ScoreSheet

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Moved:
    """A department before and after, by which measure; None where there is no score."""

    by: str
    name: str
    before: ScoreRow | None
    after: ScoreRow | None

    @property
    def difference(self) -> Decimal | None:
        was, will = _points(self.before), _points(self.after)
        return None if was is None or will is None else will - was

    @property
    def has_moved(self) -> bool:
        return _points(self.before) != _points(self.after)


def moved(by: str, before: ScoreSheet | None, after: ScoreSheet | None) -> list[Moved]:
    was, will = _by_whom(before), _by_whom(after)
    names = {key: row.officer_name or row.department_name for key, row in (was | will).items()}
    return [Moved(by, name, was.get(key), will.get(key)) for key, name in names.items()]


def _by_whom(sheet: ScoreSheet | None) -> dict[object, ScoreRow]:
    rows = sheet.rows if sheet else ()
    return {row.officer_id or row.department_code: row for row in rows}


def furthest(places: Sequence[Moved]) -> list[Moved]:
    """Those whose score changes most first; the others are not shown."""
    moved = [one for one in places if one.has_moved]
    return sorted(moved, key=lambda one: -abs(one.difference or Decimal(0)))


def row_of(one: Moved) -> tuple[str, ...]:
    difference = one.difference
    return (
        one.name,
        one.by,
        _told(_points(one.before)),
        _told(_points(one.after)),
        NOTHING if difference is None else f"{difference:+}",
        _places(one),
    )


def _places(one: Moved) -> str:
    was, will = one.before and one.before.rank, one.after and one.after.rank
    return f"{was or NOTHING} → {will or NOTHING}" if was != will else str(was or NOTHING)


def _points(row: ScoreRow | None) -> Decimal | None:
    return row.points if row else None


def _told(points: Decimal | None) -> str:
    return NOTHING if points is None else str(points)
