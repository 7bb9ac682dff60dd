"""`/studio/documents`: every document of the city, and a form of all its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core_crm.staff.types import Right
from customization.public import (
    ABSENT,
    InForce,
    copied,
    ground,
    in_force,
    locked_because,
    put,
    read_value,
    value_at,
)
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.kinds import document_title, field_word, kind_word, kind_words
from sodam.studio.leaves import Leaf, NotReadable, Path, leaves_of, read
from sodam.studio.saving import is_unchanged, may_change, proposed
from sodam.ui.fields import Problem
from tenants.errors import DomainError

MOST_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document in the list."""

    kind: str
    code: str
    title: str
    changed: int


@dataclass(frozen=True, slots=True)
class Line:
    """One value in the form: as the standard has it, as it is, and as typed."""

    leaf: Leaf
    field: str
    standard: str
    typed: str
    error: str = ""
    locked: str = ""

    @property
    def name(self) -> str:
        return " › ".join(map(field_word, self.leaf.path))

    @property
    def path(self) -> str:
        return ".".join(self.leaf.path)

    @property
    def is_own(self) -> bool:
        """Does the city differ from the standard here?"""
        return self.standard != self.leaf.text


@require_GET
@studio_page
def documents(request: StudioRequest) -> HttpResponseBase:
    """All documents by kind; how far each went from the standard."""
    found = in_force()
    groups = [
        (word, _lines_of_kind(kind, found)) for kind, word in kind_words().items() if found.tree
    ]
    facts = {"groups": groups, "found": found, "place": "documents"}
    return show(request, "studio/documents.html", facts)


def _lines_of_kind(kind: str, found: InForce) -> list[DocumentLine]:
    return [
        DocumentLine(kind, code, document_title(code, body), _changed(found, (kind, code)))
        for code, body in found.tree.get(kind, {}).items()
    ]


def _changed(found: InForce, place: Path) -> int:
    return sum(one.path[: len(place)] == place for one in found.operations)


@require_http_methods(["GET", "POST"])
@studio_page
def document_page(request: StudioRequest, kind: str, code: str) -> HttpResponseBase:
    """The values of one document, as fields or as YAML. Saving makes a proposal, no change."""
    found = in_force()
    body = value_at(found.tree, (kind, code))
    if body is ABSENT:
        raise Http404
    if request.method == "POST":
        if not may_change(request):
            raise PermissionDenied
        return _proposed(request, found, kind, code)
    return _form(request, found, kind, code, _lines(found, kind, code, {}))


def _proposed(request: StudioRequest, found: InForce, kind: str, code: str) -> HttpResponseBase:
    """Keep what was typed as a proposal; show it again when it cannot be read or says nothing."""
    wanted, problems = copied(found.tree), list[Problem]()
    is_seen = request.POST.get("seen", str(found.number)) == str(found.number)
    if not is_seen:  # fields are counted: they would be other values now
        problems.append(
            Problem("title", _("그사이 다른 판이 적용되었습니다. 지금 값을 보고 다시 고쳐 주세요."))
        )
    elif request.POST.get("as") == "yaml":
        body = _typed_yaml(request, problems)
        put(wanted, (kind, code), body if body is not None else {})
    else:
        _put_typed(request, wanted, (kind, code), problems)
    if not problems and is_unchanged(wanted, found=found):
        problems.append(Problem("title", _("바뀐 값이 없습니다.")))
    if problems:
        lines = _lines(found, kind, code, dict(request.POST.items()) if is_seen else {})
        return _form(request, found, kind, code, lines, problems=problems)
    title = request.POST.get("title", "").strip() or document_title(code, wanted[kind][code])
    return proposed(request, wanted, title=title)


def _put_typed(
    request: StudioRequest, wanted: dict[str, Any], place: Path, problems: list[Problem]
) -> None:
    for number, leaf in enumerate(leaves_of(value_at(wanted, place))):
        field = f"v{number}"
        text = request.POST.get(field, leaf.text)[:MOST_TEXT]
        if text.replace("\r\n", "\n") == leaf.text:
            continue
        try:
            put(wanted, (*place, *leaf.path), read(text, kind=leaf.kind))
        except NotReadable as refused:
            name = " › ".join(map(field_word, leaf.path))
            problems.append(Problem(field, f"{name}: {refused}"))


def _typed_yaml(request: StudioRequest, problems: list[Problem]) -> Any:
    try:
        body = read_value(request.POST.get("yaml", "")[:MOST_TEXT])
    except DomainError:
        body = None
    if not isinstance(body, dict):
        problems.append(Problem("yaml", _("YAML로 된 항목들의 묶음이어야 합니다.")))
        return None
    return body


def _lines(found: InForce, kind: str, code: str, typed: Mapping[str, Any]) -> list[Line]:
    standard = ground(found.standard_version)
    lines = []
    for number, leaf in enumerate(leaves_of(value_at(found.tree, (kind, code)))):
        field, before = f"v{number}", value_at(standard, (kind, code, *leaf.path))
        shown = "" if before is ABSENT else Leaf(leaf.path, before, leaf.kind).text
        text = str(typed.get(field, leaf.text))
        locked = locked_because((kind, code, *leaf.path), standard)
        lines.append(Line(leaf, field, shown, text, _refusal(text, leaf), locked))
    return lines


def _refusal(text: str, leaf: Leaf) -> str:
    try:
        read(text, kind=leaf.kind)
    except NotReadable as refused:
        return str(refused)
    return ""


def _form(
    request: StudioRequest,
    found: InForce,
    kind: str,
    code: str,
    lines: list[Line],
    *,
    problems: list[Problem] | None = None,
) -> HttpResponseBase:
    body = value_at(found.tree, (kind, code))
    given = request.POST if request.method == "POST" else request.GET
    facts = {
        "kind": kind,
        "code": code,
        "kind_word": kind_word(kind),
        "document": document_title(code, body),
        "found": found,
        "lines": lines,
        "as_yaml": given.get("as") == "yaml",
        "yaml": given.get("yaml") or yaml.safe_dump(body, allow_unicode=True, sort_keys=False),
        "title": given.get("title", ""),
        "problems": problems or [],
        "may_change": request.official.has(Right.SETTINGS_CHANGE),
        "place": "documents",
    }
    return show(request, "studio/document.html", facts, status=422 if problems else 200)
