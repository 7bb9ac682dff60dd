"""What happened between a citizen and the city."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from core_crm.customers.models.citizen import Citizen
from tenants.isolation.objects import CityModel
from tenants.personal import told


class TimelineEntry(CityModel):
    """One thing between a citizen and the city, written by the room it happened in."""

    citizen = models.ForeignKey(
        Citizen, models.PROTECT, related_name="timeline", verbose_name="시민"
    )
    at = models.DateTimeField("일시")
    kind = models.CharField("종류", max_length=40)
    about_kind = models.CharField("대상 종류", max_length=40)
    about_id = models.UUIDField("대상")
    summary = models.CharField("요약", max_length=300)

    personal = told(summary="text", nobodys="kind about_kind")

    class Meta:
        verbose_name = "고객 이력"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["citizen", "-at"], name="timeline_of_citizen"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["citizen", "kind", "about_kind", "about_id", "at"],
                name="timeline_entry_once",
            ),
        ]

    def __str__(self) -> str:
        return self.summary
