"""What may be done to a voice: the city's workflow document asked for one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import F

from core_crm import extension_points
from core_crm.staff.models import Official
from core_crm.staff.types import Right
from core_crm.voices.models import Voice
from core_crm.voices.selectors.case_view import case_view
from core_crm.voices.selectors.visibility import may_see
from core_crm.voices.types import AllowedAction, VoiceAction, VoicePhase
from core_crm.workflows import (
    Obstacle,
    Situation,
    TransitionDefinition,
    UnknownState,
    Why,
    Workflow,
    city_workflow,
    pinned_workflow,
)
from core_crm.workflows.types import Label

WORKFLOW = "voice"
CITIZEN, SYSTEM = "citizen", "system"
ENDED = (
    VoicePhase.ANSWERED,
    VoicePhase.UNABLE,
    VoicePhase.WITHDRAWN,
    VoicePhase.TRANSFERRED,
    VoicePhase.CLOSED,
)
STATELESS = {
    VoiceAction.EXTEND: Label(ko="처리기간 연장", en="Extend"),
    VoiceAction.INSPECT: Label(ko="현장조사", en="Field inspection"),
    VoiceAction.RECLASSIFY: Label(ko="분류 고치기", en="Reclassify"),
}
"""Acts that change the clock or the class and leave the state alone; no document names them."""


REFUSALS = {
    Why.STATE: "지금 상태에서는 할 수 없는 일입니다.",
    Why.RIGHT: "이 일을 할 권한이 없거나 지금은 할 수 없습니다.",
    Why.FACT: "이 의견에는 하지 않는 일입니다.",
    Why.GUARD: "정해진 조건이 맞지 않아 할 수 없습니다.",
    Why.PLUGIN: "정해진 조건이 맞지 않아 할 수 없습니다.",
    Why.DUTY: "앞 단계를 한 사람은 할 수 없는 일입니다. 다른 사람에게 부탁해 주세요.",
}


def workflow_of_city() -> Workflow:
    """The workflow of voices effective now in the city being served: new voices begin with it."""
    return city_workflow(WORKFLOW)


def workflow_of(voice: Voice) -> Workflow:
    """The workflow this voice runs on: the one it pinned when it was registered."""
    return pinned_workflow(WORKFLOW, voice.workflow_digest)


def steps_here(voice: Voice) -> list[tuple[str, TransitionDefinition]]:
    """The steps that leave the voice's state; none when its workflow knows the state no more.

    That can only be when nobody kept the workflow it began with: its page opens all the same.
    """
    try:
        return workflow_of(voice).steps_from(voice.status)
    except UnknownState:
        return []


def held_by(official: Official) -> list[str]:
    """All the workflow may ask an official for: their roles and their rights."""
    return [*official.roles, *official.rights]


def facts_of(voice: Voice) -> Mapping[str, bool | int | str | None]:
    """What a step's conditions may ask of a voice."""
    return {
        "category": voice.category_code,
        "channel": voice.channel,
        "department": voice.department.code if voice.department else "",
        "has_contact": bool(voice.citizen.phone or voice.citizen.email),
        "has_officer": voice.officer_id is not None,
        "is_compound": voice.is_compound,
        "is_joint": voice.is_joint,
        "is_public": voice.is_public,
        "language": voice.language,
        "petition_class": voice.petition_class,
        "reopened_count": voice.reopened_count,
        "service": voice.service_code,
    }


def situation_of(
    voice: Voice,
    *,
    held: list[str],
    official: Official | None = None,
    now: datetime | None = None,
    action: str = "",
) -> Situation:
    """The voice as the steps from its state (or just `action`) ask of it.

    Without `now` no plugin is asked. A query only when one of the steps separates duties.
    """
    steps = [step for code, step in steps_here(voice) if action in ("", code)]
    guards = {code for step in steps for code in step.plugin_guards.values()}
    is_separated = official is not None and any(step.separation_of_duty for step in steps)
    return Situation(
        held=frozenset(map(str, held)),
        facts=facts_of(voice),
        refusals=_refusals(guards, voice, now=now) if now and guards else {},
        led_here=is_separated and _led_here(voice) == (official.pk if official else None),
    )


def _refusals(guards: set[str], voice: Voice, *, now: datetime) -> dict[str, str]:
    """What plugins say against a step. One that is not in force here says nothing."""
    view, found = case_view(voice), {}
    for code in sorted(guards):
        added = extension_points.workflow_guards.get(code)
        if added is not None and (says := added.what.refuses(view, now)):
            found[code] = says
    return found


def _led_here(voice: Voice) -> UUID | None:
    """Whose step brought the voice into its state; None for the citizen and the system.

    Going over to another workflow is nobody's step: it renames the state at most.
    """
    taken = voice.transitions.exclude(action=VoiceAction.MIGRATE)
    steps = taken.exclude(from_status=F("to_status"))
    return steps.order_by("-version").values_list("by_id", flat=True).first()


def status_label(status: str, *, digest: str, language: str = "ko") -> str:
    """The name of a state in this city's words; the code when the document knows it no more.

    `digest`: the workflow that the voice pinned.
    """
    workflow = pinned_workflow(WORKFLOW, digest)
    try:
        label = workflow.state(status).label
    except UnknownState:
        return status
    return _word(label, language)


def step_words(voice: Voice, *, language: str = "ko") -> dict[str, str]:
    """What the steps of the voice's workflow are called, by their codes."""
    return {code: _word(step.label, language) for code, step in workflow_of(voice).steps()}


def allowed_actions(
    voice: Voice,
    official: Official | None,
    *,
    language: str = "ko",
    now: datetime | None = None,
) -> list[AllowedAction]:
    """What this official (or, without one, the citizen) may do now, and what not, and why not.

    Steps that lead nowhere from here are left out; a step of the document that something forbids
    stays, with the reason, because a hidden button teaches nothing. With `now` the guards of
    plugins are asked too; the act itself always asks them.
    """
    workflow = workflow_of(voice)
    held = held_by(official) if official else [CITIZEN]
    is_seen = official is None or may_see(official, voice)
    situation = situation_of(voice, held=held, official=official, now=now)
    against = {
        code: workflow.obstacle(voice.status, code, situation) if is_seen else Obstacle(Why.RIGHT)
        for code, _step in steps_here(voice)
    }
    steps = [
        replace(
            _allowed(code, step.label, against[code], language=language),
            requires_comment=step.requires_comment,
        )
        for code, step in steps_here(voice)
        if official is not None or against[code] is None
    ]
    if official is not None and voice.phase not in ENDED:
        steps += [
            _allowed(
                code,
                label,
                None
                if is_seen and _may_without_step(voice, official, code)
                else Obstacle(Why.RIGHT),
                language=language,
            )
            for code, label in STATELESS.items()
        ]
    return steps


def _allowed(code: str, label: Label, against: Obstacle | None, *, language: str) -> AllowedAction:
    why_not = refusal_in_words(against, language=language) if against else ""
    return AllowedAction(code, _word(label, language), against is None, why_not)


def refusal_in_words(against: Obstacle, *, language: str = "ko") -> str:
    """The document's or the plugin's own words, else the sentence for such a reason."""
    says = (against.says_en if language == "en" else "") or against.says
    return says or REFUSALS[against.why]


def _may_without_step(voice: Voice, official: Official, code: str) -> bool:
    """The acts no document names: whoever sorts may reclassify; a stopped clock is left alone."""
    if code == VoiceAction.RECLASSIFY and official.has(Right.VOICE_ASSIGN):
        return True
    return official.has(Right.VOICE_HANDLE) and not (
        voice.is_paused and code in (VoiceAction.EXTEND, VoiceAction.INSPECT)
    )


def _word(label: Label, language: str) -> str:
    return label.en if language == "en" else label.ko
