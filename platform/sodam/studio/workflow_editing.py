"""`/studio/workflow/states/…`, `/steps/…`: one of them as a form; saving makes a change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customization.public import Problem as Finding
from customization.public import ground, locked_because
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.saving import may_change
from sodam.studio.workflow_desk import PLACE, Body, Desk, desk_of, saved
from sodam.studio.workflow_state_form import StateForm
from sodam.studio.workflow_step_form import StepForm
from sodam.studio.workflow_words import fact_words, standard_words, word

Editor = StateForm | StepForm
FIELDS = {
    "label": "label_ko",
    "clock": "clock_amount",
    "guard_says": "says_ko",
    "roles": "rights",
    "auto_after": "auto_amount",
    "actions": "template",
}
"""Places of the document whose field in the form has another name."""


@require_http_methods(["GET", "POST"])
@studio_page
def state_page(request: StudioRequest, code: str = "") -> HttpResponseBase:
    """A state of the workflow, or a new one with its ways in and out."""
    desk = desk_of(request)
    _known(desk, "states", code)
    locked = _maps_to_lock(desk, code)
    if request.method != "POST":
        return _show_state(request, desk, code, StateForm(body=desk.body, code=code), locked)
    data = request.POST.copy()
    if locked:
        data["maps_to"] = desk.body["states"][code]["maps_to"]
    form = StateForm(data, body=desk.body, code=code)
    done = _taken(request, desk, form, ("states", code))
    return done or _show_state(request, desk, code, form, locked)


@require_http_methods(["GET", "POST"])
@studio_page
def step_page(request: StudioRequest, code: str = "") -> HttpResponseBase:
    """A step of the workflow, or a new one."""
    desk = desk_of(request)
    _known(desk, "transitions", code)
    if request.method != "POST":
        return _show_step(request, desk, code, StepForm(body=desk.body, code=code))
    form = StepForm(request.POST, body=desk.body, code=code)
    done = _taken(request, desk, form, ("transitions", code))
    return done or _show_step(request, desk, code, form)


def _known(desk: Desk, part: str, code: str) -> None:
    if code and code not in desk.body[part]:
        raise Http404


def _maps_to_lock(desk: Desk, code: str) -> str:
    """Why a standard state is compared as what it is; "" for a city's own."""
    place = (*PLACE, "states", code, "maps_to")
    return locked_because(place, ground(desk.found.standard_version)) if code else ""


def _taken(
    request: StudioRequest, desk: Desk, form: Editor, place: tuple[str, str]
) -> HttpResponseBase | None:
    """Save what was filled in; None when something of it has to be mended first."""
    if not may_change(request):
        raise PermissionDenied
    if not form.is_valid():
        return None
    body = form.edited()
    tell(form, desk.findings(body), body)
    if form.is_valid() and body == desk.body:
        form.add_error(None, _("바뀐 값이 없습니다."))
    if not form.is_valid():
        return None
    what = _("상태") if place[0] == "states" else _("단계")
    title = request.POST.get("title", "").strip() or _("업무 흐름: %(what)s ‘%(name)s’") % {
        "what": what,
        "name": form.cleaned_data["label_ko"],
    }
    return saved(request, desk, body, title=title)


def tell(form: Editor, findings: Iterable[Finding], body: Body) -> None:
    """Each finding beside the field it is about, with names for codes."""
    for one in findings:
        hint = f" — ‘{one.meant}’?" if one.meant else ""
        form.add_error(_field(form, one.path), f"{in_names(one.message, body)}{hint}")


def _field(form: Editor, path: tuple[str, ...]) -> str | None:
    """A finding of the whole graph stands beside where this part leads or what it is."""
    if len(path) > 4:
        name = FIELDS.get(path[4], path[4])
        return name if name in form.fields else None
    if len(path) == 4 and "rights" in form.fields:
        return "rights"
    return next((name for name in ("in_from", "target", "category") if name in form.fields), None)


def in_names(message: str, body: Mapping[str, Any]) -> str:
    """The message with the names of states and steps beside their codes."""
    known = {code: word(one["label"]) for code, one in body["transitions"].items()}
    known |= {code: word(one["label"]) for code, one in body["states"].items()}
    codes = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    return re.sub(
        rf"(?<![\w.])({codes})(?![\w.])", lambda found: f"{known[found[1]]}({found[1]})", message
    )


def _show_state(
    request: StudioRequest, desk: Desk, code: str, form: StateForm, locked: str
) -> HttpResponseBase:
    state = desk.body["states"].get(code, {})
    facts = {
        "locked": locked,
        "locked_word": standard_words().get(str(state.get("maps_to", "")), ""),
        "is_initial": code == desk.body["initial"],
    }
    return _show(request, "studio/workflow_state.html", desk, code, form, state, facts)


def _show_step(request: StudioRequest, desk: Desk, code: str, form: StepForm) -> HttpResponseBase:
    step = desk.body["transitions"].get(code, {})
    facts = {"facts_known": list(fact_words().items()), "when": step.get("when", {})}
    return _show(request, "studio/workflow_step.html", desk, code, form, step, facts)


def _show(
    request: StudioRequest,
    template: str,
    desk: Desk,
    code: str,
    form: Editor,
    part: Mapping[str, Any],
    more: Mapping[str, Any],
) -> HttpResponseBase:
    facts = {
        "desk": desk,
        "code": code,
        "name": word(part["label"]) if part else "",
        "form": form,
        "change_title": request.POST.get("title", ""),
        "may_change": may_change(request),
        "place": "workflow",
        **more,
    }
    return show(request, template, facts, status=422 if form.errors else 200)
