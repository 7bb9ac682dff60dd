"""Every act on a voice: who did what when, and what it did to the clock."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core_crm.staff.models import Official
from core_crm.voices.models.voice import Voice
from tenants.isolation.objects import CityModel
from tenants.personal import told


class VoiceTransition(CityModel):
    """One act. `version` is the voice's after it, so two acts can never share one."""

    voice = models.ForeignKey(
        Voice, models.CASCADE, related_name="transitions", verbose_name="고객의 소리"
    )
    version = models.PositiveIntegerField("판")
    action = models.CharField("행위", max_length=40)
    from_status = models.CharField("이전 상태", max_length=40, blank=True)
    to_status = models.CharField("다음 상태", max_length=40)
    due_before = models.DateTimeField("이전 기한", null=True, blank=True)
    due_after = models.DateTimeField("다음 기한")
    by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="한 사람"
    )
    at = models.DateTimeField("일시")
    comment = models.CharField("설명", max_length=500, blank=True)

    personal = told(comment="text", nobodys="action from_status to_status")

    class Meta:
        verbose_name = "처리 이력"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["voice", "version"], name="transition_once_a_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="transition_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.action} → {self.to_status}"
