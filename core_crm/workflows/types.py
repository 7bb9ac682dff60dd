"""The document kind `workflow`: states and the steps between them, as keyed maps."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from core_crm.common.formulas import FormulaError, Kind, parse
from core_crm.workflows.graph import graph_problems
from core_crm.workflows.meaning import meaning_problems
from core_crm.workflows.vocabulary import ACTIONS, FACTS, SYSTEM

Code = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,47}(\.[a-z][a-z0-9_]{1,47}){0,2}$")
]
PluginCode = Annotated[
    str, StringConstraints(pattern=r"^x\.[a-z][a-z0-9_]{0,47}\.[a-z][a-z0-9_]{0,47}$")
]


class StandardState(StrEnum):
    """The states every city's are mapped to, so that cities can be compared."""

    RECEIVED = "received"
    SORTING = "sorting"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    ANSWERED = "answered"
    UNABLE = "unable"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    CLOSED = "closed"
    REOPENED = "reopened"


class Category(StrEnum):
    """What kind of state it is. In `waiting` the clock may stand; the last two are ends."""

    START = "start"
    ACTIVE = "active"
    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"


ENDS = frozenset({Category.DONE, Category.CANCELLED})


class Part(BaseModel):
    """Every part refuses unknown keys and never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(Part):
    """A name in both languages."""

    ko: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Span(Part):
    """A length of time: elapsed hours or days, or working days that end with the office."""

    unit: Literal["hours", "days", "working_days"]
    amount: int = Field(ge=1, le=1000)


class StateClock(Span):
    """How long a case should stay in a state at most: the city's own aim, no statutory period."""

    warn_percent: int = Field(default=80, ge=1, le=100)


class ActionDefinition(Part):
    """Something done with the step: one of ACTIONS, or a plugin's `x.<plugin>.<code>`."""

    do: Code | PluginCode
    arguments: dict[Code, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        if self.do.startswith("x."):
            return self
        shape = ACTIONS.get(self.do)
        if shape is None:
            raise ValueError(f"‘{self.do}’은(는) 없는 일입니다. 있는 것: {', '.join(ACTIONS)}")
        if wrong := shape.wrong_arguments(set(self.arguments)):
            raise ValueError(f"‘{self.do}’에 빠졌거나 모르는 값: {', '.join(wrong)}")
        return self


class StateDefinition(Part):
    """One state. `sort` orders lists and the diagram.

    `required_fields`: what must be filled in before a case may enter, by the codes of the form's
    fields, or one of category, service, department, officer, location.
    """

    label: Label
    category: Category
    maps_to: StandardState
    clock: StateClock | None = None
    required_fields: frozenset[Code] = frozenset()
    sort: int = 100


class TransitionDefinition(Part):
    """One step: for whoever holds one of `roles` or `rights`, when nothing stands against it.

    `when`: facts that must be so. `guard`: a formula over FACTS that must be true, with the reason
    told when it is not in `guard_says`. `plugin_guards`: guards of plugins, by their full codes.
    `separation_of_duty`: not for the official whose step led here. `auto_after`: taken by the
    system when a case has stayed so long.
    """

    label: Label
    source: Annotated[list[Code], Field(min_length=1)]
    target: Code
    roles: frozenset[Code] = frozenset()
    rights: frozenset[Code] = frozenset()
    when: dict[Code, bool | int | str] = Field(default_factory=dict)
    guard: str = ""
    guard_says: Label | None = None
    plugin_guards: dict[Code, PluginCode] = Field(default_factory=dict)
    requires_comment: bool = False
    separation_of_duty: bool = False
    auto_after: Span | None = None
    actions: dict[Code, ActionDefinition] = Field(default_factory=dict)
    sort: int = 100

    @field_validator("when")
    @classmethod
    def _facts_are_known(cls, when: dict[str, bool | int | str]) -> dict[str, bool | int | str]:
        if strangers := sorted(set(when) - set(FACTS)):
            raise ValueError(f"모르는 사실: {', '.join(strangers)}. 있는 것: {', '.join(FACTS)}")
        return when

    @field_validator("guard")
    @classmethod
    def _guard_is_a_truth(cls, guard: str) -> str:
        try:
            if guard:
                parse(guard, names=FACTS, expects=Kind.TRUTH)
        except FormulaError as refused:
            raise ValueError(refused.message) from refused
        return guard

    @model_validator(mode="after")
    def _somebody_may_take_it(self) -> Self:
        if not self.roles | self.rights:
            raise ValueError("아무도 할 수 없는 단계입니다. 역할이나 권한을 주세요.")
        if self.auto_after and (SYSTEM not in self.roles or self.requires_comment):
            raise ValueError("저절로 되는 단계에는 시스템 역할이 있고 사유가 없어야 합니다.")
        return self


class WorkflowDefinition(Part):
    """A whole workflow. `migrate`: what became of states earlier versions had."""

    version: str
    label: Label
    subject: Literal["voice", "task"]
    initial: Code
    states: Annotated[dict[Code, StateDefinition], Field(min_length=2)]
    transitions: Annotated[dict[Code, TransitionDefinition], Field(min_length=1)]
    migrate: dict[Code, Code] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _graph_is_sound(self) -> Self:
        if problems := self.problems():
            raise ValueError("; ".join(problems))
        return self

    def problems(self) -> list[str]:
        """What is wrong with the graph, in words; empty when it is sound."""
        edges = {code: (tuple(step.source), step.target) for code, step in self.transitions.items()}
        ends = {code for code, state in self.states.items() if state.category in ENDS}
        found = graph_problems(self.initial, set(self.states), edges, ends)
        if self.initial in self.states and self.states[self.initial].category != Category.START:
            found.append(f"처음 상태 ‘{self.initial}’의 성격은 ‘start’여야 합니다")
        for old, new in sorted(self.migrate.items()):
            if old in self.states:
                found.append(f"migrate: ‘{old}’은(는) 아직 있는 상태입니다")
            if new not in self.states:
                found.append(f"migrate: ‘{new}’은(는) 없는 상태입니다")
        if not found and self.subject == "voice":
            found += meaning_problems(
                {code: (state.category, state.maps_to) for code, state in self.states.items()},
                edges,
                [code for code, step in self.transitions.items() if step.auto_after],
            )
        return found
