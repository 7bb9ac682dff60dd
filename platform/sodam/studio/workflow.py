"""`/studio/workflow`: the states of a voice and the steps between them, as a table and drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core_crm.voices.selectors import running_versions
from core_crm.workflows import Workflow, mermaid
from core_crm.workflows.types import StateDefinition, TransitionDefinition
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.diagram import draw
from sodam.studio.saving import may_change
from sodam.studio.workflow_desk import Desk, desk_of, other_drafts
from sodam.studio.workflow_words import (
    category_words,
    fact_words,
    field_words,
    span_word,
    standard_words,
    who,
    word,
)

TONES = {
    "start": ("", "inbox"),
    "active": ("go", "refresh"),
    "waiting": ("wait", "hourglass"),
    "done": ("ok", "check"),
    "cancelled": ("no", "ban"),
}


@dataclass(frozen=True, slots=True)
class StateLine:
    """One state, and what leads out of it. `mark`: added or changed by the open change."""

    code: str
    name: str
    url: str
    tone: str
    icon: str
    kind: str
    maps_to: str
    notes: list[str]
    ways: list[tuple[str, str]]
    mark: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step, and who may take it."""

    code: str
    name: str
    url: str
    sources: list[str]
    target: str
    who: str
    notes: list[str]
    mark: str


@require_GET
@studio_page
def workflow(request: StudioRequest) -> HttpResponseBase:
    """In force, or as an open change would have it. Drawing and tables hold the same steps."""
    desk = desk_of(request)
    edited = desk.workflow()
    known = edited or Workflow(desk.in_force_body)
    names = {code: word(state.label) for code, state in known.states()}
    marks = _Marks(desk)
    facts = {
        "desk": desk,
        "is_broken": edited is None,
        "version": known.definition.version,
        "states": [_state(known, code, one, names, marks) for code, one in known.states()],
        "steps": [_step(code, step, names, marks) for code, step in known.steps()],
        "removed": marks.removed(),
        "diagram": draw(known, names, added=marks.added("states")),
        "mermaid": mermaid(known, (get_language() or "ko")[:2]),
        "others": other_drafts(request, desk),
        "may_change": may_change(request),
        "place": "workflow",
        **_running(desk),
    }
    return show(request, "studio/workflow.html", facts)


class _Marks:
    """How the parts on the desk differ from those in force."""

    def __init__(self, desk: Desk) -> None:
        self._now, self._desk = desk.in_force_body, desk
        self._wanted = desk.body if desk.change else desk.in_force_body

    def of(self, part: str, code: str) -> str:
        before, after = self._now[part].get(code), self._wanted[part].get(code)
        if before == after:
            return ""
        return "add" if before is None else "mod"

    def added(self, part: str) -> set[str]:
        return {code for code in self._wanted[part] if code not in self._now[part]}

    def removed(self) -> list[str]:
        return [
            word(one["label"])
            for part in ("states", "transitions")
            for code, one in self._now[part].items()
            if code not in self._wanted[part]
        ]

    def url(self, kind: str, code: str) -> str:
        return f"{reverse(f'studio_workflow_{kind}', args=[code])}{self._desk.query}"


def _state(
    known: Workflow, code: str, state: StateDefinition, names: Mapping[str, str], marks: _Marks
) -> StateLine:
    tone, icon = TONES[state.category]
    ways = [(word(step.label), names[step.target]) for _code, step in known.steps_from(code)]
    return StateLine(
        code=code,
        name=names[code],
        url=marks.url("state", code),
        tone=tone,
        icon=icon,
        kind=category_words()[state.category],
        maps_to=standard_words()[state.maps_to],
        notes=_state_notes(state),
        ways=ways,
        mark=marks.of("states", code),
    )


def _state_notes(state: StateDefinition) -> list[str]:
    notes = []
    if state.clock:
        span = span_word(state.clock.unit, state.clock.amount)
        notes.append(_("목표 %(span)s 안") % {"span": span})
    if state.required_fields:
        fields = [field_words().get(one, one) for one in sorted(state.required_fields)]
        notes.append(_("먼저 채울 것: %(fields)s") % {"fields": ", ".join(fields)})
    return notes


def _step(
    code: str, step: TransitionDefinition, names: Mapping[str, str], marks: _Marks
) -> StepLine:
    return StepLine(
        code=code,
        name=word(step.label),
        url=marks.url("step", code),
        sources=[names[one] for one in step.source],
        target=names[step.target],
        who=", ".join(who(step.model_dump(mode="json"))),
        notes=_step_notes(step),
        mark=marks.of("transitions", code),
    )


def _step_notes(step: TransitionDefinition) -> list[str]:
    notes = {
        _("사유를 꼭 적음"): step.requires_comment,
        _("앞 단계를 한 사람은 못 함"): step.separation_of_duty,
        _("조건: %(guard)s") % {"guard": _guard(step.guard)}: bool(step.guard),
        _("플러그인 조건 %(n)d가지") % {"n": len(step.plugin_guards)}: bool(step.plugin_guards),
        _("딸린 일 %(n)d가지") % {"n": len(step.actions)}: bool(step.actions),
    }
    if step.auto_after:
        span = span_word(step.auto_after.unit, step.auto_after.amount)
        notes[_("%(span)s 지나면 저절로") % {"span": span}] = True
    return [note for note, holds in notes.items() if holds]


def _guard(guard: str) -> str:
    """A condition as written; one that is a single fact says beside it what it asks."""
    asked = fact_words().get(guard)
    return f"{guard} ({asked})" if asked else guard


def _running(desk: Desk) -> dict[str, Any]:
    """Open voices: on the workflow in force, and on earlier ones."""
    counts, digest = running_versions(), desk.in_force_digest
    current = counts.pop(digest, 0)
    return {"digest": digest[:12], "running": current, "running_before": sum(counts.values())}
