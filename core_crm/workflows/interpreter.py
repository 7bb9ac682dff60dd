"""The interpreter: what may be done in a state, and what a step leads to. It writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from core_crm.common.formulas import Formula, parse
from core_crm.workflows.errors import (
    CommentRequired,
    TransitionNotAllowed,
    UnknownState,
    WorkflowInvalid,
)
from core_crm.workflows.situations import NO_FACTS, Fact, Obstacle, Situation, Why
from core_crm.workflows.types import (
    ENDS,
    Category,
    Label,
    StandardState,
    StateDefinition,
    TransitionDefinition,
    WorkflowDefinition,
)
from core_crm.workflows.vocabulary import FACTS


@dataclass(frozen=True, slots=True)
class Transition:
    """A step as others see it."""

    action: str
    label: Label
    target: str
    requires_comment: bool


@dataclass(frozen=True, slots=True)
class RequestedAction:
    """What the owning room is asked to do with the step, by a handler registered under `do`."""

    code: str
    do: str
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fired:
    """A step that may be taken: where it leads, and what is to be done with it."""

    action: str
    source: str
    target: str
    requested_actions: tuple[RequestedAction, ...]


class Workflow:
    """One workflow document, ready to be asked. `digest` is what a case pins."""

    def __init__(self, body: Mapping[str, object], *, digest: str = "") -> None:
        try:
            self.definition = WorkflowDefinition.model_validate(dict(body))
        except ValidationError as error:
            raise WorkflowInvalid(
                "업무 흐름 문서에 잘못된 곳이 있습니다.", problems=_problems(error)
            ) from error
        self.digest = digest
        self._states = sorted(
            self.definition.states.items(), key=lambda item: (item[1].sort, item[0])
        )
        self._steps = sorted(
            self.definition.transitions.items(), key=lambda item: (item[1].sort, item[0])
        )
        self._guards = {
            code: parse(step.guard, names=FACTS) for code, step in self._steps if step.guard
        }

    @property
    def initial(self) -> str:
        return self.definition.initial

    def state(self, code: str) -> StateDefinition:
        """The definition of a state. Raises UnknownState."""
        return self.definition.states[self.known(code)]

    def known(self, code: str) -> str:
        """The state's code in this version: itself, or what it became. Raises UnknownState."""
        current = self.definition.migrate.get(code, code)
        if current not in self.definition.states:
            raise UnknownState("업무 흐름에 없는 상태입니다.", state=code)
        return current

    def standard_state(self, code: str) -> StandardState:
        """The standard's state it is compared as."""
        return self.state(code).maps_to

    def is_end(self, code: str) -> bool:
        return self.state(code).category in ENDS

    def is_waiting(self, code: str) -> bool:
        return self.state(code).category == Category.WAITING

    def states(self) -> list[tuple[str, StateDefinition]]:
        """All states in their order."""
        return list(self._states)

    def steps(self) -> list[tuple[str, TransitionDefinition]]:
        """All steps in their order."""
        return list(self._steps)

    def steps_from(self, state: str) -> list[tuple[str, TransitionDefinition]]:
        """The steps that leave a state, in their order. Raises UnknownState."""
        here = self.known(state)
        return [(code, step) for code, step in self._steps if here in step.source]

    def obstacle(self, state: str, action: str, situation: Situation) -> Obstacle | None:
        """The first reason why this step cannot be taken here; None when it can."""
        step = self.definition.transitions.get(action)
        if step is None or self.known(state) not in step.source:
            return Obstacle(Why.STATE)
        return _against(step, situation, guard=self._guards.get(action))

    def allowed(
        self,
        state: str,
        roles: Iterable[str],
        facts: Mapping[str, Fact] = NO_FACTS,
        *,
        situation: Situation | None = None,
    ) -> list[Transition]:
        """The steps a holder of these roles and rights may take here, in the document's order.

        A whole `situation` may be given instead of roles and facts. Raises UnknownState.
        """
        asked = situation or Situation(frozenset(map(str, roles)), facts)
        return [
            Transition(code, step.label, step.target, step.requires_comment)
            for code, step in self.steps_from(state)
            if _against(step, asked, guard=self._guards.get(code)) is None
        ]

    def fire(
        self,
        state: str,
        action: str,
        roles: Iterable[str],
        facts: Mapping[str, Fact] = NO_FACTS,
        *,
        comment: str = "",
        situation: Situation | None = None,
    ) -> Fired:
        """Take a step. Raises TransitionNotAllowed (it lists those that are), CommentRequired."""
        asked = situation or Situation(frozenset(map(str, roles)), facts)
        against = self.obstacle(state, action, asked)
        if against is not None:
            raise self._refused(state, action, asked, against)
        step = self.definition.transitions[action]
        if step.requires_comment and not comment.strip():
            raise CommentRequired("사유를 적어 주세요.", action=action)
        requested = tuple(
            RequestedAction(code, one.do, one.arguments)
            for code, one in sorted(step.actions.items())
        )
        return Fired(action, self.known(state), step.target, requested)

    def _refused(
        self, state: str, action: str, situation: Situation, against: Obstacle
    ) -> TransitionNotAllowed:
        allowed = [one.action for one in self.allowed(state, (), situation=situation)]
        refused = TransitionNotAllowed(
            "지금 상태에서는 할 수 없는 일입니다.", state=state, action=action, allowed=allowed
        )
        refused.obstacle = against
        return refused


def _against(
    step: TransitionDefinition, situation: Situation, *, guard: Formula | None
) -> Obstacle | None:
    """What stands against a step that leaves from here."""
    if not situation.held & (step.roles | step.rights):
        return Obstacle(Why.RIGHT)
    if any(situation.facts.get(name) != value for name, value in step.when.items()):
        return Obstacle(Why.FACT)
    if guard is not None and guard.evaluate(situation.facts) is not True:
        says = step.guard_says
        return Obstacle(Why.GUARD, says.ko, says.en) if says else Obstacle(Why.GUARD)
    for code in step.plugin_guards.values():
        if code in situation.refusals:
            return Obstacle(Why.PLUGIN, situation.refusals[code])
    if step.separation_of_duty and situation.led_here:
        return Obstacle(Why.DUTY)
    return None


def _problems(error: ValidationError) -> list[str]:
    return [
        f"{'.'.join(map(str, one['loc'])) or 'workflow'}: {one['msg']}" for one in error.errors()
    ]
