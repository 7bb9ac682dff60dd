"""`/studio/workflow`: the states of a voice and the steps between them, as a table and drawn."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core_crm.staff.types import RIGHTS_BY_ROLE, ROLE_LABELS_KO, Right
from core_crm.voices.selectors import workflow_of_city
from core_crm.workflows import Workflow, mermaid
from core_crm.workflows.types import Label, TransitionDefinition
from sodam.studio.access import show, studio_page
from sodam.studio.diagram import draw

TONES = {
    "start": ("", "inbox"),
    "active": ("go", "refresh"),
    "waiting": ("wait", "hourglass"),
    "done": ("ok", "check"),
    "cancelled": ("no", "ban"),
}


@dataclass(frozen=True, slots=True)
class StateLine:
    """One state, and what leads out of it."""

    code: str
    name: str
    tone: str
    icon: str
    kind: str
    maps_to: str
    ways: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step, and who may take it."""

    name: str
    sources: list[str]
    target: str
    who: str
    needs_reason: bool


@studio_page
def workflow(request: HttpRequest) -> HttpResponseBase:
    """The workflow effective now. The drawing and the tables hold the same steps."""
    known = workflow_of_city()
    names = {code: _word(state.label) for code, state in known.states()}
    facts = {
        "version": known.definition.version,
        "digest": known.digest[:12],
        "states": [_state(known, code, names) for code, _state_ in known.states()],
        "steps": [_step(step, names) for _code, step in known.steps()],
        "diagram": draw(known, names),
        "mermaid": mermaid(known, (get_language() or "ko")[:2]),
        "place": "workflow",
    }
    return show(request, "studio/workflow.html", facts)


def _state(known: Workflow, code: str, names: dict[str, str]) -> StateLine:
    state = known.state(code)
    tone, icon = TONES[state.category]
    ways = [
        (_word(step.label), names[step.target])
        for _code, step in known.steps()
        if code in step.source
    ]
    return StateLine(code, names[code], tone, icon, _kinds()[state.category], state.maps_to, ways)


def _step(step: TransitionDefinition, names: dict[str, str]) -> StepLine:
    return StepLine(
        name=_word(step.label),
        sources=[names[code] for code in step.source],
        target=names[step.target],
        who=", ".join(_who(step)),
        needs_reason=step.requires_comment,
    )


def _who(step: TransitionDefinition) -> list[str]:
    """The roles that hold one of the step's rights, then the citizen and the system."""
    holders = [
        _(label)
        for role, label in ROLE_LABELS_KO.items()
        if RIGHTS_BY_ROLE[role] & {Right(right) for right in step.rights if right in list(Right)}
    ]
    others = {"citizen": _("시민"), "system": _("시스템")}
    return holders + [word for code, word in others.items() if code in step.roles]


def _kinds() -> dict[str, str]:
    return {
        "start": _("시작"),
        "active": _("진행"),
        "waiting": _("시계 멈춤"),
        "done": _("끝"),
        "cancelled": _("처리하지 않고 끝"),
    }


def _word(label: Label) -> str:
    return label.en if (get_language() or "ko").startswith("en") else label.ko
