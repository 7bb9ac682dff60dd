"""A voice's life so far: its acts, conversation and clock, and when to stop telling it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from core_crm.calendars import Adjustment, Due, Extension, Kind, Period, due
from core_crm.voices.types import AdjustmentKind, EntryKind
from core_crm.voices.types.history import PastAct, PastAdjustment, PastEntry
from sodam.demo.dice import Dice
from sodam.demo.filing import Filing
from sodam.demo.scene import Scene


class NotYet(Exception):
    """What comes next lies in the future, or is not wanted: the life is told up to here."""


@dataclass(frozen=True, slots=True)
class Closing:
    """One ending of a voice, for the survey."""

    number: int
    at: datetime
    outcome: str
    department: str
    officer: str
    used_ratio: float
    is_solved: bool


@dataclass(slots=True)
class Life:
    """One voice being lived. `stop_after` names the act at which a wished-for open voice stays."""

    scene: Scene
    filing: Filing
    dice: Dice
    stop_after: str = ""
    acts: list[PastAct] = field(default_factory=list)
    entries: list[PastEntry] = field(default_factory=list)
    adjustments: list[PastAdjustment] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    officer: str = ""
    outcome: str = ""
    public_reason: str = ""
    clock_no: int = 1
    period: Period = field(init=False)
    clock_from_at: datetime = field(init=False)
    due: Due = field(init=False)
    original_due_at: datetime = field(init=False)
    department: str = field(init=False)
    category: str = field(init=False)
    petition_class: str = field(init=False)

    def __post_init__(self) -> None:
        filing = self.filing
        self.department, self.category = filing.first.department.code, filing.first.category
        self.petition_class, self.period = filing.first.petition_class, filing.first.period
        self.clock_from_at = filing.received_at
        self.recount()
        self.original_due_at = self.due.at

    def recount(self) -> None:
        """Count the due instant from all that is known by now."""
        mine = [one for one in self.adjustments if one.clock_no == self.clock_no]
        self.due = due(
            self.period,
            self.clock_from_at,
            self.scene.calendar,
            adjustments=[
                Adjustment(Kind(one.kind), one.starts_at, one.ends_at)
                for one in mine
                if one.kind != AdjustmentKind.EXTENSION and one.ends_at is not None
            ],
            extensions=[
                Extension(one.amount) for one in mine if one.kind == AdjustmentKind.EXTENSION
            ],
        )

    def check(self, at: datetime) -> None:
        """Raises NotYet for what lies in the future."""
        if at > self.scene.now:
            raise NotYet

    def act(
        self, action: str, state: str, at: datetime, *, by: str = "", comment: str = ""
    ) -> None:
        """Remember an act that was taken. Raises NotYet when the wished-for life stays here."""
        self.acts.append(PastAct(action, state, at, self.due.at, by, comment))
        if self.stop_after == action:
            raise NotYet

    @property
    def state(self) -> str:
        return self.acts[-1].to_status

    def say(self, kind: EntryKind, text: str, at: datetime, *, author: str = "") -> None:
        is_public = kind != EntryKind.NOTE
        self.entries.append(PastEntry(kind.value, text, at, author, is_public))

    def allowed_hours(self) -> float:
        """Working hours from the beginning of the present count to its due instant."""
        time = self.scene.time
        return max(1.0, time.position(self.due.at) - time.position(self.clock_from_at))

    def used_ratio(self, at: datetime) -> float:
        time = self.scene.time
        used = time.position(at) - time.position(self.clock_from_at)
        return used / self.allowed_hours()
