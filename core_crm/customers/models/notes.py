"""What officials note about a customer."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core_crm.customers.models.citizen import Citizen
from core_crm.customers.models.organisation import Organisation
from tenants.isolation.objects import CityModel
from tenants.personal import told


class CustomerNote(CityModel):
    """An official's note (메모). The citizen may ask to see it (개인정보 보호법 제35조)."""

    citizen = models.ForeignKey(
        Citizen, models.CASCADE, null=True, blank=True, related_name="notes"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="notes"
    )
    text = models.CharField("내용", max_length=2000)
    by_id = models.UUIDField("쓴 사람")
    by_name = models.CharField("쓴 사람 이름", max_length=60)
    at = models.DateTimeField("쓴 일시")

    personal = told(text="text", by_name="name")

    class Meta:
        verbose_name = "고객 메모"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["citizen", "-at"], name="note_of_citizen"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
            models.CheckConstraint(
                condition=Q(citizen__isnull=False, organisation__isnull=True)
                | Q(citizen__isnull=True, organisation__isnull=False),
                name="note_is_about_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
