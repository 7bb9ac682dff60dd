"""`/studio/codes`: the lists of words people choose among, each as a table one can type in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from customization.public import ABSENT, InForce, ground, in_force, value_at
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.kinds import document_title
from sodam.studio.saving import findings_at, is_unchanged, may_change, proposed, tree_with
from sodam.ui.fields import Problem

KIND = "code_list"
CODE = re.compile(r"[a-z][a-z0-9_]{0,47}")
BLANKS = 3
HOMES = {"services": "services"}
"""Lists with rows too rich for this table: their key in the document, edited elsewhere."""
ROWS_IN = {"categories": "categories"}
"""Where a list keeps its rows, if not under `items`."""
LONGEST = 80


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list on the page of lists."""

    code: str
    title: str
    rows: int
    changed: int
    is_own: bool


@dataclass(slots=True)
class Row:
    """One entry as typed; `code` is fixed once it is there."""

    number: int
    code: str = ""
    ko: str = ""
    en: str = ""
    sort: str = ""
    parent: str = ""
    retired: bool = False
    is_new: bool = False
    standard: str = ""
    errors: dict[str, str] = field(default_factory=dict)


@require_GET
@studio_page
def codes(request: StudioRequest) -> HttpResponseBase:
    """Every list, how long it is and how far from the standard."""
    found = in_force()
    standard = ground(found.standard_version)
    lines = [
        ListLine(
            code,
            document_title(code, body),
            len(body.get(_rows_in(code), {})),
            sum(one.path[:2] == (KIND, code) for one in found.operations),
            value_at(standard, (KIND, code)) is ABSENT,
        )
        for code, body in sorted(found.tree.get(KIND, {}).items())
    ]
    facts = {"lines": lines, "homes": HOMES, "may_change": may_change(request), "place": "codes"}
    return show(request, "studio/codes.html", facts)


@require_http_methods(["GET", "POST"])
@studio_page
def code_list_page(request: StudioRequest, code: str = "") -> HttpResponseBase:
    """The entries of one list, or a new one. Saving makes a change."""
    found = in_force()
    body = value_at(found.tree, (KIND, code)) if code else _blank()
    if body is ABSENT or code in HOMES:
        raise Http404
    if request.method == "GET":
        return _shown(request, found, code, body, _rows_of(body, code, found), [])
    rows = _typed(request.POST, body, code, found)
    problems = _problems(rows) + _head_problems(request, found, code)
    wanted_code = code or request.POST.get("code", "").strip()
    wanted = tree_with({(KIND, wanted_code): _body(request, body, code, rows)}, found=found)
    if not problems:
        problems = _found_wrong(wanted, wanted_code, rows)
    if not problems and is_unchanged(wanted, found=found):
        problems = [Problem("title", _("바뀐 값이 없습니다."))]
    if problems:
        return _shown(request, found, code, body, rows, problems)
    name = document_title(wanted_code, wanted[KIND][wanted_code])
    title = request.POST.get("title", "").strip() or _("목록 ‘%(name)s’") % {"name": name}
    return proposed(request, wanted, title=title)


def _rows_of(body: Mapping[str, Any], code: str, found: InForce) -> list[Row]:
    standard = value_at(ground(found.standard_version), (KIND, code, _rows_in(code)))
    entries = sorted(
        body.get(_rows_in(code), {}).items(), key=lambda one: (one[1].get("sort", 0), one[0])
    )
    rows = [
        Row(
            number,
            entry_code,
            entry["label"]["ko"],
            entry["label"].get("en", ""),
            str(entry.get("sort", 0)),
            entry.get("parent", ""),
            entry.get("retired", False),
            standard=_standard_word(standard, entry_code),
        )
        for number, (entry_code, entry) in enumerate(entries)
    ]
    return rows + ([] if code in ROWS_IN else _blanks(len(rows)))


def _blanks(first: int) -> list[Row]:
    return [Row(first + number, is_new=True) for number in range(BLANKS)]


def _standard_word(standard: Any, code: str) -> str:
    found = value_at(standard, (code, "label", "ko")) if isinstance(standard, Mapping) else ABSENT
    return "" if found is ABSENT else str(found)


def _typed(
    data: Mapping[str, str], body: Mapping[str, Any], code: str, found: InForce
) -> list[Row]:
    """The rows as they came back, with what they were for telling changes."""
    rows = _rows_of(body, code, found)
    for row in rows:
        key = f"r{row.number}_"
        row.code = data.get(f"{key}code", "").strip() if row.is_new else row.code
        row.ko = data.get(f"{key}ko", row.ko).strip()[:LONGEST]
        row.en = data.get(f"{key}en", row.en).strip()[:LONGEST]
        row.sort = data.get(f"{key}sort", row.sort).strip()
        row.parent = data.get(f"{key}parent", row.parent).strip()
        row.retired = f"{key}retired" in data
    return rows


def _problems(rows: list[Row]) -> list[Problem]:
    """What can be said of a row alone."""
    seen: set[str] = set()
    for row in rows:
        if row.is_new and not (row.code or row.ko):
            continue
        if not CODE.fullmatch(row.code):
            row.errors["code"] = _("영문 소문자로 시작하고 숫자와 _만 씁니다.")
        elif row.code in seen:
            row.errors["code"] = _("이미 있는 코드입니다.")
        seen.add(row.code)
        if not row.ko:
            row.errors["ko"] = _("한국어 이름을 적어 주세요.")
        if row.sort and not row.sort.removeprefix("-").isdecimal():
            row.errors["sort"] = _("차례는 정수로 적어 주세요.")
    return [
        Problem(f"r{row.number}_{name}", f"{row.code or row.ko}: {message}")
        for row in rows
        for name, message in row.errors.items()
    ]


def _head_problems(request: StudioRequest, found: InForce, code: str) -> list[Problem]:
    if code:
        return []
    wanted, problems = request.POST.get("code", "").strip(), []
    if not CODE.fullmatch(wanted):
        problems.append(Problem("code", _("코드는 영문 소문자로 시작하고 숫자와 _만 씁니다.")))
    elif value_at(found.tree, (KIND, wanted)) is not ABSENT:
        problems.append(Problem("code", _("이미 있는 코드입니다. 다른 것을 써 주세요.")))
    if not request.POST.get("label_ko", "").strip():
        problems.append(Problem("label_ko", _("목록의 이름을 적어 주세요.")))
    return problems


def _body(
    request: StudioRequest, body: Mapping[str, Any], code: str, rows: list[Row]
) -> dict[str, Any]:
    """The document as it would be: every old entry with what was typed on top."""
    key, entries = _rows_in(code), dict(body.get(_rows_in(code), {}))
    for row in rows:
        if not row.code or row.errors:
            continue
        entries[row.code] = _entry(entries.get(row.code, {}), row, is_plain=code in ROWS_IN)
    head = {} if code else {"label": _label(request)}
    return {**body, **head, key: entries}


def _entry(old: Mapping[str, Any], row: Row, *, is_plain: bool) -> dict[str, Any]:
    typed: dict[str, Any] = {
        "label": {**old.get("label", {}), "ko": row.ko, "en": row.en},
        "sort": int(row.sort or 0),
    }
    if not is_plain:
        typed |= {"parent": row.parent, "retired": row.retired}
    unsaid = {"sort": 0, "parent": "", "retired": False}
    said = {
        name: value
        for name, value in typed.items()
        if name in old or value != unsaid.get(name, ABSENT)
    }
    if "en" not in old.get("label", {"en": ""}) and not row.en:
        said["label"] = {"ko": row.ko}
    return {**old, **said}


def _label(request: StudioRequest) -> dict[str, str]:
    return {
        "ko": request.POST.get("label_ko", "").strip()[:LONGEST],
        "en": request.POST.get("label_en", "").strip()[:LONGEST],
    }


def _found_wrong(wanted: Mapping[str, Any], code: str, rows: list[Row]) -> list[Problem]:
    """The check's findings, each at its row."""
    place = (KIND, code)
    numbers = {row.code: row.number for row in rows}
    problems = []
    for one in findings_at(wanted, place):
        number = next((numbers[step] for step in one.path[2:] if step in numbers), None)
        target = f"r{number}_ko" if number is not None else "r0_ko"
        problems.append(Problem(target, one.message))
    return problems


def _shown(
    request: StudioRequest,
    found: InForce,
    code: str,
    body: Mapping[str, Any],
    rows: list[Row],
    problems: list[Problem],
) -> HttpResponseBase:
    facts = {
        "code": code,
        "title": document_title(code, body) if code else "",
        "typed": request.POST,
        "rows": rows,
        "parents": [row.code for row in rows if row.code and not row.is_new],
        "is_plain": code in ROWS_IN,
        "problems": problems,
        "change_title": request.POST.get("title", ""),
        "may_change": may_change(request),
        "has_errors": bool(problems),
        "place": "codes",
    }
    return show(request, "studio/code_list.html", facts, status=422 if problems else 200)


def _rows_in(code: str) -> str:
    return HOMES.get(code) or ROWS_IN.get(code, "items")


def _blank() -> dict[str, Any]:
    return {"label": {"ko": "", "en": ""}, "items": {}}
