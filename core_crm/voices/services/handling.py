"""What officials do with a voice on its way to an answer: assign, take, start, note."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core_crm import events
from core_crm.staff.errors import OfficialInactive
from core_crm.staff.models import Department, Official
from core_crm.staff.selectors import departments_under
from core_crm.voices.errors import (
    DepartmentMismatch,
    NotAllowedInState,
    RightMissing,
    TextMissing,
    WordUnknown,
)
from core_crm.voices.models import Voice, VoiceEntry
from core_crm.voices.selectors.procedure import ENDED, SYSTEM, held_by
from core_crm.voices.selectors.visibility import may_see
from core_crm.voices.services.act import Act
from core_crm.voices.services.acting import act_begin, act_finish, act_lock, can_step, step
from core_crm.voices.services.drafts import draft_drop
from core_crm.voices.types import (
    DraftKind,
    EntryKind,
    VoiceAction,
    VoiceAppended,
    VoiceAssigned,
    VoiceStarted,
    VoiceStepped,
)


@transaction.atomic
def voice_assign(
    voice: Voice,
    *,
    department: Department,
    officer: Official | None = None,
    by: Official | None,
    now: datetime,
    expected_version: int | None = None,
    comment: str = "",
) -> Voice:
    """Give the voice to a department and perhaps to one of its people; `by` None is a rule's act.

    Without an officer a new voice is being sorted; an officer's voice given to a department waits
    there for somebody to take it. Raises DepartmentMismatch, OfficialInactive and
    what every act raises.
    """
    if officer is not None and not officer.is_active:
        raise OfficialInactive("사용이 중지된 계정에는 맡길 수 없습니다.", officer=str(officer.id))
    if officer is not None and officer.department_id not in departments_under(department):
        raise DepartmentMismatch(
            "이 부서의 직원이 아닙니다.", department=department.code, officer=str(officer.id)
        )
    act = act_lock(
        voice,
        action=VoiceAction.ASSIGN,
        by=by,
        now=now,
        expected_version=expected_version,
        comment=comment,
    )
    _step_to_assigned(act, is_named=officer is not None)
    act.voice.department, act.voice.officer = department, officer
    saved = act_finish(act)
    events.record(VoiceAssigned(saved.id, department.code, officer.id if officer else None))
    return saved


def voice_take(
    voice: Voice, *, by: Official, now: datetime, expected_version: int | None = None
) -> Voice:
    """Assign the voice to oneself, in one's own department."""
    if by.department is None:
        raise DepartmentMismatch("소속 부서가 없는 직원입니다.", officer=str(by.id))
    under = departments_under(voice.department) if voice.department else []
    department = voice.department if by.department_id in under else by.department
    return voice_assign(
        voice,
        department=department or by.department,
        officer=by,
        by=by,
        now=now,
        expected_version=expected_version,
    )


def _step_to_assigned(act: Act, *, is_named: bool) -> None:
    held = held_by(act.by) if act.by else [SYSTEM]
    if not is_named and can_step(act, action=VoiceAction.SORT, held=held):
        step(act, action=VoiceAction.SORT, held=held)
        return
    from_status = act.voice.status, act.voice.phase
    step(act, action=VoiceAction.ASSIGN, held=held)
    if not is_named and from_status[1] == "sorting":
        act.voice.status, act.voice.phase = from_status  # still nobody's: it goes on being sorted


@transaction.atomic
def voice_start(
    voice: Voice, *, by: Official, now: datetime, expected_version: int | None = None
) -> Voice:
    """Begin to work on it. Who begins a voice that is nobody's becomes its officer."""
    act = act_begin(
        voice, action=VoiceAction.START, by=by, now=now, expected_version=expected_version
    )
    act.voice.officer = act.voice.officer or by
    saved = act_finish(act)
    events.record(VoiceStarted(saved.id))
    return saved


@transaction.atomic
def voice_step(
    voice: Voice,
    *,
    action: str,
    by: Official | None,
    now: datetime,
    comment: str = "",
    expected_version: int | None = None,
) -> Voice:
    """Take a step that only this city's workflow knows; it moves the state and nothing else.

    `by` None is the system, for a step that the clock takes.

    Raises WordUnknown for an act that has a service of its own, NotAllowedInState for a step that
    would end the voice without an outcome, and what every act raises.
    """
    if action in list(VoiceAction):
        raise WordUnknown("이 일은 따로 정해진 방법으로 합니다.", action=action)
    act = act_begin(
        voice,
        action=action,
        by=by,
        now=now,
        party=SYSTEM,
        expected_version=expected_version,
        comment=comment,
    )
    if act.voice.phase in ENDED:
        raise NotAllowedInState("결과 없이 끝낼 수 없습니다.", action=action)
    saved = act_finish(act, reason=comment)
    events.record(VoiceStepped(voice_id=saved.id, action=action, to_status=saved.status))
    return saved


@transaction.atomic
def voice_append(voice: Voice, *, body: str, now: datetime, by: Official | None = None) -> Voice:
    """Add the citizen's further words before the voice is settled (법 제22조 제2항).

    A page an official opened earlier learns of it: the version rises. Raises NotAllowedInState once
    it is settled, TextMissing. `by` is the official who wrote the words down.
    """
    act = act_lock(voice, action=VoiceAction.APPEND, by=by, now=now)
    if act.voice.phase in ENDED:
        raise NotAllowedInState("이미 끝난 민원입니다.", status=act.voice.status)
    entry = entry_add(act.voice, kind=EntryKind.CITIZEN, body=body, by=by, now=now)
    saved = act_finish(act)
    events.record(VoiceAppended(voice_id=saved.id, entry_id=entry.id))
    return saved


@transaction.atomic
def voice_note(voice: Voice, *, body: str, by: Official, now: datetime) -> VoiceEntry:
    """Write an internal note; the citizen never sees it. Nobody else's work is disturbed by it.

    A note changes neither state nor version. Raises TextMissing, RightMissing.
    """
    if not may_see(by, voice):
        raise RightMissing("이 민원을 볼 권한이 없습니다.", action="note")
    entry = entry_add(voice, kind=EntryKind.NOTE, body=body, by=by, now=now, is_public=False)
    draft_drop(voice, official=by, kind=DraftKind.NOTE)
    return entry


def entry_add(
    voice: Voice,
    *,
    kind: EntryKind,
    body: str,
    by: Official | None,
    now: datetime,
    is_public: bool = True,
    message_key: str = "",
) -> VoiceEntry:
    """Add one piece to the conversation. Raises TextMissing."""
    text = body.replace("\0", "").strip()
    if not text:
        raise TextMissing("내용을 적어 주세요.", field="body")
    return VoiceEntry.objects.create(
        voice=voice,
        kind=kind,
        body=text,
        author=by,
        at=now,
        is_public=is_public,
        message_key=message_key,
    )
