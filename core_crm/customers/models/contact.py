"""Further ways to reach a customer, each with its time and its source."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from core_crm.customers.models.citizen import Citizen
from core_crm.customers.models.organisation import Organisation
from core_crm.customers.types import ContactKind
from tenants.isolation.objects import CityModel
from tenants.personal import told

KINDS = [kind.value for kind in ContactKind]


class ContactPoint(CityModel):
    """A telephone number or address besides the one in use (연락처).

    `value`: E.164 for telephones, lower case for e-mail. `label`: what the directory called it, as
    교환 or a range's other end. It was true from `valid_from` until `valid_to`, both included.
    """

    citizen = models.ForeignKey(
        Citizen, models.CASCADE, null=True, blank=True, related_name="contact_points"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="contact_points"
    )
    kind = models.CharField("종류", max_length=8)
    value = models.CharField("연락처", max_length=254)
    extension = models.CharField("내선", max_length=12, blank=True)
    label = models.CharField("설명", max_length=40, blank=True)
    source = models.CharField("출처", max_length=40, blank=True)
    is_preferred = models.BooleanField("먼저 쓰는 연락처", default=False)
    valid_from = models.DateField("시작일", null=True, blank=True)
    valid_to = models.DateField("끝난 날", null=True, blank=True)
    recorded_at = models.DateTimeField("적은 일시")

    personal = told(value="secret", nobodys="kind extension label source")

    class Meta:
        verbose_name = "연락처"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["value"], name="contact_value"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="contact_kind_known"),
            models.CheckConstraint(
                condition=Q(citizen__isnull=False, organisation__isnull=True)
                | Q(citizen__isnull=True, organisation__isnull=False),
                name="contact_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="contact_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["citizen", "kind", "value"],
                condition=Q(citizen__isnull=False),
                name="contact_of_citizen_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "value", "extension"],
                condition=Q(organisation__isnull=False),
                name="contact_of_organisation_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
