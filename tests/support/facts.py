"""What the facts ought to be, worked out from the rows one by one in plain Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from core_crm.calendars import SEOUL
from core_crm.kpis.models import DayFact, MonthFact
from core_crm.kpis.types import MEASURES
from core_crm.staff.models import Department
from core_crm.surveys.models import SurveyInvitation
from core_crm.voices.models import Voice

ITEMS = ("speed", "kindness", "fairness", "convenience")
DAY_KEYS = (
    "day", "department_id", "officer_id", "petition_class", "is_compound", "channel", "category_id",
)  # fmt: skip
MONTH_KEYS = (
    "month", "slice", "bureau_code", "bureau_name", "department_code", "department_name",
    "category_code", "category_name", "channel", "petition_class", "is_compound",
)  # fmt: skip

Facts = dict[tuple[Any, ...], dict[str, int]]


def naive_days() -> Facts:
    """Key of a day's fact -> its measures, from voices, invitations and answers."""
    facts: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    for voice in Voice.objects.all():
        what = (voice.petition_class, voice.is_compound, voice.channel, voice.category_id)
        facts[(_day(voice.received_at), voice.department_id, None, *what)]["received"] += 1
        if voice.closed_at is not None:
            key = (_day(voice.closed_at), voice.department_id, voice.officer_id, *what)
            facts[key].update(_closing(voice))
    for invitation in SurveyInvitation.objects.select_related("answer"):
        voice = Voice.objects.get(id=invitation.voice_id)
        key = (
            _day(invitation.recorded_at),
            invitation.department_id,
            invitation.officer_id,
            voice.petition_class,
            voice.is_compound,
            voice.channel,
            voice.category_id,
        )
        facts[key].update(_rating(invitation))
    return {key: _whole(counts) for key, counts in facts.items()}


def naive_months(days: Facts) -> Facts:
    """Key of a month's fact -> its measures, added up from the days'."""
    facts: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    units = {unit.id: unit for unit in Department.objects.select_related("parent")}
    categories = {v.category_id: v.category for v in Voice.objects.select_related("category")}
    for (day, department, _, kind, is_compound, channel, category), measures in days.items():
        month = day.replace(day=1)
        unit = units.get(department)
        bureau = unit
        while bureau is not None and bureau.parent_id:
            bureau = units[bureau.parent_id]
        place = [
            x for one in (bureau, unit) for x in ((one.code, one.name_ko) if one else ("", ""))
        ]
        known = categories.get(category)
        matter = (known.code, known.label_ko) if known else ("", "")
        none = ("", "")
        keys = (
            (month, "department", *place, *none, "", kind, is_compound),
            (month, "category", *none, *none, *matter, "", kind, None),
            (month, "channel", *none, *none, *none, channel, "", None),
        )
        for key in keys:
            facts[key].update(measures)
    return {key: _whole(counts) for key, counts in facts.items()}


def stored_days() -> Facts:
    return _stored(DayFact.objects.values(*DAY_KEYS, *MEASURES).iterator(), DAY_KEYS)


def stored_months() -> Facts:
    return _stored(MonthFact.objects.values(*MONTH_KEYS, *MEASURES).iterator(), MONTH_KEYS)


def _stored(lines: Iterator[dict[str, Any]], keys: tuple[str, ...]) -> Facts:
    return {
        tuple(line[name] for name in keys): {name: line[name] for name in MEASURES}
        for line in lines
    }


def _closing(voice: Voice) -> Mapping[str, int]:
    assert voice.closed_at is not None
    told = {"closed": 1, voice.outcome: 1}
    if voice.outcome in ("answered", "unable"):
        told["settled"] = 1
        told["on_time"] = int((voice.answered_at or voice.closed_at) <= voice.due_at)
        told["allowed_minutes"] = voice.allowed_minutes or 0
        told["used_minutes"] = voice.used_minutes or 0
    return told


def _rating(invitation: SurveyInvitation) -> Mapping[str, int]:
    told = {"invited": 1}
    answer = getattr(invitation, "answer", None)
    if answer is None:
        return told
    told["rated"] = 1
    for item in ITEMS:
        mark = getattr(answer, item)
        if mark is not None:
            told[f"{item}_sum"], told[f"{item}_count"] = mark, 1
    if answer.is_solved is not None:
        told["solved" if answer.is_solved else "unsolved"] = 1
    return told


def _whole(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: counts.get(name, 0) for name in MEASURES}


def _day(at: datetime) -> date:
    return at.astimezone(SEOUL).date()
