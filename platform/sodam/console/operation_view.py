"""One operation as its page shows it: how far, how long, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from sodam.console.operation_words import (
    STATES,
    STEP_ICONS,
    about,
    duration,
    kind_words,
    state_word,
    step_state_words,
)
from sodam.ui.words import is_english
from tenants.provisioning.operations import operation_list
from tenants.types import OperationFacts, OperationKind, OperationState, StepFacts, StepState


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step. `css` is its state; `total` 0 when it cannot say how much there is."""

    word: str
    css: str
    icon: str
    state_word: str
    detail: str
    tm: str
    done: int
    total: int
    is_next: bool


@dataclass(frozen=True, slots=True)
class View:
    """What the live part needs, nothing that a template would have to reckon."""

    facts: OperationFacts
    kind_word: str
    state_word: str
    tone: str
    icon: str
    steps: tuple[StepLine, ...]
    ended_steps: int
    seconds_word: str
    left_word: str
    bar: str
    is_live: bool

    @property
    def may_cancel(self) -> bool:
        return self.facts.state in (OperationState.WAITING, OperationState.RUNNING) and not (
            self.facts.cancel_asked
        )

    @property
    def may_undo(self) -> bool:
        """A failed one may be given up: what it made is taken back."""
        return self.facts.state == OperationState.FAILED

    @property
    def undoes(self) -> bool:
        """Does stopping take back what was done? A wave of migrations goes forward only."""
        return self.facts.kind != OperationKind.MIGRATE

    @property
    def summary(self) -> str:
        """One sentence, spoken when it changes."""
        words = self._ended_words() if self.facts.is_ended else self._under_way_words()
        return words % {"done": self.ended_steps, "total": len(self.steps)}

    def _ended_words(self) -> str:
        if self.facts.state == OperationState.DONE:
            return _("%(total)d단계가 모두 끝났습니다.")
        if self.facts.state == OperationState.FAILED:
            return _("%(total)d단계 가운데 %(done)d단계까지 끝나고 멈췄습니다.")
        if self.undoes:
            return _("되돌렸습니다. 만든 것은 남아 있지 않습니다.")
        return _("멈췄습니다. 남은 곳은 다시 요청하면 이어서 합니다.")

    def _under_way_words(self) -> str:
        if not self.facts.cancel_asked:
            return _("%(total)d단계 가운데 %(done)d단계 끝")
        if self.undoes:
            return _("지금 단계가 끝나면 멈추고 되돌립니다.")
        return _("지금 시·도까지만 하고 멈춥니다.")


def view_of(operation: OperationFacts, *, now: datetime) -> View:
    tone, icon = STATES[operation.state]
    steps = tuple(_line(step, now) for step in operation.steps)
    return View(
        facts=operation,
        kind_word=kind_words()[operation.kind],
        state_word=state_word(operation),
        tone=tone,
        icon=icon,
        steps=steps,
        ended_steps=operation.steps_done,
        seconds_word=duration(_seconds(operation, now)),
        left_word=_left(operation) if operation.state == OperationState.RUNNING else "",
        bar=_bar(operation),
        is_live=not operation.is_ended,
    )


def _line(step: StepFacts, now: datetime) -> StepLine:
    running = step.state == StepState.RUNNING
    so_far = (now - step.started_at).total_seconds() if running and step.started_at else None
    return StepLine(
        word=step_word(step),
        css=str(step.state),
        icon=STEP_ICONS.get(step.state, ""),
        state_word=step_state_words()[step.state],
        detail=_detail(step),
        tm=duration(so_far if running else step.seconds),
        done=step.done or 0,
        total=step.total or 0 if running else 0,
        is_next=running,
    )


def _detail(step: StepFacts) -> str:
    tried = _("%(n)d번째 시도") % {"n": step.attempts} if step.attempts > 1 else ""
    return " · ".join(filter(None, (step.detail, tried)))


def step_word(step: StepFacts) -> str:
    """What a step is called, in the reader's language."""
    return step.label_en if is_english() else step.label_ko


def _seconds(operation: OperationFacts, now: datetime) -> float | None:
    if operation.started_at is None:
        return None
    return ((operation.ended_at or now) - operation.started_at).total_seconds()


def _left(operation: OperationFacts) -> str:
    """How long it may still take: as long as these steps took the last time, where they ended."""
    before = operation_list(kinds=[operation.kind], states=[OperationState.DONE], limit=1)
    if not before:
        return ""
    took = {step.name: step.seconds or 0.0 for step in before[0].steps}
    left = sum(
        max(0.0, took.get(step.name, 0.0) - (step.seconds or 0.0))
        for step in operation.steps
        if step.state in (StepState.WAITING, StepState.RUNNING)
    )
    return _("%(time)s 남음") % {"time": about(left)} if left else ""


def _bar(operation: OperationFacts) -> str:
    return {
        OperationState.DONE: "ok",
        OperationState.FAILED: "bad",
        OperationState.CANCELLED: "bad",
    }.get(operation.state, "")
