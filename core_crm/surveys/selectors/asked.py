"""Which voices were asked about, for lists that open from a number."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from core_crm.calendars import SEOUL
from core_crm.staff.models import Department
from core_crm.staff.selectors import departments_under
from core_crm.surveys.models import SurveyInvitation

NO_DEPARTMENT = "-"


def asked_voice_ids(
    *,
    since: date,
    before: date,
    department: str = "",
    under: str = "",
    officer_id: UUID | None = None,
) -> QuerySet[Any]:
    """Ids of voices with an invitation recorded on these days of Seoul, `before` not included.

    Of the department (`-`: none) or, `under`, of it and those below; and of the official: both as
    they were at the closing that was asked about. Whether somebody answered is not told here.
    """
    found = SurveyInvitation.objects.filter(
        recorded_at__gte=_midnight(since), recorded_at__lt=_midnight(before)
    )
    if department == NO_DEPARTMENT:
        found = found.filter(department__isnull=True)
    elif department:
        found = found.filter(department__code=department)
    if under:
        root = Department.objects.filter(code=under).first()
        found = found.filter(department_id__in=departments_under(root) if root else [])
    if officer_id:
        found = found.filter(officer_id=officer_id)
    return found.values_list("voice_id", flat=True)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SEOUL)
