"""The interpreter: what may be done in a state, and what a step leads to. It writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pydantic import ValidationError

from core_crm.workflows.errors import (
    CommentRequired,
    TransitionNotAllowed,
    UnknownState,
    WorkflowInvalid,
)
from core_crm.workflows.types import (
    ENDS,
    Category,
    Label,
    StandardState,
    StateDefinition,
    TransitionDefinition,
    WorkflowDefinition,
)

Fact = bool | int | str | None
NO_FACTS: Mapping[str, Fact] = MappingProxyType({})


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

    def allowed(
        self, state: str, roles: Iterable[str], facts: Mapping[str, Fact] = NO_FACTS
    ) -> list[Transition]:
        """The steps a holder of these roles and rights may take here, in the document's order."""
        here, held = self.known(state), frozenset(map(str, roles))
        return [
            Transition(code, step.label, step.target, step.requires_comment)
            for code, step in self._steps()
            if here in step.source and _may(step, held, facts)
        ]

    def fire(
        self,
        state: str,
        action: str,
        roles: Iterable[str],
        facts: Mapping[str, Fact] = NO_FACTS,
        *,
        comment: str = "",
    ) -> Fired:
        """Take a step. Raises TransitionNotAllowed (it lists those that are), CommentRequired."""
        held = frozenset(map(str, roles))
        allowed = [one.action for one in self.allowed(state, held, facts)]
        if action not in allowed:
            raise TransitionNotAllowed(
                "지금 상태에서는 할 수 없는 일입니다.", state=state, action=action, allowed=allowed
            )
        step = self.definition.transitions[action]
        if step.requires_comment and not comment.strip():
            raise CommentRequired("사유를 적어 주세요.", action=action)
        requested = tuple(
            RequestedAction(code, one.do, one.arguments)
            for code, one in sorted(step.actions.items())
        )
        return Fired(action, self.known(state), step.target, requested)

    def states(self) -> list[tuple[str, StateDefinition]]:
        """All states in their order."""
        return sorted(self.definition.states.items(), key=lambda item: (item[1].sort, item[0]))

    def steps(self) -> list[tuple[str, TransitionDefinition]]:
        """All steps in their order."""
        return self._steps()

    def mermaid(self, language: str = "ko") -> str:
        """The diagram as a Mermaid `stateDiagram-v2`."""
        lines = ["stateDiagram-v2"]
        lines += [
            f'    state "{_text(one.label, language)}" as {code}' for code, one in self.states()
        ]
        lines.append(f"    [*] --> {self.initial}")
        for _code, step in self._steps():
            label = _text(step.label, language)
            lines += [f"    {source} --> {step.target}: {label}" for source in step.source]
        sources = {source for _code, step in self._steps() for source in step.source}
        lines += [
            f"    {code} --> [*]"
            for code, one in self.states()
            if one.category in ENDS and (code not in sources or one.maps_to == StandardState.CLOSED)
        ]
        return "\n".join(lines) + "\n"

    def _steps(self) -> list[tuple[str, TransitionDefinition]]:
        return sorted(self.definition.transitions.items(), key=lambda item: (item[1].sort, item[0]))


def _may(step: TransitionDefinition, held: frozenset[str], facts: Mapping[str, Fact]) -> bool:
    holds = bool(held & (step.roles | step.rights))
    return holds and all(facts.get(name) == value for name, value in step.when.items())


def _text(label: Label, language: str) -> str:
    text = label.en if language == "en" else label.ko
    return text.replace('"', "'")


def _problems(error: ValidationError) -> list[str]:
    return [
        f"{'.'.join(map(str, one['loc'])) or 'workflow'}: {one['msg']}" for one in error.errors()
    ]
