"""What others may hold of a city's documents: the states of a change, and what a plan says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from core_crm.staff.types import Right
from customization.resolution.operations import Operation
from customization.resolution.problems import Problem
from customization.resolution.rebase import Rebase

STANDARD_MANIFEST = 0
"""The number of what a city has before it published anything: the standard itself."""


class Person(Protocol):
    """An official, as far as this room needs one."""

    pk: Any

    def has(self, right: Right) -> bool: ...


class ChangeStatus(StrEnum):
    """Where a change stands. Only the first two can still be edited or withdrawn."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    APPLIED = "applied"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


CHANGE_LABELS_KO: dict[ChangeStatus, str] = {
    ChangeStatus.DRAFT: "작성 중",
    ChangeStatus.SUBMITTED: "승인 대기",
    ChangeStatus.APPROVED: "승인됨",
    ChangeStatus.APPLIED: "적용됨",
    ChangeStatus.REJECTED: "반려됨",
    ChangeStatus.WITHDRAWN: "거둠",
}


@dataclass(frozen=True, slots=True)
class PluginUse:
    """A plugin a city has turned on: which version, set how, and the documents it brought.

    `documents` is {kind: {the plugin's own code: body}}, as they were when the city took them: a
    newer version of the plugin changes nothing before the city accepts it.
    """

    code: str
    version: str
    config: Mapping[str, Any] = field(default_factory=dict)
    documents: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InForce:
    """The documents of a city at an instant: the manifest's number, its tree and their names."""

    number: int
    standard_version: str
    tree: Mapping[str, Any]
    digest: str
    operations: tuple[Operation, ...] = ()
    plugins: tuple[PluginUse, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change would do: the differences, what is wrong with it, and the digest after it."""

    operations: tuple[Operation, ...]
    problems: tuple[Problem, ...]
    digest_before: str
    digest_after: str
    is_risky: bool

    @property
    def is_empty(self) -> bool:
        return not self.operations


class UpgradeState(StrEnum):
    """How a city stands with a release of the standard."""

    CURRENT = "current"
    READY = "ready"
    CONFLICT = "conflict"
    NOT_VALID = "not_valid"


@dataclass(frozen=True, slots=True)
class UpgradeLook:
    """What a release would bring a city. `problems`: what would be wrong after it."""

    version: str
    before: InForce
    plan: Rebase
    state: UpgradeState
    problems: tuple[Problem, ...] = ()
