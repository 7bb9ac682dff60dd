"""A change told in three columns: the standard, the city now, and after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core_crm.customers.selectors import citizen_source
from customization.public import ABSENT, Operation, value_at
from sodam.studio.kinds import document_title, field_word, kind_word
from sodam.studio.leaves import as_text
from sodam.studio.workflow_told import part_name, part_told
from sodam.ui.conditions import JOINS, sentence

LONGEST = 160


@dataclass(frozen=True, slots=True)
class Difference:
    """One place. Empty texts: there is nothing. `reason`: why, if whoever changed it said so."""

    name: str
    path: str
    standard: str
    before: str
    after: str
    what: str
    reason: str = ""

    @property
    def word(self) -> str:
        return {"add": _("추가"), "mod": _("변경"), "del": _("삭제")}[self.what]

    @property
    def icon(self) -> str:
        return {"add": "plus", "mod": "edit", "del": "minus"}[self.what]


@dataclass(frozen=True, slots=True)
class Group:
    """All differences of one document."""

    heading: str
    lines: list[Difference]


def grouped(
    operations: Iterable[Operation], *, standard: Mapping[str, Any], now: Mapping[str, Any]
) -> list[Group]:
    """The operations by document, in the order of their paths."""
    sorted_ones = sorted(operations, key=lambda one: one.path)
    return [
        Group(_heading(place, now), [_difference(one, standard, now) for one in ones])
        for place, ones in groupby(sorted_ones, key=lambda one: one.path[:2])
    ]


def counted(operations: Iterable[Operation]) -> dict[str, int]:
    """How many places are added, changed and removed."""
    found = [_what(one) for one in operations]
    return {what: found.count(what) for what in ("add", "mod", "del")}


def _heading(place: tuple[str, ...], now: Mapping[str, Any]) -> str:
    if len(place) < 2:
        return kind_word(place[0])
    return f"{kind_word(place[0])} · {document_title(place[1], value_at(now, place))}"


def _difference(one: Operation, standard: Mapping[str, Any], now: Mapping[str, Any]) -> Difference:
    def told(value: Any) -> str:
        return part_told(one.path, value, now) or _told(one.path, value)

    return Difference(
        name=part_name(one.path, now) or _name(one, now),
        path=".".join(one.path),
        standard=told(value_at(standard, one.path)),
        before=told(one.seen),
        after=told(one.wanted),
        what=_what(one),
        reason=one.reason,
    )


def _name(one: Operation, now: Mapping[str, Any]) -> str:
    """The label of what is added or removed, if it has one; else the last steps of its path."""
    own = _label(one.wanted) or _label(one.seen)
    return own or " › ".join(_steps(one.path, now)[-3:]) or one.path[-1]


def _steps(path: tuple[str, ...], now: Mapping[str, Any]) -> list[str]:
    """The steps inside the document; one that has a label goes by it, e.g. a rule."""
    ends = range(3, len(path) + 1)
    return [_label(value_at(now, path[:end])) or field_word(path[end - 1]) for end in ends]


def _label(value: Any) -> str:
    """In the reader's language; "" for what has none."""
    label = value.get("label") if isinstance(value, Mapping) else None
    if not isinstance(label, Mapping):
        return ""
    return str(label.get((get_language() or "ko")[:2]) or label.get("ko", ""))


def _what(one: Operation) -> str:
    if one.wanted is ABSENT:
        return "del"
    return "add" if one.seen is ABSENT else "mod"


def _told(path: tuple[str, ...], value: Any) -> str:
    """A value in a cell; whom a campaign means as a sentence."""
    is_audience = path[:1] == ("campaign_type",) and path[2:3] == ("audience",)
    if value is ABSENT or not is_audience:
        return shown(value)
    if isinstance(value, list) and path[-1] in JOINS:
        return sentence({path[-1]: value}, citizen_source())
    return sentence(value, citizen_source()) or shown(value)


def shown(value: Any) -> str:
    """A value in a cell of the table; "" for nothing."""
    if value is ABSENT:
        return ""
    text = as_text(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
