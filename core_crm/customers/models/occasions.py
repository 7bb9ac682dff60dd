"""What people came to: museums, festivals, hearings (방문·참여)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from core_crm.customers.models.citizen import Citizen
from core_crm.customers.models.organisation import Organisation
from tenants.isolation.objects import CityModel
from tenants.personal import told


class Occasion(CityModel):
    """A visit or event with its venue, days and source (방문·행사): a museum, PIFF, a hearing."""

    name = models.CharField("이름", max_length=120)
    kind = models.CharField("종류", max_length=40)
    venue = models.CharField("장소", max_length=120, blank=True)
    starts_on = models.DateField("시작일")
    ends_on = models.DateField("끝나는 날")
    source = models.CharField("출처", max_length=80)
    created_at = models.DateTimeField("등록일시")

    personal = told(nobodys="name kind venue source")

    class Meta:
        verbose_name = "방문·행사"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="occasion_ends_after_it_began"
            ),
            models.UniqueConstraint(fields=["name", "starts_on", "venue"], name="occasion_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Participation(CityModel):
    """A citizen came to an occasion, perhaps for an organisation."""

    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="participations")
    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="participations"
    )
    on = models.DateField("날짜")
    role = models.CharField("자격", max_length=40, blank=True)
    source = models.CharField("출처", max_length=80)
    batch_id = models.UUIDField("일괄 등록", null=True, blank=True)

    personal = told(nobodys="role source")

    class Meta:
        verbose_name = "참여"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["citizen", "-on"], name="participation_of_citizen"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["occasion", "citizen", "on"], name="participation_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
