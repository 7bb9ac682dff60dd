"""`/standard/<city>`: each place where one government differs from the standard, by kind."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from customization.public import (
    ABSENT,
    Drift,
    InForce,
    Operation,
    dotted,
    drift_of_city,
    in_force,
    standard_versions,
    value_at,
)
from sodam.ui.document_words import as_text, cut, document_title, kind_word, kind_words
from sodam.ui.platform_pages import platform_page
from tenants.context import serving_city
from tenants.selectors import CityRow, city_list


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place: what was done there, and why. "": nothing there."""

    document: str
    path: str
    what: str
    word: str
    standard: str
    own: str
    newer: str
    reason: str


@dataclass(frozen=True, slots=True)
class KindGroup:
    """All places of one kind of document."""

    word: str
    lines: list[PlaceLine]


@require_GET
@platform_page("operator", "approver")
def city_standard(request: HttpRequest, code: str) -> HttpResponseBase:
    """The government's documents, none of its people. 404 when it is not open."""
    row = next((one for one in city_list(on=timezone.localdate()) if one.code == code), None)
    if row is None or row.status != "open":
        raise Http404
    with serving_city(code):
        found = in_force()
        drift = drift_of_city(found=found)
    groups = _groups(drift, found)
    facts = {
        "city": row,
        "name": _name(row),
        "found": found,
        "newest": standard_versions()[-1],
        "drift": drift,
        "groups": groups,
        "plugins": found.plugins,
        "menu": "standard",
    }
    return render(request, "console/drift.html", facts)


def _groups(drift: Drift, found: InForce) -> list[KindGroup]:
    """In the order of kinds; a plugin's documents stand with their kind."""
    conflicts = {one.operation.path: one.new for one in drift.conflicting}
    lines = [(one.path[0], _place(one, found, conflicts)) for one in drift.places]
    lines += [(path[0], _plugins(path, found)) for path in drift.by_plugin]
    order = list(kind_words())
    lines.sort(key=lambda each: (_rank(each[0], order), each[1].document, each[1].path))
    return [
        KindGroup(kind_word(kind), [line for _kind, line in ones])
        for kind, ones in groupby(lines, key=lambda each: each[0])
    ]


def _rank(kind: str, order: list[str]) -> int:
    return order.index(kind) if kind in order else len(order)


def _place(one: Operation, found: InForce, conflicts: dict[tuple[str, ...], Any]) -> PlaceLine:
    what = "del" if one.wanted is ABSENT else "add" if one.seen is ABSENT else "mod"
    is_in_conflict = one.path in conflicts
    return PlaceLine(
        document=_document(one.path, found),
        path=dotted(one.path),
        what=what,
        word=_words()["conflict" if is_in_conflict else what],
        standard=_shown(one.seen),
        own=_shown(one.wanted),
        newer=_shown(conflicts[one.path]) if is_in_conflict else "",
        reason=one.reason,
    )


def _plugins(path: tuple[str, ...], found: InForce) -> PlaceLine:
    return PlaceLine(
        document=_document(path, found),
        path=dotted(path),
        what="plugin",
        word=_words()["plugin"],
        standard="",
        own="",
        newer="",
        reason=path[1].split(".")[1],
    )


def _document(path: tuple[str, ...], found: InForce) -> str:
    return document_title(path[1], value_at(found.tree, path[:2])) if len(path) > 1 else ""


def _shown(value: Any) -> str:
    return "" if value is ABSENT else cut(as_text(value))


def _words() -> dict[str, str]:
    return {
        "add": _("더함"),
        "mod": _("바꿈"),
        "del": _("뺌"),
        "plugin": _("플러그인"),
        "conflict": _("새 표준과 부딪힘"),
    }


def _name(row: CityRow) -> str:
    return row.name_en if (get_language() or "ko").startswith("en") else row.name_ko
