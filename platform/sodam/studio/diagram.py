"""A workflow drawn on the server as SVG: work on the left, results in the middle, the end."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from core_crm.workflows import Workflow

BOX_WIDTH, BOX_HEIGHT = 132, 40
ROW, MARGIN = 76, 16
COLUMNS = (110, 400, 640)
RESULTS = {"done", "cancelled"}


@dataclass(frozen=True, slots=True)
class Box:
    """A state at its place."""

    code: str
    name: str
    category: str
    x: int
    y: int
    is_added: bool = False

    @property
    def middle(self) -> int:
        return self.x + BOX_WIDTH // 2

    @property
    def text_y(self) -> int:
        return self.y + BOX_HEIGHT // 2 + 5

    @property
    def centre_y(self) -> int:
        return self.y + BOX_HEIGHT // 2


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes and the paths of arrows, in a field of this size."""

    width: int
    height: int
    boxes: list[Box]
    arrows: list[str]
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT


def draw(workflow: Workflow, names: Mapping[str, str], *, added: Collection[str] = ()) -> Diagram:
    """Places for every state, and one arrow for each pair that a step connects.

    `added`: states that are not in force yet.
    """
    boxes = _boxes(workflow, names, added)
    pairs = {
        (source, step.target)
        for _code, step in workflow.steps()
        for source in step.source
        if source != step.target
    }
    bottom = max(box.y for box in boxes.values()) + BOX_HEIGHT
    arrows = [_arrow(boxes[source], boxes[target], bottom) for source, target in sorted(pairs)]
    width = COLUMNS[-1] + BOX_WIDTH + MARGIN
    return Diagram(width, bottom + 3 * MARGIN, list(boxes.values()), arrows)


def _boxes(workflow: Workflow, names: Mapping[str, str], added: Collection[str]) -> dict[str, Box]:
    columns: list[list[str]] = [[], [], []]
    for code, state in workflow.states():
        is_last = state.maps_to == "closed"
        columns[2 if is_last else int(state.category in RESULTS)].append(code)
    tallest = max(len(column) for column in columns)
    boxes = {}
    for x, column in zip(COLUMNS, columns, strict=True):
        top = MARGIN + (tallest - len(column)) * ROW // 2
        for place, code in enumerate(column):
            category = workflow.state(code).category.value
            y = top + place * ROW
            boxes[code] = Box(code, names[code], category, x, y, code in added)
    return boxes


def _arrow(source: Box, target: Box, bottom: int) -> str:
    if source.x < target.x:
        return _across(source, target)
    if source.x > target.x:
        return _back(source, target, bottom)
    return _along(source, target)


def _across(source: Box, target: Box) -> str:
    """From the right side of one column to the left side of the next."""
    start, end = source.x + BOX_WIDTH, target.x
    bend = (start + end) // 2
    curve = f"C{bend} {source.centre_y} {bend} {target.centre_y}"
    return f"M{start} {source.centre_y} {curve} {end} {target.centre_y}"


def _back(source: Box, target: Box, bottom: int) -> str:
    """Below everything, back to the first column."""
    low = bottom + MARGIN
    start, end = source.middle, target.middle
    return (
        f"M{start} {source.y + BOX_HEIGHT} C{start} {low + MARGIN} {start} {low} {start - 60} {low}"
        f" L{end + 60} {low} C{end} {low} {end} {low} {end} {target.y + BOX_HEIGHT}"
    )


def _along(source: Box, target: Box) -> str:
    """Within a column: straight to the next, round the left for farther and for upward ones."""
    if 0 < target.y - source.y <= ROW:
        return f"M{source.middle} {source.y + BOX_HEIGHT} L{target.middle} {target.y}"
    steps = abs(target.y - source.y) // ROW
    out = source.x - 14 - 16 * steps
    shift = 8 if target.y > source.y else -8
    start, end = source.centre_y + shift, target.centre_y + shift
    return f"M{source.x} {start} C{out} {start} {out} {end} {target.x} {end}"
