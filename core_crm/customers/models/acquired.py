"""Lists of customers received from elsewhere (입수고객)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from core_crm.customers.models.citizen import Citizen
from core_crm.customers.models.organisation import Organisation
from tenants.isolation.objects import CityModel
from tenants.personal import told


class AcquiredList(CityModel):
    """A list received from elsewhere: when, from whom, of what kind, by which law, until when."""

    class Kind(models.TextChoices):
        CITIZENS = "citizens", "개인"
        ORGANISATIONS = "organisations", "법인·단체"

    name = models.CharField("이름", max_length=120)
    kind = models.CharField("종류", max_length=16, choices=Kind)
    source = models.CharField("출처", max_length=120)
    received_on = models.DateField("받은 날")
    basis = models.CharField("법적 근거", max_length=200)
    purpose = models.CharField("쓰는 목적", max_length=200)
    expires_on = models.DateField("쓸 수 있는 마지막 날")
    received_by = models.CharField("받은 사람", max_length=60)
    created_at = models.DateTimeField("등록일시")
    ended_at = models.DateTimeField("지운 일시", null=True, blank=True)

    personal = told(received_by="name", nobodys="name kind source basis purpose")

    class Meta:
        verbose_name = "입수고객 명단"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=["citizens", "organisations"]), name="acquired_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(basis=""), name="acquired_says_whence_and_why"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("received_on")), name="acquired_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AcquiredMember(CityModel):
    """A customer on an acquired list. `is_new`: known to us by this list only."""

    acquired_list = models.ForeignKey(AcquiredList, models.CASCADE, related_name="members")
    citizen = models.ForeignKey(
        Citizen, models.CASCADE, null=True, blank=True, related_name="acquired_by"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="acquired_by"
    )
    is_new = models.BooleanField("이 명단으로 처음 알게 됨", default=False)

    personal = told()

    class Meta:
        verbose_name = "입수고객"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(citizen__isnull=False, organisation__isnull=True)
                | Q(citizen__isnull=True, organisation__isnull=False),
                name="acquired_member_is_one",
            ),
            models.UniqueConstraint(
                fields=["acquired_list", "citizen"],
                condition=Q(citizen__isnull=False),
                name="acquired_citizen_once",
            ),
            models.UniqueConstraint(
                fields=["acquired_list", "organisation"],
                condition=Q(organisation__isnull=False),
                name="acquired_organisation_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
