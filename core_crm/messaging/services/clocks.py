"""The time a run has: the instant it was given, running on, and how much of it is used up."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class RunningClock:
    """The instant the caller gave, running on from there."""

    started_at: datetime
    _zero: float = field(default_factory=time.monotonic)

    def elapsed_seconds(self) -> float:
        return time.monotonic() - self._zero

    def instant(self) -> datetime:
        return self.started_at + timedelta(seconds=self.elapsed_seconds())
