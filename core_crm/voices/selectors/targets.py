"""The city's own promise for a voice: its target, when to warn, and when somebody else looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core_crm.calendars import (
    Adjustment,
    CityCalendar,
    Kind,
    Period,
    Unit,
    WorkingTime,
    city_calendar,
    due,
    merged,
)
from core_crm.extension_points import Reading
from core_crm.voices.models import ClockAdjustment, Voice
from core_crm.voices.types import AdjustmentKind
from core_crm.voices.types.sla import SlaDefinition, SlaTarget

KIND, CODE = "sla", "voice"


@dataclass(frozen=True, slots=True)
class Target:
    """One promise of one voice. `escalate_at` None: nobody else is asked to look."""

    code: str
    at: datetime
    warn_at: datetime
    escalate_at: datetime | None


class Targets:
    """An sla document, read and ready."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.definition = SlaDefinition.model_validate(dict(body))

    def best(
        self, *, petition_class: str, category: str, service: str
    ) -> tuple[str, SlaTarget] | None:
        """The most telling promise for such a voice; of two alike the lower `sort`."""
        judged = [
            (-weight, target.sort, code)
            for code, target in self.definition.targets.items()
            if (
                weight := target.fits(
                    petition_class=petition_class, category=category, service=service
                )
            )
        ]
        if not judged:
            return None
        code = min(judged)[-1]
        return code, self.definition.targets[code]


_targets = Reading(KIND, lambda one: Targets(one.body))


def city_targets() -> Targets:
    """The promises in force in the city being served."""
    return _targets(CODE)


def target_of(voice: Voice, *, adjustments: Iterable[ClockAdjustment] = ()) -> Target | None:
    """What the city promises for a voice whose due instant is set; None when it promises nothing.

    Time that the law does not count (a supplement, an inspection) does not count here either.
    """
    found = city_targets().best(
        petition_class=voice.petition_class,
        category=voice.category_code,
        service=voice.service_code,
    )
    if found is None:
        return None
    code, promised = found
    return target_at(
        code,
        promised,
        from_at=voice.clock_from_at,
        due_at=voice.due_at,
        calendar=city_calendar(),
        adjustments=left_out(adjustments),
    )


def target_at(
    code: str,
    promised: SlaTarget,
    *,
    from_at: datetime,
    due_at: datetime,
    calendar: CityCalendar,
    adjustments: Sequence[Adjustment] = (),
) -> Target:
    """The instants of a promise. Never after the lawful due time, whatever was promised."""
    gaps = merged([one.stretch for one in adjustments])
    worked = WorkingTime(from_at, due_at, calendar, gaps=gaps)
    used = _promised_seconds(promised, worked, from_at, calendar, adjustments)
    escalation = promised.escalation
    return Target(
        code=code,
        at=min(worked.after(used), due_at),
        warn_at=worked.after(used * promised.warn_percent // 100),
        escalate_at=worked.after(used * escalation.percent // 100) if escalation else None,
    )


def _promised_seconds(
    promised: SlaTarget,
    worked: WorkingTime,
    from_at: datetime,
    calendar: CityCalendar,
    adjustments: Sequence[Adjustment],
) -> int:
    """How much working time the promise gives, of what the law gives."""
    if promised.period is None:
        return worked.seconds * (promised.percent or 100) // 100
    period = Period(Unit(promised.period.unit), promised.period.amount)
    return worked.until(due(period, from_at, calendar, adjustments=adjustments).at)


def left_out(rows: Iterable[ClockAdjustment]) -> list[Adjustment]:
    """The closed stretches that do not count; an extension is no such stretch."""
    return [
        Adjustment(Kind(row.kind), row.starts_at, row.ends_at)
        for row in rows
        if row.kind != AdjustmentKind.EXTENSION and row.ends_at is not None
    ]
