"""The map of the governments: a drawing and squares, read from fixtures/regions/map.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MAP = Path(__file__).resolve().parents[3] / "fixtures" / "regions" / "map.json"

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unit:
    """One government's land, in units of the drawing.

    Its name stands at `name_at`; where that is beside the land, a line leads to `leader_to`.
    `tile` is its column and row among the squares, from 1.
    """

    code: str
    path: str
    name_at: Point
    tile: Point
    leader_to: Point | None = None


@dataclass(frozen=True, slots=True)
class Inset:
    """Far islands of a government, enlarged in a frame of their own; `marks` are not to scale."""

    code: str
    title_ko: str
    title_en: str
    frame: tuple[int, int, int, int]
    path: str
    marks: tuple[Point, ...]

    @property
    def title_at(self) -> Point:
        """The middle of its title's line."""
        x, y, width, _height = self.frame
        return x + width // 2, y + 24


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole map: its size, its governments, its frames, and whose borders it shows."""

    width: int
    height: int
    units: dict[str, Unit]
    insets: tuple[Inset, ...]
    source_ko: str
    source_en: str


@cache
def drawing() -> Drawing:
    """The map that ships with Sodam: the governments since 2026-07-01."""
    given = json.loads(MAP.read_text(encoding="utf-8"))
    units = (
        Unit(
            code=one["code"],
            path=one["path"],
            name_at=tuple(one["name_at"]),
            tile=tuple(one["tile"]),
            leader_to=tuple(one["leader_to"]) if "leader_to" in one else None,
        )
        for one in given["units"]
    )
    insets = (
        Inset(
            code=one["code"],
            title_ko=one["title_ko"],
            title_en=one["title_en"],
            frame=tuple(one["frame"]),
            path=one["path"],
            marks=tuple((x, y) for x, y in one["marks"]),
        )
        for one in given["insets"]
    )
    width, height = given["size"]
    by_code = {unit.code: unit for unit in units}
    sources = given["source_ko"], given["source_en"]
    return Drawing(width, height, by_code, tuple(insets), *sources)
