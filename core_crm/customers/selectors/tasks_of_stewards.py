"""What a steward should mend first (정비 과제): from what harms most, and how often it occurs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core_crm.customers.models import AcquiredList, Consent, DuplicatePair
from core_crm.customers.selectors.quality import Mark
from core_crm.customers.types import PairState

SOON_DAYS = 30
HARM: dict[tuple[str, str], int] = {
    ("phone", "valid"): 10,  # a message goes to nobody, or to somebody else
    ("email", "valid"): 10,
    ("contact", "filled"): 8,
    ("name", "valid"): 6,
    ("registration_no", "valid"): 6,
    ("birth_on", "valid"): 4,
    ("address", "valid"): 3,
    ("name", "filled"): 3,
    ("", "fresh"): 1,
}
"""How much one bad row harms beside others. What may well be empty (sex, birth) is no task."""
PAIRS, EXPIRING, CONFIRM = "pairs", "expiring", "confirm"
HARM_OF = {PAIRS: 7, EXPIRING: 1000, CONFIRM: 5}
"""An acquired list that runs out is a duty with a day, not a matter of numbers."""


@dataclass(frozen=True, slots=True)
class Task:
    """`count` things to mend. `kind`: a test of the data (`mark`), or one of PAIRS, EXPIRING,
    CONFIRM."""

    kind: str
    count: int
    weight: int
    mark: Mark | None = None


def steward_tasks(marks: Sequence[Mark], *, today: date) -> list[Task]:
    """What there is to do, the worst first. What has been done is no longer counted, so it goes."""
    tasks = [*_of_marks(marks), *_of_others(today)]
    return sorted((one for one in tasks if one.count), key=lambda one: -one.weight)


def _of_marks(marks: Sequence[Mark]) -> list[Task]:
    return [
        Task("mark", mark.bad, mark.bad * harm, mark)
        for mark in marks
        if mark.source == "" and (harm := HARM.get((mark.field, mark.measure)))
    ]


def _of_others(today: date) -> list[Task]:
    until = today + timedelta(days=SOON_DAYS)
    counts = {
        PAIRS: DuplicatePair.objects.filter(state=PairState.OPEN).count(),
        EXPIRING: AcquiredList.objects.filter(ended_at=None, expires_on__lte=until).count(),
        CONFIRM: Consent.objects.filter(is_given=True, asked_again_on__lte=until).count(),
    }
    return [Task(kind, count, count * HARM_OF[kind]) for kind, count in counts.items()]
