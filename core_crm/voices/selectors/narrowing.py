"""What a list is narrowed to, as conditions on voices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q

from core_crm.calendars import SEOUL
from core_crm.common.custom_fields import FormDefinition, read_each
from core_crm.staff.models import Department
from core_crm.staff.selectors import departments_under
from core_crm.voices.selectors.fields import voice_form
from core_crm.voices.types import InboxFilters, Outcome

NO_DEPARTMENT = "-"
"""As a department's code: cases that no department has."""

EQUAL = {
    "category": "category__code",
    "petition_class": "petition_class",
    "channel": "channel",
    "status": "status",
    "phase": "phase",
    "officer_id": "officer_id",
    "is_compound": "is_compound",
}
DAYS = {
    "received_from": "received_at__gte",
    "received_before": "received_at__lt",
    "closed_from": "closed_at__gte",
    "closed_before": "closed_at__lt",
}
SETTLED = (Outcome.ANSWERED, Outcome.UNABLE)


def narrowed(filters: InboxFilters | Mapping[str, Any] | None) -> Q:
    """All that is set; unknown names are no filters and are left alone."""
    if isinstance(filters, InboxFilters):
        filters = {field.name: getattr(filters, field.name) for field in fields(filters)}
    condition = Q()
    for name, value in (filters or {}).items():
        if value is not None and value != "":
            condition &= _condition(name, value)
    return condition


def _condition(name: str, value: Any) -> Q:
    if name in EQUAL:
        return Q(**{EQUAL[name]: value})
    if name in DAYS:
        return Q(**{DAYS[name]: _midnight(value)})
    return SPECIAL[name](value) if name in SPECIAL else Q()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SEOUL)


def _of_department(code: str) -> Q:
    """Exactly this department's; those below it count as their own."""
    if code == NO_DEPARTMENT:
        return Q(department__isnull=True)
    return Q(department__code=code)


def _under(code: str) -> Q:
    """A department's with those of all below it. One that does not exist has none."""
    root = Department.objects.filter(code=code).first()
    return Q(department_id__in=departments_under(root) if root else [])


def _settled(is_settled: bool) -> Q:
    found = Q(closed_at__isnull=False, outcome__in=SETTLED)
    return found if is_settled else ~found


def _of_fields(wanted: Mapping[str, str]) -> Q:
    """All of the city's own fields that are asked for, through the index of their column.

    What is no value of its field narrows nothing, nor does an unknown or a personal field: a list
    that answers to a name would tell whose case it is.
    """
    open_ones = {code: one for code, one in voice_form().fields.items() if not one.is_personal}
    values = read_each(FormDefinition(fields=open_ones), wanted)
    return Q(attributes__contains=values) & ~Q(attributes={}) if values else Q()


SPECIAL: dict[str, Callable[[Any], Q]] = {
    "department_code": _of_department,
    "under_department": _under,
    "is_settled": _settled,
    "among": lambda ids: Q(id__in=ids),
    "fields": _of_fields,
}
