"""How long voices have been in their states, and which steps the clock takes for that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from core_crm.calendars import city_calendar
from core_crm.voices.models import Voice, VoiceTransition
from core_crm.voices.selectors.duties import voices_open
from core_crm.voices.selectors.finding import RELATED
from core_crm.voices.selectors.procedure import SYSTEM, WORKFLOW, situation_of, workflow_of
from core_crm.workflows import TransitionDefinition, Workflow, pinned_workflow
from core_crm.workflows.spans import span_ends_at, surely_not_before

CHUNK = 500

Step = tuple[str, TransitionDefinition]


def with_entry(voices: QuerySet[Voice]) -> QuerySet[Any]:
    """Each voice with `entered_at`: when it came into its present state."""
    came = (
        VoiceTransition.objects.filter(voice=OuterRef("pk"), to_status=OuterRef("status"))
        .exclude(from_status=F("to_status"))
        .order_by("-version")
        .values("at")[:1]
    )
    return voices.annotate(entered_at=Subquery(came))


def entered_at(voice: Voice) -> datetime:
    """When this voice came into its present state."""
    came = voice.transitions.filter(to_status=voice.status).exclude(from_status=F("to_status"))
    found = came.order_by("-version").values_list("at", flat=True).first()
    return found or voice.received_at


@dataclass(frozen=True, slots=True)
class StateAim:
    """By when the city wants a voice to leave its state. `is_soon`: the warning has begun."""

    ends_at: datetime
    is_soon: bool
    is_over: bool


def state_aim(voice: Voice, *, now: datetime) -> StateAim | None:
    """The aim of the state the voice is in; None without one, with no query."""
    state = workflow_of(voice).definition.states.get(voice.status)
    aim = state.clock if state else None
    if aim is None:
        return None
    start = entered_at(voice)
    ends = span_ends_at(aim, start=start, calendar=city_calendar())
    warned_from = start + (ends - start) * aim.warn_percent / 100
    return StateAim(ends, is_soon=warned_from <= now <= ends, is_over=now > ends)


def voices_to_step(*, now: datetime) -> Iterator[tuple[Voice, str]]:
    """Voices that have stayed so long that the clock takes a step for them, and which.

    Guards are asked here already, so that one that refuses costs no lock.
    """
    for digest, status in _pairs():
        steps = _timed(pinned_workflow(WORKFLOW, digest), status)
        if steps:
            yield from _of_state(digest, status, steps, now=now)


def _pairs() -> list[tuple[str, str]]:
    """(workflow, state) of all open voices."""
    found = voices_open().values_list("workflow_digest", "status").distinct()
    return sorted(found)


def _timed(workflow: Workflow, status: str) -> list[Step]:
    return [(code, step) for code, step in workflow.steps_from(status) if step.auto_after]


def _of_state(
    digest: str, status: str, steps: list[Step], *, now: datetime
) -> Iterator[tuple[Voice, str]]:
    soonest = min(surely_not_before(step.auto_after) for _code, step in steps if step.auto_after)
    waiting = with_entry(voices_open().filter(workflow_digest=digest, status=status))
    long_ago = waiting.filter(entered_at__lte=now - soonest).select_related(*RELATED)
    for voice in long_ago.order_by("id").iterator(chunk_size=CHUNK):
        action = _due_step(voice, steps, now=now)
        if action:
            yield voice, action


def _due_step(voice: Voice, steps: list[Step], *, now: datetime) -> str:
    """The first step in the document's order whose time has come and that nothing forbids."""
    start, calendar, workflow = vars(voice)["entered_at"], city_calendar(), workflow_of(voice)
    for code, step in steps:
        if step.auto_after and span_ends_at(step.auto_after, start=start, calendar=calendar) <= now:
            situation = situation_of(voice, held=[SYSTEM], now=now, action=code)
            if workflow.obstacle(voice.status, code, situation) is None:
                return code
    return ""
