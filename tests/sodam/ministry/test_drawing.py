"""The map fits the governments, and stays small."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import yaml

from sodam.ministry.drawing import MAP, drawing

REGIONS = MAP.parent / "regions.yaml"
MOST_BYTES = 60_000


def _governments_on(day: date) -> set[str]:
    known = yaml.safe_load(REGIONS.read_text(encoding="utf-8"))["regions"]
    return {
        region["code"]
        for region in known
        for name in region["names"]
        if name["valid_from"] <= day < name.get("valid_to", date.max)
    }


def test_it_shows_every_government_since_the_union_once() -> None:
    assert set(drawing().units) == _governments_on(date(2026, 7, 1))


def test_no_two_squares_lie_on_each_other() -> None:
    tiles = [unit.tile for unit in drawing().units.values()]
    assert len(set(tiles)) == len(tiles) == 16


def test_it_is_small_and_names_its_source() -> None:
    assert MAP.stat().st_size < MOST_BYTES
    assert "통계청" in drawing().source_ko
    assert "fixtures/regions/map.json" in Path("NOTICE").read_text(encoding="utf-8")


def test_far_islands_lie_in_their_frames() -> None:
    for inset in drawing().insets:
        x, y, width, height = inset.frame
        for start in re.findall(r"M(-?[\d.]+) (-?[\d.]+)", inset.path):
            assert x < float(start[0]) < x + width
            assert y < float(start[1]) < y + height
    assert [len(inset.marks) for inset in drawing().insets] == [0, 2]
