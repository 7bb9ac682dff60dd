"""`/studio/workflow/…/remove`: taking out a state or a step, with all that goes with it told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.saving import may_change
from sodam.studio.workflow_desk import Body, Desk, desk_of, saved
from sodam.studio.workflow_editing import in_names
from sodam.studio.workflow_words import word
from sodam.ui.fields import Problem


@dataclass(frozen=True, slots=True)
class Removal:
    """The document without a part. `gone`: steps that go with a state; `shorter`: that lose it."""

    body: Body
    gone: list[str]
    shorter: list[str]


@require_http_methods(["GET", "POST"])
@studio_page
def remove_page(request: StudioRequest, part: str, code: str) -> HttpResponseBase:
    """What would go; then it goes into the change. A graph that breaks is refused with why."""
    if not may_change(request):
        raise PermissionDenied
    desk, kind = desk_of(request), "states" if part == "states" else "transitions"
    if code not in desk.body[kind]:
        raise Http404
    name = word(desk.body[kind][code]["label"])
    if kind == "states":
        removal = without_state(desk.body, code, becomes=_becomes(request, desk, code))
    else:
        removal = without_step(desk.body, code)
    problems = [
        Problem("becomes" if kind == "states" else "", in_names(one.message, desk.body))
        for one in desk.findings(removal.body)
    ]
    if request.method == "POST" and not problems:
        title = _("업무 흐름: ‘%(name)s’ 뺌") % {"name": name}
        return saved(request, desk, removal.body, title=title)
    facts = {"part": part, "code": code, "name": name, "removal": removal, "desk": desk}
    return _show(request, facts, problems if request.method == "POST" else [], desk, code)


def without_state(body: Body, code: str, *, becomes: str) -> Removal:
    """The workflow without a state; running voices in it become `becomes` when they are moved."""
    gone, shorter = [], []
    for step_code, step in list(body["transitions"].items()):
        if step["target"] == code or step["source"] == [code]:
            gone.append(word(step["label"]))
            del body["transitions"][step_code]
        elif code in step["source"]:
            shorter.append(word(step["label"]))
            step["source"] = [one for one in step["source"] if one != code]
    del body["states"][code]
    if becomes:
        body["migrate"] = {**_redirected(body, code, becomes), code: becomes}
    return Removal(body, gone, shorter)


def without_step(body: Body, code: str) -> Removal:
    del body["transitions"][code]
    return Removal(body, [], [])


def _redirected(body: Body, code: str, becomes: str) -> Mapping[str, str]:
    """What became this state before becomes the other one now."""
    known = body.get("migrate", {})
    return {old: becomes if new == code else new for old, new in known.items()}


def _becomes(request: StudioRequest, desk: Desk, code: str) -> str:
    chosen = request.POST.get("becomes", "")
    return chosen if chosen in desk.body["states"] and chosen != code else ""


def _show(
    request: StudioRequest,
    facts: dict[str, Any],
    problems: list[Problem],
    desk: Desk,
    code: str,
) -> HttpResponseBase:
    others = [
        (other, word(one["label"])) for other, one in desk.body["states"].items() if other != code
    ]
    more = {
        "problems": problems,
        "others": others,
        "becomes": request.POST.get("becomes", ""),
        "is_initial": code == desk.body["initial"],
        "place": "workflow",
    }
    status = 422 if problems else 200
    return show(request, "studio/workflow_remove.html", facts | more, status=status)
