"""One act on a voice: locked, allowed by the workflow, saved once, and remembered.

Every act goes the same way: `act_begin` locks the row and asks the workflow, the act changes the
voice, `act_finish` saves it under its version and writes the transition, the audit and the rest.
Callers own the transaction.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.staff.models import Official
from core_crm.staff.types import Right
from core_crm.voices.errors import (
    FieldsMissing,
    NotAllowedInState,
    RightMissing,
    TextMissing,
    VoiceAlreadyAnswered,
    VoiceChangedMeanwhile,
    VoiceNotFound,
)
from core_crm.voices.models import Voice, VoiceTransition
from core_crm.voices.selectors.finding import RELATED
from core_crm.voices.selectors.procedure import (
    ENDED,
    held_by,
    refusal_in_words,
    situation_of,
    workflow_of,
)
from core_crm.voices.selectors.required import fields_missing
from core_crm.voices.selectors.visibility import may_see
from core_crm.voices.services.act import Act
from core_crm.voices.services.publication_following import publication_follow
from core_crm.voices.services.requested import requested_run
from core_crm.voices.types import VoiceAction
from core_crm.workflows import CommentRequired, TransitionNotAllowed, Why
from tenants.rows import insert

KEPT_AS_THEY_ARE = {"id", "ref", "citizen", "channel", "received_at", "original_due_at"}
CHANGING = [
    field.attname for field in Voice._meta.concrete_fields if field.name not in KEPT_AS_THEY_ARE
]
COMMENT_LENGTH = 500
ANSWERS = (VoiceAction.ANSWER, VoiceAction.CLOSE_UNABLE)


def act_begin(
    voice: Voice,
    *,
    action: str,
    by: Official | None,
    now: datetime,
    party: str = "",
    expected_version: int | None = None,
    comment: str = "",
) -> Act:
    """Lock the voice and take the workflow's step; `party` is "citizen" or "system" without `by`.

    Raises VoiceAlreadyAnswered, VoiceChangedMeanwhile, NotAllowedInState, RightMissing.
    """
    act = act_lock(
        voice, action=action, by=by, now=now, expected_version=expected_version, comment=comment
    )
    step(act, action=action, held=held_by(by) if by else [party])
    return act


def act_lock(
    voice: Voice,
    *,
    action: str,
    by: Official | None,
    now: datetime,
    right: Right | None = None,
    expected_version: int | None = None,
    comment: str = "",
) -> Act:
    """Lock the voice for an act that leaves its state alone; `right` is what it asks for.

    Raises VoiceAlreadyAnswered, VoiceChangedMeanwhile, NotAllowedInState, RightMissing.
    """
    fresh = voice_lock(voice.pk)
    if by is not None and not (may_see(by, fresh) and (right is None or by.has(right))):
        raise RightMissing("이 민원을 처리할 권한이 없습니다.", action=str(action))
    if action in ANSWERS and fresh.phase in ENDED:
        raise VoiceAlreadyAnswered("이미 답변이 끝난 민원입니다.", **_last_act(fresh))
    if expected_version is not None and expected_version != fresh.version:
        raise _changed(fresh)
    if right is not None and fresh.phase in ENDED:
        raise NotAllowedInState("이미 끝난 민원입니다.", status=fresh.status, action=str(action))
    return Act(fresh, str(action), by, now, fresh.status, fresh.due_at, comment)


def step(act: Act, *, action: str, held: list[str]) -> None:
    """Take one step of the workflow the voice runs on.

    Raises NotAllowedInState, RightMissing, TextMissing.
    """
    voice, workflow = act.voice, workflow_of(act.voice)
    situation = situation_of(voice, held=held, official=act.by, now=act.now, action=action)
    try:
        fired = workflow.fire(voice.status, action, (), comment=act.comment, situation=situation)
    except TransitionNotAllowed as refused:
        raise _refusal(act, action, refused) from refused
    except CommentRequired as refused:
        raise TextMissing(refused.message, field="reason", **refused.facts) from refused
    act.asked += fired.requested_actions
    voice.status = fired.target
    voice.phase = workflow.standard_state(fired.target).value


def can_step(act: Act, *, action: str, held: list[str]) -> bool:
    """Would the workflow take this step from here?"""
    situation = situation_of(act.voice, held=held, official=act.by, now=act.now, action=action)
    return workflow_of(act.voice).obstacle(act.voice.status, action, situation) is None


def act_finish(act: Act, *, reason: str = "") -> Voice:
    """Save what the act changed, one version further, and remember the act.

    What its steps ask for is done before, in this transaction. Raises FieldsMissing, and
    VoiceChangedMeanwhile when somebody was faster in spite of the lock.
    """
    voice, before = act.voice, act.voice.version
    if voice.status != act.from_status and act.action != VoiceAction.MIGRATE:
        _refuse_gaps(voice)
    requested_run(act, act.asked)
    voice.version, voice.updated_at = before + 1, act.now
    values = {name: getattr(voice, name) for name in CHANGING}
    saved = Voice.objects.filter(pk=voice.pk, version=before).update(**values)
    if not saved:
        raise _changed(voice_lock(voice.pk))
    publication_follow(voice, now=act.now)
    transition_write(act)
    audit_append(
        f"voice.{act.action}",
        actor=actor_of(act.by),
        subject_kind="voice",
        subject_id=voice.pk,
        now=act.now,
        facts={"from": act.from_status, "to": voice.status, "version": voice.version},
        reason=reason[:300],
    )
    return voice


def _refuse_gaps(voice: Voice) -> None:
    missing = fields_missing(voice)
    if missing:
        words = ", ".join(missing.values())
        raise FieldsMissing(f"먼저 채워 주세요: {words}", fields=sorted(missing))


def transition_write(act: Act) -> None:
    """Remember one act: from where to where, and what it did to the clock."""
    transition = VoiceTransition(
        voice=act.voice,
        version=act.voice.version,
        action=act.action,
        from_status=act.from_status,
        to_status=act.voice.status,
        due_before=act.due_before,
        due_after=act.voice.due_at,
        by=act.by,
        at=act.now,
        comment=act.comment[:COMMENT_LENGTH],
    )
    insert(transition)


def actor_of(official: Official | None) -> Actor | None:
    """The official as the audit names them; None for the citizen and the system."""
    return Actor(id=official.id, name=official.name) if official else None


def voice_lock(pk: UUID) -> Voice:
    """The voice as it is now, kept from others until the transaction ends. Raises VoiceNotFound."""
    found = (
        Voice.objects.select_for_update(of=("self",)).select_related(*RELATED).filter(pk=pk).first()
    )
    if found is None:
        raise VoiceNotFound("그런 접수번호가 없습니다.")
    return found


def _refusal(act: Act, action: str, refused: TransitionNotAllowed) -> Exception:
    """The state, the asker or something else stands against it: different answers."""
    against = refused.obstacle
    if against.why in (Why.RIGHT, Why.DUTY):
        words = "이 일을 할 권한이 없습니다." if against.why == Why.RIGHT else ""
        return RightMissing(words or refusal_in_words(against), action=action)
    if against.why == Why.STATE:
        label = workflow_of(act.voice).state(act.voice.status).label.ko
        return NotAllowedInState(f"‘{label}’ 상태에서는 할 수 없는 일입니다.", **refused.facts)
    return NotAllowedInState(refusal_in_words(against), **refused.facts)


def _changed(fresh: Voice) -> VoiceChangedMeanwhile:
    facts = _last_act(fresh)
    return VoiceChangedMeanwhile(
        f"그사이 {facts['by'] or '시민'}님이 이 민원을 고쳤습니다. 내용을 확인하고 다시 해 주세요.",
        **facts,
    )


def _last_act(voice: Voice) -> dict[str, str | int]:
    last = voice.transitions.select_related("by__user").order_by("-version").first()
    return {
        "ref": voice.ref,
        "version": voice.version,
        "by": last.by.name if last and last.by else "",
        "action": last.action if last else "",
        "at": (last.at if last else voice.updated_at).isoformat(),
    }
