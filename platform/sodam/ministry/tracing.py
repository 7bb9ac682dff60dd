"""Draws fixtures/regions/map.json from borders: `python -m sodam.ministry.tracing borders.geojson`.

Run by hand when governments change, never by the product. Borders: a GeoJSON whose features carry
the name of the crosswalk system `map_sido16` under `sido16`, in degrees.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "regions"
SCALE = 180  # units of the drawing per degree of latitude
WEST, NORTH, EAST, SOUTH = 125.0, 38.68, 130.52, 33.08
FLATTEN = math.cos(math.radians(36))  # equirectangular, true at 36 degrees north

# Where a name and its value stand (degrees): on the land, or beside it with a leader to the land.
NAMES: dict[str, tuple[float, float]] = {
    "seoul": (126.52, 38.3),
    "busan": (129.62, 34.84),
    "daegu": (128.6, 35.86),
    "incheon": (125.85, 37.5),
    "jeonnamgwangju": (126.86, 34.93),
    "daejeon": (127.42, 36.32),
    "ulsan": (129.86, 35.5),
    "sejong": (125.66, 36.72),
    "gyeonggi": (127.36, 37.24),
    "gangwon": (128.36, 37.72),
    "chungbuk": (127.83, 36.83),
    "chungnam": (126.8, 36.36),
    "jeonbuk": (127.13, 35.7),
    "gyeongbuk": (128.75, 36.42),
    "gyeongnam": (128.25, 35.36),
    "jeju": (126.55, 33.37),
}
LEADERS = {
    "seoul": (126.95, 37.6),
    "busan": (129.1, 35.16),
    "incheon": (126.62, 37.53),
    "ulsan": (129.3, 35.53),
    "sejong": (127.24, 36.58),
}
# Column and row of each square, near to where the government lies.
TILES = {
    "incheon": (1, 1),
    "seoul": (2, 1),
    "gyeonggi": (3, 1),
    "gangwon": (4, 1),
    "chungnam": (1, 2),
    "sejong": (2, 2),
    "chungbuk": (3, 2),
    "gyeongbuk": (4, 2),
    "jeonbuk": (1, 3),
    "daejeon": (2, 3),
    "daegu": (3, 3),
    "ulsan": (4, 3),
    "jeonnamgwangju": (1, 4),
    "gyeongnam": (3, 4),
    "busan": (4, 4),
    "jeju": (1, 5),
}
# Far islands in a frame of their own: where they lie, the frame's corner, how much larger.
INSETS: tuple[dict[str, Any], ...] = (
    {
        "code": "incheon",
        "title_ko": "백령·대청",
        "title_en": "Baengnyeong",
        "around": (124.56, 38.02, 124.8, 37.77),
        "corner": (125.04, 38.6),
        "size": (0.98, 0.66),
        "times": 2.2,
    },
    {
        "code": "gyeongbuk",
        "title_ko": "울릉·독도",
        "title_en": "Ulleung, Dokdo",
        "around": (130.72, 37.62, 131.0, 37.4),
        "corner": (129.52, 37.72),
        "size": (0.98, 0.5),
        "times": 1.7,
        # Dokdo (37.2426 N, 131.8597-131.8698 E) is smaller than a dot here: marked, not to scale.
        "marks": ((130.2, 37.42), (130.24, 37.41)),
    },
)

Ring = list[tuple[float, float]]


def main(borders: Path) -> None:
    """Writes map.json, one government a line."""
    features = json.loads(borders.read_text(encoding="utf-8"))["features"]
    codes = _crosswalk()
    rings = {codes[one["properties"]["sido16"]]: list(_rings(one)) for one in features}
    drawn = {
        "source_ko": "행정구역 경계, 통계청 통계지리정보서비스(sgis.kostat.go.kr), 2025, 단순화",
        "source_en": "Boundaries, Statistics Korea, SGIS (sgis.kostat.go.kr), 2025, simplified",
        "valid_from": "2026-07-01",
        "size": [round(x) for x in _place(EAST, SOUTH)],
        "units": [_unit(code, rings[code]) for code in TILES],
        "insets": [_inset(one, rings[one["code"]]) for one in INSETS],
    }
    (FIXTURES / "map.json").write_text(_one_a_line(drawn), encoding="utf-8")


def _crosswalk() -> dict[str, str]:
    regions = yaml.safe_load((FIXTURES / "regions.yaml").read_text(encoding="utf-8"))["regions"]
    return {
        named["code"]: region["code"]
        for region in regions
        for named in region["codes"]
        if named["system"] == "map_sido16"
    }


def _rings(feature: dict[str, Any]) -> Iterator[Ring]:
    """Outer borders only: the holes are leftovers of the simplification."""
    shape = feature["geometry"]
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    for part in parts:
        yield [(lon, lat) for lon, lat, *_height in part[0]]


def _unit(code: str, rings: list[Ring]) -> dict[str, Any]:
    near = [ring for ring in rings if not any(_lies_in(ring, one["around"]) for one in INSETS)]
    unit: dict[str, Any] = {
        "code": code,
        "path": _path([_place(*point) for point in ring] for ring in near),
        "name_at": _whole(_place(*NAMES[code])),
        "tile": TILES[code],
    }
    if code in LEADERS:
        unit["leader_to"] = _whole(_place(*LEADERS[code]))
    return unit


def _inset(one: dict[str, Any], rings: list[Ring]) -> dict[str, Any]:
    """The islands larger than the rest, in the middle of their frame's lower part."""
    corner, (west, north, _east, _south) = _place(*one["corner"]), one["around"]
    left, top = _place(west, north)
    times = one["times"]
    shapes = [
        [
            (
                corner[0] + 18 + (x - left) * times,
                corner[1] + 28 + (y - top) * times,
            )
            for x, y in (_place(*point) for point in ring)
        ]
        for ring in rings
        if _lies_in(ring, one["around"])
    ]
    width, height = one["size"]
    return {
        "code": one["code"],
        "title_ko": one["title_ko"],
        "title_en": one["title_en"],
        "frame": [*_whole(corner), round(width * SCALE * FLATTEN), round(height * SCALE)],
        "path": _path(shapes),
        "marks": [_whole(_place(*point)) for point in one.get("marks", ())],
    }


def _lies_in(ring: Ring, box: tuple[float, float, float, float]) -> bool:
    west, north, east, south = box
    return all(west <= lon <= east and south <= lat <= north for lon, lat in ring)


def _place(lon: float, lat: float) -> tuple[float, float]:
    return (lon - WEST) * FLATTEN * SCALE, (NORTH - lat) * SCALE


def _whole(point: tuple[float, float]) -> list[int]:
    return [round(point[0]), round(point[1])]


def _path(shapes: Iterable[Ring]) -> str:
    """SVG path data in steps of a tenth; neighbours round their common border alike."""
    return "".join(_closed(shape) for shape in shapes)


def _closed(shape: Ring) -> str:
    tenths = [(round(x * 10), round(y * 10)) for x, y in shape]
    steps = [f"M{tenths[0][0] / 10:g} {tenths[0][1] / 10:g}"]
    for (x, y), (to_x, to_y) in pairwise(tenths[:-1]):
        if (x, y) != (to_x, to_y):
            steps.append(f"l{(to_x - x) / 10:g} {(to_y - y) / 10:g}")
    return "".join([*steps, "z"])


def _one_a_line(drawn: dict[str, Any]) -> str:
    text = json.dumps(drawn, ensure_ascii=False, separators=(",", ":"))
    for mark in ('"source_en"', '"valid_from"', '"size"', '"units"', '"insets"', '{"code"'):
        text = text.replace(mark, f"\n{mark}")
    return f"{text}\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
