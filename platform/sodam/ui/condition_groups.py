"""A condition as groups of rows: all or any of the groups, each all or any of its rows, or none.

Works without scripts: every row and group has its names by number, and buttons that send the form.
What is nested deeper is edited as JSON, as in `conditions`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from core_crm.common.predicates import (
    FieldKind,
    PredicateError,
    PredicateSource,
    check,
    read_predicate,
)
from sodam.ui.conditions import JOINS, Row, value_of_row, value_text

MOST_GROUPS, MOST_ROWS = 8, 12


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a comparison, perhaps turned round."""

    row: Row = field(default_factory=Row)
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that go together by all or any; with `is_not` whoever they find is left out."""

    join: str = "all"
    is_not: bool = False
    lines: tuple[Line, ...] = (Line(),)


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole condition as a form holds it; `deep` is JSON where groups do not suffice."""

    join: str = "all"
    groups: tuple[Group, ...] = (Group(),)
    deep: str = ""


def tree_of(condition: Any) -> Tree:
    """A condition as the form shows it."""
    found = _tree(condition) if condition else Tree()
    if found is None:
        return Tree(deep=json.dumps(condition, ensure_ascii=False, indent=2))
    return found


def tree_in(data: QueryDict) -> Tree:
    """What came back from the form, as it was typed."""
    groups, number = [], 0
    while f"g{number}_join" in data and number < MOST_GROUPS:
        groups.append(_group_in(data, number))
        number += 1
    join = _join(data.get("c_join", ""))
    return Tree(join, tuple(groups) or (Group(),), data.get("c_deep", ""))


def pressed(tree: Tree, do: str) -> Tree:
    """The tree after a button: `group+`, `group-2`, `row+0`, `row-0-1`; else unchanged.

    `do` is "" when no button was pressed: something in the form changed.
    """
    if not do:
        return tree
    word, *numbers = do.replace("+", " + ").replace("-", " ").split()
    places = [int(one) for one in numbers if one.isdigit()]
    if do == "group+" and len(tree.groups) < MOST_GROUPS:
        return replace(tree, groups=(*tree.groups, Group()))
    if not places or places[0] >= len(tree.groups):
        return tree
    if word == "group":
        left = tuple(one for n, one in enumerate(tree.groups) if n != places[0])
        return replace(tree, groups=left or (Group(),))
    return replace(tree, groups=_with_lines(tree.groups, places, is_more="+" in numbers))


def _with_lines(
    groups: tuple[Group, ...], places: list[int], *, is_more: bool
) -> tuple[Group, ...]:
    group = groups[places[0]]
    lines = group.lines
    if is_more and len(lines) < MOST_ROWS:
        lines = (*lines, Line())
    elif not is_more and len(places) > 1:
        lines = tuple(one for n, one in enumerate(lines) if n != places[1]) or (Line(),)
    changed = replace(group, lines=lines)
    return tuple(changed if n == places[0] else one for n, one in enumerate(groups))


def condition_in(tree: Tree, source: PredicateSource) -> dict[str, Any]:
    """The condition as it is kept. Raises PredicateError with a sentence for people."""
    condition = _json(tree.deep) if tree.deep.strip() else _joined(tree, source)
    check(read_predicate(condition), source)
    return condition


def _joined(tree: Tree, source: PredicateSource) -> dict[str, Any]:
    """A group that goes together as all groups do needs no level of its own."""
    parts: list[dict[str, Any]] = []
    for group in tree.groups:
        rows = [_part(line, source) for line in group.lines if line.row.field]
        if not rows:
            continue
        if not group.is_not and (group.join == tree.join or len(rows) == 1):
            parts += rows
        else:
            whole = rows[0] if len(rows) == 1 else {group.join: rows}
            parts.append({"not": whole} if group.is_not else whole)
    if not parts:
        raise PredicateError("shape", _("조건을 하나는 골라 주세요."), pointer="")
    return parts[0] if len(parts) == 1 else {tree.join: parts}


def _part(line: Line, source: PredicateSource) -> dict[str, Any]:
    known = source.fields.get(line.row.field)
    kind = known.kind if known else FieldKind.TEXT
    part = {"op": line.row.op, "field": line.row.field, "value": value_of_row(line.row, kind)}
    return {"not": part} if line.is_not else part


def _tree(condition: Any) -> Tree | None:
    join = next((one for one in JOINS if one in condition), "")
    if not join:
        group = _group(condition)
        return None if group is None else Tree("all", (group,))
    groups: list[Group] = []
    together: list[Line] = []
    for part in condition[join]:
        line = _line(part)
        if line is not None:
            together.append(line)
            continue
        group = _group(part)
        if group is None:
            return None
        groups.append(group)
    first = [Group(join, lines=tuple(together))] if together else []
    found = tuple(first + groups)
    is_small = len(found) <= MOST_GROUPS and all(len(g.lines) <= MOST_ROWS for g in found)
    return Tree(join, found) if is_small else None


def _group(part: Any) -> Group | None:
    """A part that is a group of rows, perhaps turned round; None when it is deeper."""
    line = _line(part)
    if line is not None:
        return Group(lines=(line,))
    is_not = "not" in part
    inner = part["not"] if is_not else part
    join = next((one for one in JOINS if isinstance(inner, dict) and one in inner), "")
    lines = [_line(one) for one in inner[join]] if join else []
    whole = [line for line in lines if line is not None]
    if not whole or len(whole) < len(lines):
        return None
    return Group(join, is_not, tuple(whole))


def _line(part: Any) -> Line | None:
    """A comparison, or one turned round."""
    is_not = isinstance(part, dict) and "not" in part
    inner = part["not"] if is_not else part
    if not isinstance(inner, dict) or "op" not in inner:
        return None
    return Line(Row(inner["field"], inner["op"], value_text(inner["value"])), is_not)


def _group_in(data: QueryDict, number: int) -> Group:
    start, lines, place = f"g{number}", [], 0
    while f"{start}r{place}_field" in data and place < MOST_ROWS:
        lines.append(_line_in(data, f"{start}r{place}"))
        place += 1
    join = _join(data.get(f"{start}_join", ""))
    return Group(join, f"{start}_not" in data, tuple(lines) or (Line(),))


def _line_in(data: QueryDict, start: str) -> Line:
    value = ", ".join(one for one in data.getlist(f"{start}_value") if one)
    row = Row(data.get(f"{start}_field", ""), data.get(f"{start}_op", "eq"), value)
    return Line(row, f"{start}_not" in data)


def _join(given: str) -> str:
    return given if given in JOINS else "all"


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as wrong:
        raise PredicateError("shape", _("JSON으로 읽을 수 없습니다."), pointer="") from wrong
    return found if isinstance(found, dict) else {"": found}
