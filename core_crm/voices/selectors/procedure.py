"""What may be done to a voice: the city's workflow document asked for one person."""

from __future__ import annotations

from collections.abc import Mapping

from core_crm.staff.models import Official
from core_crm.staff.types import Right
from core_crm.voices.models import Voice
from core_crm.voices.selectors.visibility import may_see
from core_crm.voices.types import AllowedAction, VoiceAction, VoicePhase
from core_crm.workflows import UnknownState, Workflow, city_workflow
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


def workflow_of_city() -> Workflow:
    """The workflow of voices effective now in the city being served."""
    return city_workflow(WORKFLOW)


def held_by(official: Official) -> list[str]:
    """All the workflow may ask an official for: their roles and their rights."""
    return [*official.roles, *official.rights]


def facts_of(voice: Voice) -> Mapping[str, bool | int | str | None]:
    """What a step's conditions may ask of a voice."""
    return {
        "petition_class": voice.petition_class,
        "channel": voice.channel,
        "is_compound": voice.is_compound,
        "is_joint": voice.is_joint,
        "has_officer": voice.officer_id is not None,
        "reopened_count": voice.reopened_count,
    }


def status_label(status: str, *, language: str = "ko") -> str:
    """The name of a state in this city's words; the code when the document knows it no more."""
    workflow = workflow_of_city()
    try:
        label = workflow.state(status).label
    except UnknownState:
        return status
    return _word(label, language)


def allowed_actions(
    voice: Voice, official: Official | None, *, language: str = "ko"
) -> list[AllowedAction]:
    """What this official (or, without one, the citizen) may do now, and what not, and why not.

    Steps that lead nowhere from here are left out; a step of the document that only the rights
    forbid stays, with the reason, because a hidden button teaches nothing.
    """
    workflow = workflow_of_city()
    here = workflow.known(voice.status)
    held = held_by(official) if official else [CITIZEN]
    is_seen = official is None or may_see(official, voice)
    may = {step.action for step in workflow.allowed(here, held, facts_of(voice))}
    steps = [
        _allowed(code, _word(step.label, language), is_allowed=is_seen and code in may)
        for code, step in workflow.steps()
        if here in step.source and (official is not None or code in may)
    ]
    if official is not None and voice.phase not in ENDED:
        steps += [
            _allowed(
                code,
                _word(label, language),
                is_allowed=is_seen and _may_without_step(voice, official, code),
            )
            for code, label in STATELESS.items()
        ]
    return steps


def _allowed(code: str, label: str, *, is_allowed: bool) -> AllowedAction:
    why_not = "" if is_allowed else "이 일을 할 권한이 없거나 지금은 할 수 없습니다."
    return AllowedAction(code, label, is_allowed, why_not)


def _may_without_step(voice: Voice, official: Official, code: str) -> bool:
    """The acts no document names: whoever sorts may reclassify; a stopped clock is left alone."""
    if code == VoiceAction.RECLASSIFY and official.has(Right.VOICE_ASSIGN):
        return True
    return official.has(Right.VOICE_HANDLE) and not (
        voice.is_paused and code in (VoiceAction.EXTEND, VoiceAction.INSPECT)
    )


def _word(label: Label, language: str) -> str:
    return label.en if language == "en" else label.ko
