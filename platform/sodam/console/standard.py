"""P4: the releases of the standard, and how each government stands with the newest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customization.public import standard_release, standard_versions, upgrade
from sodam.console.acting import actor_of
from sodam.console.acting import note as note_act
from sodam.console.standing import Standing, standing_of
from sodam.ui.fields import Problem
from sodam.ui.platform_pages import platform_page
from tenants.context import serving_city
from tenants.errors import DomainError
from tenants.selectors import CityRow, city_list

TONES = {
    "current": ("ok", "check"),
    "ready": ("go", "upload"),
    "conflict": ("wait", "hourglass"),
    "not_valid": ("no", "alert"),
    "": ("", "clock"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One government in the list. `standing` is None until it is open."""

    code: str
    name: str
    state_word: str
    state_tone: str
    state_icon: str
    standing: Standing | None


@require_http_methods(["GET", "POST"])
@platform_page("operator", "approver")
def standard(request: HttpRequest) -> HttpResponseBase:
    """What an upgrade would do everywhere, before it is done; the operator starts it."""
    if request.method == "POST":
        return _started(request)
    return _page(request)


def _page(request: HttpRequest, *, problems: tuple[Problem, ...] = ()) -> HttpResponseBase:
    newest = standard_versions()[-1]
    lines = [_line(row, newest) for row in city_list(on=timezone.localdate())]
    opened = [line.standing for line in lines if line.standing]
    facts = {
        "releases": [_release(version) for version in reversed(standard_versions())],
        "newest": newest,
        "applies_on": standard_release(newest).applies_on,
        "lines": lines,
        "counts": {
            state: sum(one.state == state for one in opened)
            for state in ("current", "ready", "conflict", "not_valid")
        },
        "open_count": len(opened),
        "may_start": getattr(request.user, "platform_role", "") == "operator",
        "problems": problems,
        "has_errors": bool(problems),
        "menu": "standard",
    }
    return render(request, "console/standard.html", facts, status=422 if problems else 200)


def _started(request: HttpRequest) -> HttpResponseBase:
    """Move every government that has nothing to choose; the others stay and are named."""
    if getattr(request.user, "platform_role", "") != "operator":
        return HttpResponseRedirect(reverse("console_standard"), status=303)
    if request.POST.get("agreed") != "on":
        told = _("시·도들이 받아들이기로 했는지 먼저 확인해 주세요.")
        return _page(request, problems=(Problem("agreed", told),))
    newest = standard_versions()[-1]
    moved, stayed = [], []
    for row in city_list(on=timezone.localdate()):
        if row.status != "open":
            continue
        state = standing_of(row.code, newest).state
        if state == "ready" and _moved(request, row, newest):
            moved.append(row)
        elif state != "current":
            stayed.append(row)
    _tell(request, newest, moved, stayed)
    return HttpResponseRedirect(reverse("console_standard"), status=303)


def _moved(request: HttpRequest, row: CityRow, version: str) -> bool:
    actor = actor_of(request)
    note = f"표준 {version}판 받아들임 (운영자 {actor.name}, 시·도의 동의로)"
    try:
        with serving_city(row.code):
            upgrade(version, now=timezone.now(), actor=actor, note=note)
    except DomainError:
        return False
    note_act(request, "standard.moved", city=row.code, facts={"version": version})
    return True


def _tell(request: HttpRequest, version: str, moved: list[CityRow], stayed: list[CityRow]) -> None:
    said = _("%(n)d곳을 표준 %(version)s판으로 올렸습니다.")
    messages.success(request, said % {"n": len(moved), "version": version})
    if stayed:
        names = ", ".join(_name(row) for row in stayed)
        messages.warning(request, _("고를 것이 있어 그대로인 곳: %(names)s") % {"names": names})


def _line(row: CityRow, newest: str) -> Line:
    standing = standing_of(row.code, newest) if row.status == "open" else None
    state = standing.state if standing else ""
    tone, icon = TONES[state]
    return Line(row.code, _name(row), _words()[state], tone, icon, standing)


def _name(row: CityRow) -> str:
    return row.name_en if (get_language() or "ko").startswith("en") else row.name_ko


def _release(version: str) -> dict[str, Any]:
    release = standard_release(version)
    is_english = (get_language() or "ko").startswith("en")
    summary = release.summary.en if is_english else release.summary.ko
    return {"release": release, "summary": summary}


def _words() -> dict[str, str]:
    return {
        "current": _("가장 새로움"),
        "ready": _("올릴 수 있음"),
        "conflict": _("고를 것이 있음"),
        "not_valid": _("고칠 것이 있음"),
        "": _("개통 전"),
    }
