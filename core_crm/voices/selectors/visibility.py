"""Which voices are an official's business: those of their department, or all of the city's."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from core_crm.staff.models import Official
from core_crm.staff.selectors import departments_under
from core_crm.staff.types import Right
from core_crm.voices.models import Voice


def department_ids(official: Official) -> list[UUID]:
    """The official's department and all below it; none for somebody without a seat."""
    return departments_under(official.department) if official.department else []


def visible_to(official: Official) -> QuerySet[Voice]:
    """The voices this official may read."""
    if official.has(Right.VOICE_VIEW_ALL):
        return Voice.objects.all()
    if not official.has(Right.VOICE_VIEW_DEPARTMENT):
        return Voice.objects.none()
    mine = Q(department_id__in=department_ids(official)) | Q(officer_id=official.id)
    return Voice.objects.filter(mine)


def may_see(official: Official, voice: Voice) -> bool:
    """May this official read this voice?"""
    if official.has(Right.VOICE_VIEW_ALL):
        return True
    if not official.has(Right.VOICE_VIEW_DEPARTMENT):
        return False
    return voice.officer_id == official.id or voice.department_id in department_ids(official)
