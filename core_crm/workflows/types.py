"""The document kind `workflow`: states and the steps between them, as keyed maps."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from core_crm.workflows.graph import graph_problems

Code = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,47}(\.[a-z][a-z0-9_]{1,47}){0,2}$")
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


class ActionDefinition(Part):
    """Something the owning room is asked to do with the step, e.g. to tell the citizen."""

    do: Code
    arguments: dict[Code, str] = Field(default_factory=dict)


class StateDefinition(Part):
    """One state. `sort` orders lists and the diagram."""

    label: Label
    category: Category
    maps_to: StandardState
    sort: int = 100


class TransitionDefinition(Part):
    """One step: for whoever holds one of `roles` or `rights`, when every fact in `when` holds."""

    label: Label
    source: Annotated[list[Code], Field(min_length=1)]
    target: Code
    roles: frozenset[Code] = frozenset()
    rights: frozenset[Code] = frozenset()
    when: dict[Code, bool | int | str] = Field(default_factory=dict)
    requires_comment: bool = False
    actions: dict[Code, ActionDefinition] = Field(default_factory=dict)
    sort: int = 100

    @model_validator(mode="after")
    def _somebody_may_take_it(self) -> Self:
        if not self.roles | self.rights:
            raise ValueError("nobody may take this step: give roles or rights")
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
            found.append(f"initial state '{self.initial}' is not of category 'start'")
        for old, new in sorted(self.migrate.items()):
            if old in self.states:
                found.append(f"migrate: '{old}' is still a state")
            if new not in self.states:
                found.append(f"migrate: '{new}' is not a state")
        return found
