"""Voices' histories as a workflow sees them, to run them through another one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch

from core_crm.staff.models import Official
from core_crm.voices.models import Voice, VoiceTransition
from core_crm.voices.selectors.finding import RELATED
from core_crm.voices.selectors.procedure import CITIZEN, SYSTEM, facts_of, held_by
from core_crm.voices.types import VoiceAction, VoiceChannel
from core_crm.workflows.replaying import ASSIGN, History, PastStep

MOST = 5000
NOT_STEPS = frozenset(
    {
        VoiceAction.REGISTER,
        VoiceAction.APPEND,
        VoiceAction.EXTEND,
        VoiceAction.INSPECT,
        VoiceAction.OUTAGE,
        VoiceAction.RECLASSIFY,
    }
)
NO_OFFICIAL = frozenset({CITIZEN, SYSTEM})
SORTING = "sorting"


def voice_histories(*, since: datetime, until: datetime, most: int = MOST) -> list[History]:
    """The newest voices received in [since, until), with all their acts; in three queries.

    What came by a file is left out: it was handled elsewhere, by no workflow of ours.
    """
    found = (
        Voice.objects.filter(received_at__gte=since, received_at__lt=until)
        .exclude(channel=VoiceChannel.IMPORT)
        .select_related(*RELATED)
        .defer("body", "search_terms", "due_steps")
        .prefetch_related(
            Prefetch("transitions", queryset=VoiceTransition.objects.order_by("version"))
        )
        .order_by("-received_at", "-id")[:most]
    )
    voices = list(found)
    held = _held({act.by_id for voice in voices for act in voice.transitions.all() if act.by_id})
    return [_history(voice, held) for voice in voices]


def _held(official_ids: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """What each of these officials may do today: nobody kept what they might do then."""
    found = Official.objects.filter(pk__in=list(official_ids)).select_related("user")
    return {one.pk: frozenset(map(str, held_by(one))) for one in found}


def _history(voice: Voice, held: dict[UUID, frozenset[str]]) -> History:
    steps = [_step(act, held) for act in voice.transitions.all() if act.action not in NOT_STEPS]
    return History(
        name=voice.ref,
        began_at=voice.received_at,
        facts=facts_of(voice),
        steps=tuple(step for step in steps if step is not None),
    )


def _step(act: VoiceTransition, held: dict[UUID, frozenset[str]]) -> PastStep | None:
    """An assignment that left the state alone handed work over: that asks no workflow."""
    is_handed_over = act.action == ASSIGN and act.from_status == act.to_status
    if is_handed_over:
        return None
    return PastStep(
        action=act.action,
        at=act.at,
        held=held.get(act.by_id, NO_OFFICIAL) if act.by_id else NO_OFFICIAL,
        by=str(act.by_id or ""),
        comment=act.comment,
        is_named=act.to_status != SORTING,
        to_status=act.to_status,
    )
