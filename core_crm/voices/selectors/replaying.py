"""Past cases asked once more: where they would go and by when, under other documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from core_crm.calendars import SEOUL, CityCalendar, Extension, Period, Unit, due
from core_crm.voices.models import ClockAdjustment, Voice
from core_crm.voices.selectors.clock import period_of
from core_crm.voices.selectors.roles import RoleMap
from core_crm.voices.selectors.routing import Matter, Routing, Verdict
from core_crm.voices.selectors.targets import Target, Targets, left_out, target_at
from core_crm.voices.types import AdjustmentKind, CategoryList, ServiceList

MOST_CASES = 1000
NOT_READ = ("search_terms", "due_steps")


@dataclass(frozen=True, slots=True)
class PastCase:
    """One case with all that its way and its clock depended on."""

    id: UUID
    ref: str
    matter: Matter
    received_on: date
    from_at: datetime
    ended_at: datetime | None
    period: Period
    adjustments: tuple[ClockAdjustment, ...]
    is_paused: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a case goes: the department's code and what decided it (`rule`, if one of them did)."""

    department: str
    rule: Verdict | None = None


class Rulebook:
    """A city's documents that move cases and clocks, perhaps not those in force.

    Bodies of `routing/voice`, `sla/voice`, `calendar/office` and the two code lists. Answers as
    the tables and `route_of_matter` would, once these documents were published.
    """

    def __init__(
        self,
        *,
        routing: Mapping[str, Any],
        sla: Mapping[str, Any],
        calendar: Mapping[str, Any],
        categories: Mapping[str, Any],
        services: Mapping[str, Any],
    ) -> None:
        self._routing, self._targets = Routing(routing), Targets(sla)
        self._calendar = CityCalendar.from_document(calendar)
        self._categories = CategoryList.model_validate(dict(categories)).categories
        self._services = ServiceList.model_validate(dict(services)).services
        self._roles = RoleMap.of_this_city(named=self._routing.definition.departments)

    def send(self, case: PastCase) -> Sent:
        """A service decides first, then the rules, then the category, then the fallback."""
        matter, service = case.matter, self._services.get(case.matter.service)
        if service is not None:
            return Sent(self._roles.department_code(service.department_role))
        rule = self._routing.choose(matter, today=case.received_on)
        if rule is not None and (found := self._roles.found(rule.rule.department_role)):
            return Sent(found, rule)
        category = self._categories.get(matter.category)
        if category is not None:
            return Sent(self._roles.department_code(category.department_role))
        return Sent(self._roles.found(self._routing.definition.fallback_role))

    def due_at(self, case: PastCase) -> datetime:
        """The lawful due time. Raises ClockError."""
        service = self._services.get(case.matter.service)
        period = (
            case.period
            if service is None
            else Period(Unit(service.period.unit), service.period.amount)
        )
        return due(
            period,
            case.from_at,
            self._calendar,
            adjustments=left_out(case.adjustments),
            extensions=[
                Extension(_amount(one, period), with_consent=one.is_second)
                for one in case.adjustments
                if one.kind == AdjustmentKind.EXTENSION
            ],
        ).at

    def target(self, case: PastCase, *, due_at: datetime) -> Target | None:
        """The city's promise before that due time."""
        found = self._targets.best(
            petition_class=case.matter.petition_class,
            category=case.matter.category,
            service=case.matter.service,
        )
        if found is None:
            return None
        return target_at(
            *found,
            from_at=case.from_at,
            due_at=due_at,
            calendar=self._calendar,
            adjustments=left_out(case.adjustments),
        )


def cases_recent(*, limit: int = MOST_CASES) -> list[PastCase]:
    """The cases received last, the newest first. Two queries."""
    voices = (
        Voice.objects.select_related("category", "service")
        .prefetch_related("adjustments")
        .defer(*NOT_READ)
        .order_by("-received_at", "-id")[:limit]
    )
    return [_case(voice) for voice in voices]


def matter_of_voice(voice: Voice) -> Matter:
    """What the rules read of a voice."""
    return Matter(
        title=voice.title,
        body=voice.body,
        location=voice.location,
        category=voice.category_code,
        service=voice.service_code,
        petition_class=voice.petition_class,
        channel=voice.channel,
        language=voice.language,
        attributes=voice.attributes,
    )


def _case(voice: Voice) -> PastCase:
    rows = [one for one in voice.adjustments.all() if one.clock_no == voice.closing_no]
    return PastCase(
        id=voice.id,
        ref=voice.ref,
        matter=matter_of_voice(voice),
        received_on=voice.received_at.astimezone(SEOUL).date(),
        from_at=voice.clock_from_at,
        ended_at=voice.answered_at or voice.closed_at,
        period=period_of(voice),
        adjustments=tuple(sorted(rows, key=lambda one: (one.at, one.id))),
        is_paused=voice.is_paused,
    )


def _amount(row: ClockAdjustment, period: Period) -> int | None:
    """An extension never adds more than the period (시행령 제21조 제1항)."""
    return None if row.amount is None else min(row.amount, period.amount)
