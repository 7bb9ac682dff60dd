"""`/studio/upgrade`: a newer release of the standard, seen, settled and accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core_crm.audit.types import Actor
from core_crm.staff.types import Right
from customization.public import (
    ABSENT,
    Choice,
    Conflict,
    UpgradeLook,
    UpgradeState,
    dotted,
    standard_release,
    standard_tree,
    standard_versions,
    upgrade_ask,
    upgrade_look,
    value_at,
)
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.changes import told
from sodam.studio.differences import shown
from sodam.studio.kinds import document_title, field_word, kind_word
from sodam.studio.leaves import as_text
from sodam.ui.fields import Problem
from tenants.errors import DomainError

Path = tuple[str, ...]
MOST_TEXT = 1_200


@dataclass(frozen=True, slots=True)
class Place:
    """One place in a list: what it is called, and its values. "": nothing there."""

    name: str
    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Group:
    """The places of one document."""

    heading: str
    places: list[Place]


@dataclass(frozen=True, slots=True)
class Question:
    """A conflict as it is asked: three values and a choice. `field` is its name in the form."""

    field: str
    heading: str
    name: str
    path: str
    base: str
    new: str
    mine: str
    reason: str
    chosen: str
    is_open: bool


@require_http_methods(["GET", "POST"])
@studio_page
def upgrade_page(request: StudioRequest) -> HttpResponseBase:
    """The newest release: what it brings here, in four groups. An approver accepts it."""
    look = upgrade_look(standard_versions()[-1])
    if request.method == "POST":
        return _accept(request, look)
    return _page(request, look)


def _accept(request: StudioRequest, look: UpgradeLook) -> HttpResponseBase:
    if not _may_ask(request):
        raise PermissionDenied
    chosen = {path: Choice(word) for path, word in _chosen(request, look).items() if word}
    try:
        done = upgrade_ask(
            look.version,
            by=request.official,
            actor=_actor(request),
            now=timezone.now(),
            choices=chosen,
        )
    except DomainError as refused:
        return _page(request, look, refusal=refused.message)
    said = _("표준 %(version)s판을 받아들였습니다. 지금 %(new)d판입니다.")
    return told(request, done, said, version=look.version)


def _may_ask(request: StudioRequest) -> bool:
    rights = (Right.SETTINGS_CHANGE, Right.SETTINGS_APPROVE)
    return any(request.official.has(right) for right in rights)


def _chosen(request: StudioRequest, look: UpgradeLook) -> dict[Path, str]:
    """Conflict -> the choice made, "" for none, as on a page that is out of date."""
    known = {choice.value for choice in Choice} if _is_as_seen(request, look) else set()
    given = {
        one.operation.path: request.POST.get(f"c{number}", "")
        for number, one in enumerate(look.plan.conflicts)
    }
    return {path: word if word in known else "" for path, word in given.items()}


def _is_as_seen(request: StudioRequest, look: UpgradeLook) -> bool:
    """The choices are counted: of another version in force they would mean other places."""
    return request.POST.get("seen", seen := _seen(look)) == seen


def _seen(look: UpgradeLook) -> str:
    return f"{look.version}-{look.before.number}"


def _page(request: StudioRequest, look: UpgradeLook, *, refusal: str = "") -> HttpResponseBase:
    release, plan = standard_release(look.version), look.plan
    chosen = _chosen(request, look) if request.method == "POST" else {}
    questions = [
        _question(number, one, look, chosen.get(one.operation.path), is_told=bool(refusal))
        for number, one in enumerate(plan.conflicts)
    ]
    facts = {
        "look": look,
        "seen": _seen(look),
        "release": release,
        "summary": _in_language(release.summary),
        "brings": [(kind_word(kind), _in_language(one)) for kind, one in release.brings.items()],
        "is_current": look.state == UpgradeState.CURRENT,
        "questions": questions,
        "inherited": _grouped(look, ((one.path, one.before, one.after) for one in plan.inherited)),
        "kept": _grouped(look, ((one.path, one.seen, one.wanted) for one in plan.kept)),
        "adopted": _grouped(look, ((one.path, one.seen, one.wanted) for one in plan.adopted)),
        "findings": look.problems,
        "may_accept": _may_ask(request),
        "problems": _problems(questions, refusal),
        "has_errors": bool(refusal),
        "place": "upgrade",
    }
    return show(request, "studio/upgrade.html", facts, status=422 if refusal else 200)


def _problems(questions: Iterable[Question], refusal: str) -> list[Problem]:
    """What is not chosen yet, each leading to its question; else what refused it."""
    if not refusal:
        return []
    told = _("‘%(name)s’에서 하나를 골라 주세요.")
    missing = [Problem(one.field, told % {"name": one.name}) for one in questions if one.is_open]
    return missing or [Problem("accept", refusal)]


def _question(
    number: int, one: Conflict, look: UpgradeLook, chosen: str | None, *, is_told: bool
) -> Question:
    path = one.operation.path
    return Question(
        field=f"c{number}",
        heading=_heading(path[:2], look),
        name=_name(path),
        path=dotted(path),
        base=_whole(one.base),
        new=_whole(one.new),
        mine=_whole(one.mine),
        reason=one.operation.reason,
        chosen=chosen or "",
        is_open=is_told and not chosen,
    )


def _grouped(look: UpgradeLook, places: Iterable[tuple[Path, Any, Any]]) -> list[Group]:
    found = sorted(places, key=lambda one: one[0])
    return [
        Group(
            _heading(document, look),
            [Place(_name(path), dotted(path), shown(old), shown(new)) for path, old, new in ones],
        )
        for document, ones in groupby(found, key=lambda one: one[0][:2])
    ]


def _heading(document: Path, look: UpgradeLook) -> str:
    if len(document) < 2:
        return kind_word(document[0])
    body = value_at(look.before.tree, document)
    if body is ABSENT:
        body = value_at(standard_tree(look.version), document)
    return f"{kind_word(document[0])} · {document_title(document[1], body)}"


def _name(path: Path) -> str:
    return " › ".join(map(field_word, path[2:][-3:])) or _("문서 전체")


def _whole(value: Any) -> str:
    if value is ABSENT:
        return ""
    text = as_text(value)
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}…"


def _in_language(text: Any) -> str:
    return str(text.en if (get_language() or "ko").startswith("en") else text.ko)


def _actor(request: StudioRequest) -> Actor:
    official = request.official
    return Actor(official.id, official.name, origin=request.META.get("REMOTE_ADDR", ""))
