"""An act on a voice under way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from core_crm.staff.models import Official
from core_crm.voices.models import Voice
from core_crm.workflows import RequestedAction


@dataclass(slots=True)
class Act:
    """An act under way: the voice as it was locked, by whom, when, and what it was before."""

    voice: Voice
    action: str
    by: Official | None
    now: datetime
    from_status: str
    due_before: datetime | None
    comment: str = ""
    asked: list[RequestedAction] = field(default_factory=list)
    """What the steps taken ask for beside moving the voice; done when the act is finished."""
