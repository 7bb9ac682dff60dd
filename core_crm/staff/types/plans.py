"""A list of departments or people as it was read, and what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class PlanKind(StrEnum):
    """What the list is about."""

    ORGANISATION = "organisation"
    PEOPLE = "people"


class PlanState(StrEnum):
    """draft → (scheduled →) applied, or dropped; failed when its day came and it no longer fits."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    APPLIED = "applied"
    DROPPED = "dropped"
    FAILED = "failed"


class Change(StrEnum):
    """What a line of the list would do."""

    NEW = "new"
    RENAMED = "renamed"
    MOVED = "moved"
    CHANGED = "changed"
    ENDED = "ended"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


CHANGE_LABELS_KO: dict[Change, str] = {
    Change.NEW: "새로",
    Change.RENAMED: "이름 바뀜",
    Change.MOVED: "옮김",
    Change.CHANGED: "고침",
    Change.ENDED: "끝남",
    Change.UNCHANGED: "그대로",
    Change.REFUSED: "받지 않음",
}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of a list, cell by cell under our own names, as it was read.

    `problem`: it could not be read as a line of this table.
    """

    line: int
    cells: dict[str, str]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that would be otherwise, in the words of the screen."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """Why a line is refused: the column (as the file calls it, "" for the line as a whole).

    `message` holds the places of `facts` (`%(n)d`), so that a page can say it in another language.
    """

    column: str
    message: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    meant: str = ""

    @property
    def text(self) -> str:
        """The whole of it in Korean."""
        said = self.message % self.facts if self.facts else self.message
        said = f"{said} 혹시 ‘{self.meant}’인가요?" if self.meant else said
        return f"[{self.column}] {said}" if self.column else said


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What one line would do. `changes` holds more than one word when a unit is renamed and moved.

    `line` is 0 for what the list does not name (a department that would end by it).
    """

    line: int
    key: str
    name: str
    changes: tuple[Change, ...]
    differences: tuple[Difference, ...] = ()
    problems: tuple[PlanProblem, ...] = ()

    @property
    def is_refused(self) -> bool:
        return Change.REFUSED in self.changes

    @property
    def does_something(self) -> bool:
        return not self.is_refused and Change.UNCHANGED not in self.changes


@dataclass(frozen=True, slots=True)
class UnitHeld:
    """What a department holds that somebody must take over before it can end."""

    department_id: UUID
    code: str
    name: str
    people: int
    work: int


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """The four counts of an import; they sum to the rows of the list. `ended` comes beside them."""

    rows: int
    created: int
    updated: int
    skipped: int
    refused: int
    ended: int = 0
