"""Past cases run again through a workflow: would every step still have been possible? Pure.

The facts of a case are those it has today, because nobody kept older ones; plugins' guards are not
asked. Steps that the clock takes are taken where their time came before the next act.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core_crm.calendars import CityCalendar
from core_crm.workflows.errors import UnknownState
from core_crm.workflows.interpreter import Workflow
from core_crm.workflows.situations import Fact, Situation, Why
from core_crm.workflows.spans import span_ends_at
from core_crm.workflows.types import StandardState, TransitionDefinition
from core_crm.workflows.vocabulary import SYSTEM

SETTLING = frozenset({"answer", "close_unable", "withdraw", "transfer"})
ASSIGN, SORT, CLOSE, MIGRATE = "assign", "sort", "close", "migrate"
MOST_BY_CLOCK = 20
AT_ONCE = frozenset({SYSTEM})


@dataclass(frozen=True, slots=True)
class PastStep:
    """One act that moved a case. `held`: roles and rights of who did it; `by`: who, if an official.

    `is_named`: an assignment named somebody. `to_status`: where a migration put the case.
    """

    action: str
    at: datetime
    held: frozenset[str]
    by: str = ""
    comment: str = ""
    is_named: bool = True
    to_status: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """A case from its receipt on. `name` is what people call it by."""

    name: str
    began_at: datetime
    facts: Mapping[str, Fact]
    steps: tuple[PastStep, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether all of it is possible; else the first step that is not, from which state, and why.

    `over_clock`: it stayed longer in some state than that state's clock allows. `by_clock`: how
    many steps the clock would have taken.
    """

    name: str
    is_legal: bool
    action: str = ""
    state: str = ""
    why: Why | None = None
    over_clock: bool = False
    by_clock: int = 0


def replay(workflow: Workflow, history: History, *, calendar: CityCalendar) -> Verdict:
    """Run one case through the workflow. A case the workflow has no state for is not legal."""
    return _Run(workflow, history, calendar).verdict()


class _Run:
    """One case under way."""

    def __init__(self, workflow: Workflow, history: History, calendar: CityCalendar) -> None:
        self._workflow, self._history, self._calendar = workflow, history, calendar
        self._state, self._since = workflow.initial, history.began_at
        self._last_by, self._by_clock, self._is_over = "", 0, False

    def verdict(self) -> Verdict:
        for step in self._history.steps:
            self._let_the_clock_go(until=step.at)
            against = self._take(step)
            if against is not None:
                return self._said(step.action, against)
        return self._said("", None)

    def _take(self, step: PastStep) -> Why | None:
        """What stands against the act; None when it was done."""
        if step.action == MIGRATE:
            return self._move_over(step)
        if step.action == ASSIGN and not step.is_named:
            return self._assign_nobody(step)
        against = self._go(step, step.action)
        if against is None and step.action in SETTLING:
            self._go(_by_system(step), CLOSE)
        return against

    def _assign_nobody(self, step: PastStep) -> Why | None:
        """As the room does: a new case is being sorted; one that is, goes on being sorted."""
        if self._go(step, SORT) is None:
            return None
        here = self._state
        is_sorted = self._workflow.standard_state(here) == StandardState.SORTING
        against = self._go(step, ASSIGN)
        if against is None and is_sorted:
            self._state = here
        return against

    def _go(self, step: PastStep, action: str) -> Why | None:
        found = self._workflow.definition.transitions.get(action)
        against = self._workflow.obstacle(self._state, action, self._situation(step))
        if against is not None or found is None:
            return against.why if against else Why.STATE
        if found.requires_comment and not step.comment.strip():
            return Why.FACT
        self._enter(found.target, step.at, by=step.by)
        return None

    def _situation(self, step: PastStep) -> Situation:
        led_here = bool(step.by) and step.by == self._last_by
        return Situation(held=step.held, facts=self._history.facts, led_here=led_here)

    def _move_over(self, step: PastStep) -> Why | None:
        try:
            self._enter(self._workflow.known(step.to_status), step.at, by=self._last_by)
        except UnknownState:
            return Why.STATE
        return None

    def _enter(self, state: str, at: datetime, *, by: str) -> None:
        if state != self._state:
            self._look_at_the_stay(until=at)
            self._state, self._since, self._last_by = state, at, by

    def _look_at_the_stay(self, *, until: datetime) -> None:
        clock = self._workflow.state(self._state).clock
        if clock is not None:
            ends = span_ends_at(clock, start=self._since, calendar=self._calendar)
            self._is_over = self._is_over or until > ends

    def _let_the_clock_go(self, *, until: datetime) -> None:
        for _ in range(MOST_BY_CLOCK):
            found = self._due(until)
            if found is None:
                return
            self._enter(found[1].target, found[0], by="")
            self._by_clock += 1

    def _due(self, until: datetime) -> tuple[datetime, TransitionDefinition] | None:
        situation = Situation(held=AT_ONCE, facts=self._history.facts)
        for code, step in self._workflow.steps_from(self._state):
            if step.auto_after is None:
                continue
            at = span_ends_at(step.auto_after, start=self._since, calendar=self._calendar)
            if at <= until and not self._workflow.obstacle(self._state, code, situation):
                return at, step
        return None

    def _said(self, action: str, against: Why | None) -> Verdict:
        return Verdict(
            name=self._history.name,
            is_legal=against is None,
            action=action,
            state=self._state,
            why=against,
            over_clock=self._is_over,
            by_clock=self._by_clock,
        )


def _by_system(step: PastStep) -> PastStep:
    return PastStep(CLOSE, step.at, AT_ONCE)
