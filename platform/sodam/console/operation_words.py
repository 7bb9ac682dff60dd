"""What operations, their states and their steps are called."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tenants.types import OperationFacts, OperationKind, OperationState, StepState

MINUTE = 60
STATES = {
    OperationState.WAITING: ("wait", "hourglass"),
    OperationState.RUNNING: ("go", "refresh"),
    OperationState.DONE: ("ok", "check"),
    OperationState.FAILED: ("no", "alert"),
    OperationState.CANCELLED: ("", "ban"),
}
STEP_ICONS = {
    StepState.DONE: "check",
    StepState.FAILED: "alert",
    StepState.UNDONE: "arrow-left",
}


def kind_words() -> dict[str, str]:
    """Kind -> what it is called in a list."""
    return {
        OperationKind.OPEN: _("개통"),
        OperationKind.MIGRATE: _("이행"),
        OperationKind.BACKUP: _("백업"),
        OperationKind.RESTORE: _("사본으로 복원"),
        OperationKind.TEST_RESTORE: _("복원 시험"),
        OperationKind.SWITCH: _("사본과 바꿈"),
        OperationKind.EXPORT: _("내보내기"),
        OperationKind.CLOSE: _("닫기"),
        OperationKind.ERASE: _("지우기"),
        OperationKind.ROLL_BACK: _("되돌리기"),
    }


def state_words() -> dict[str, str]:
    return {
        OperationState.WAITING: _("기다림"),
        OperationState.RUNNING: _("하는 중"),
        OperationState.DONE: _("끝남"),
        OperationState.FAILED: _("실패"),
        OperationState.CANCELLED: _("되돌림"),
    }


def step_state_words() -> dict[str, str]:
    return {
        StepState.WAITING: _("기다림"),
        StepState.RUNNING: _("하는 중"),
        StepState.DONE: _("끝남"),
        StepState.FAILED: _("실패"),
        StepState.UNDONE: _("되돌림"),
    }


def state_word(operation: OperationFacts) -> str:
    """Its state; one that waits for a second person says so."""
    if operation.awaits_approval:
        return _("승인을 기다림")
    return state_words()[operation.state]


def title_of(operation: OperationFacts, name: str) -> str:
    """`세종특별자치시 개통`."""
    return f"{name} {kind_words()[operation.kind]}".strip()


def duration(seconds: float | None) -> str:
    """`0.4초`, `32.9초`, `1분 07초`; "" for none."""
    if seconds is None:
        return ""
    if seconds < MINUTE:
        return _("%(s).1f초") % {"s": seconds}
    return _("%(m)d분 %(s)02d초") % {"m": seconds // MINUTE, "s": seconds % MINUTE}


def about(seconds: float) -> str:
    """`약 50초`, `약 3분`: a guess has no tenths."""
    if seconds < MINUTE:
        return _("약 %(s)d초") % {"s": max(1, round(seconds))}
    return _("약 %(m)d분") % {"m": round(seconds / MINUTE)}
