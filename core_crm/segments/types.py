"""What others may hold of the segments room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID


class SegmentKind(StrEnum):
    """Reckoned each time anew, or the citizens of one moment kept."""

    LIVE = "live"
    SNAPSHOT = "snapshot"


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """The law and the article of it that allow to ask for sensitive data."""

    law: str = ""
    article: str = ""

    @property
    def is_told(self) -> bool:
        return bool(self.law and self.article)


@dataclass(frozen=True, slots=True)
class SegmentDraft:
    """A segment as somebody writes it down: the whole of it. `condition`: a predicate as JSON."""

    code: str
    name: str
    condition: dict[str, Any]
    description: str = ""
    kind: str = SegmentKind.LIVE.value
    basis: LegalBasis = field(default_factory=LegalBasis)
    owner_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RuleStep:
    """One rule of a segment: how many are left after it, and how many it would find alone.

    `removed`: of those whom the rules before it left. `part`: the rule as JSON.
    """

    part: dict[str, Any]
    alone: int
    left: int
    removed: int


@dataclass(frozen=True, slots=True)
class RuleWalk:
    """The rules one after the other. `join` says how they go together: all or any.

    `all_citizens`: how many there are before the first. With `any`, `left` counts who is found so
    far and `removed` is 0.
    """

    join: str
    all_citizens: int
    steps: tuple[RuleStep, ...]

    @property
    def emptied_by(self) -> RuleStep | None:
        """The rule after which nobody was left."""
        if self.join != "all":
            return None
        return next((step for step in self.steps if not step.left), None)


@dataclass(frozen=True, slots=True)
class ConsentReach:
    """How many of a segment one may write to, for one purpose on one channel."""

    purpose: str
    channel: str
    agreed: int
    total: int


@dataclass(frozen=True, slots=True)
class Drift:
    """A kept segment beside the same condition today."""

    kept: int
    today: int
    joined: int
    left: int


@dataclass(frozen=True, slots=True)
class Share:
    """One group of residents beside the segment's citizens of it. Ratios are 0–1 of those known.

    `group`: a sex, a district's code, or ages as `20-29`.
    """

    group: str
    residents: int
    members: int
    residents_ratio: float
    members_ratio: float

    @property
    def gap_points(self) -> float:
        """Percentage points by which the group is more (+) or less (-) than among residents."""
        return (self.members_ratio - self.residents_ratio) * 100


@dataclass(frozen=True, slots=True)
class Comparison:
    """A segment beside the residents, by one trait. Without `shares` there is no statistic.

    `unknown`: members of whom the trait is not known, in no share. `counted_on` and `source` tell
    of the statistic.
    """

    trait: str
    shares: tuple[Share, ...] = ()
    unknown: int = 0
    counted_on: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """Something that writes to a segment's citizens: what it is, its code and its name."""

    kind: str
    code: str
    name: str


UsesOf = Callable[[str], tuple[Use, ...]]
"""Of a segment's code: where it is used. A room above registers such."""
