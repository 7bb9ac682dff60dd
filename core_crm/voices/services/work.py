"""What an official holds of voices, for transfers of staff: work must not leave with a person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core_crm import events
from core_crm.staff.models import Department, Official
from core_crm.voices.models import Category, ServiceItem, Voice
from core_crm.voices.services.acting import act_finish, act_lock
from core_crm.voices.types import VoiceAction, VoiceAssigned


class VoicesHeld:
    """Open voices as the work of an official (`core_crm.staff.types.WorkHolder`)."""

    kind = "voices"
    label_ko = "고객의 소리"

    def held_by(self, official_id: UUID) -> int:
        """How many open voices the official holds."""
        return Voice.objects.filter(officer_id=official_id, closed_at__isnull=True).count()

    def hand_over(
        self,
        from_official_id: UUID,
        to_official_id: UUID,
        *,
        by_official_id: UUID | None,
        now: datetime,
    ) -> int:
        """Give all of them to a colleague, each with a transition; the clock goes on unchanged."""
        officials = Official.objects.select_related("user", "department")
        heir = officials.get(pk=to_official_id)
        by = officials.get(pk=by_official_id) if by_official_id else None
        held = Voice.objects.filter(officer_id=from_official_id, closed_at__isnull=True)
        moved = list(held.order_by("id"))
        for voice in moved:
            act = act_lock(voice, action=VoiceAction.ASSIGN, by=by, now=now, comment="업무 인계")
            act.voice.officer = heir
            act.voice.department = heir.department or act.voice.department
            saved = act_finish(act)
            code = saved.department.code if saved.department else ""
            events.record(VoiceAssigned(saved.id, code, heir.id))
        return len(moved)

    def held_in(self, department_id: UUID) -> int:
        """How many open voices stand with the department."""
        return Voice.objects.filter(department_id=department_id, closed_at__isnull=True).count()

    def move_unit(
        self,
        from_department_id: UUID,
        to_department_id: UUID,
        *,
        by_official_id: UUID | None,
        now: datetime,
    ) -> int:
        """Give all open ones to the other department, officers and clocks unchanged.

        Categories and services that led to the one that ends lead to the other from now on.
        """
        old = Department.objects.get(pk=from_department_id)
        heir = Department.objects.get(pk=to_department_id)
        by = Official.objects.filter(pk=by_official_id).first() if by_official_id else None
        held = Voice.objects.filter(department=old, closed_at__isnull=True)
        moved = list(held.order_by("id"))
        for voice in moved:
            act = act_lock(voice, action=VoiceAction.ASSIGN, by=by, now=now, comment="조직 개편")
            act.voice.department = heir
            saved = act_finish(act)
            events.record(VoiceAssigned(saved.id, heir.code, saved.officer_id))
        for model in (Category, ServiceItem):
            model.objects.filter(department_code=old.code).update(department_code=heir.code)
        return len(moved)
