"""Moving running voices to the workflow in force: on purpose, seen before, each with its trail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core_crm import events
from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.voices.models import Voice
from core_crm.voices.selectors.migration import MovingGroup, counted, moving_groups
from core_crm.voices.selectors.procedure import workflow_of_city
from core_crm.voices.services.acting import act_finish, act_lock
from core_crm.voices.types import VoiceAction, VoiceStepped
from core_crm.workflows import Workflow
from core_crm.workflows.moving import landing

BATCH = 500
WHY = "진행 중인 의견을 새 업무 흐름으로 옮김"


@dataclass(frozen=True, slots=True)
class Migration:
    """What a migration does or did. `left`: it was to be moved, but somebody changed it meanwhile.

    `to_digest`: the workflow in force.
    """

    to_digest: str
    groups: tuple[MovingGroup, ...]
    moved: int = 0
    left: int = 0

    @property
    def can_move(self) -> int:
        return counted(self.groups)[0]

    @property
    def stay(self) -> int:
        """How many are refused, each group with its reason."""
        return counted(self.groups)[1]


def voices_migrate(*, now: datetime, actor: Actor | None, dry_run: bool = False) -> Migration:
    """Move every open voice that can be to the workflow in force; the others stay as they are.

    No due time, class, result or clock changes: only the state's name, where `migrate` gives it
    another, and what the voice runs on. Each voice is a transaction of its own, so that a broken
    run goes on where it stopped; repeating it does nothing. `dry_run` only looks.
    """
    workflow = workflow_of_city()
    groups = tuple(moving_groups(workflow))
    if dry_run:
        return Migration(workflow.digest, groups)
    done = [_move(pk, workflow, now=now, actor=actor) for pk in _movable(groups)]
    found = Migration(workflow.digest, groups, moved=sum(done), left=len(done) - sum(done))
    if done:
        _remember(found, now=now, actor=actor)
    return found


def _movable(groups: tuple[MovingGroup, ...]) -> Iterator[UUID]:
    for group in groups:
        if group.landing.target:
            yield from list(group.members().order_by("id").values_list("id", flat=True))


@transaction.atomic
def _move(pk: UUID, workflow: Workflow, *, now: datetime, actor: Actor | None) -> bool:
    """One voice, looked at again under its lock: it may have gone on since it was counted."""
    act = act_lock(Voice(pk=pk), action=VoiceAction.MIGRATE, by=None, now=now, comment=WHY)
    voice = act.voice
    if not voice.is_open or voice.workflow_digest == workflow.digest:
        return False
    found = landing(
        workflow, voice.status, is_paused=voice.is_paused, is_settled=bool(voice.outcome)
    )
    if not found.target:
        return False
    act.comment = f"{WHY} ({voice.workflow_digest[:12]} → {workflow.digest[:12]})"
    voice.status, voice.workflow_digest = found.target, workflow.digest
    voice.phase = workflow.standard_state(found.target).value
    saved = act_finish(act, reason=actor.name if actor else "")
    events.record(
        VoiceStepped(voice_id=saved.id, action=VoiceAction.MIGRATE, to_status=saved.status)
    )
    return True


def _remember(found: Migration, *, now: datetime, actor: Actor | None) -> None:
    audit_append(
        "workflow.migrated",
        actor=actor,
        subject_kind="workflow",
        subject_id=None,
        now=now,
        facts={
            "to": found.to_digest[:12],
            "moved": found.moved,
            "left": found.left,
            "stay": found.stay,
        },
    )
