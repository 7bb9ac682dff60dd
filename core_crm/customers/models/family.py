"""Who lives with whom, and who stands in for whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from core_crm.customers.models.citizen import Citizen
from core_crm.customers.types import HouseholdRole, RelationKind
from tenants.isolation.objects import CityModel
from tenants.personal import told

RELATIONS = [kind.value for kind in RelationKind]
ROLES = [role.value for role in HouseholdRole]


class Household(CityModel):
    """People at one address (세대). They share it, and are no duplicates of each other."""

    address = models.CharField("주소", max_length=200, blank=True)
    address_detail = models.CharField("상세주소", max_length=100, blank=True)
    district_code = models.CharField("행정동", max_length=10, blank=True)
    created_at = models.DateTimeField("등록일시")

    personal = told(address="text", address_detail="empty", nobodys="district_code")

    class Meta:
        verbose_name = "세대"

    def __str__(self) -> str:
        return str(self.id)


class HouseholdMember(CityModel):
    """A citizen in a household; in one at a time."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="members")
    citizen = models.OneToOneField(Citizen, models.CASCADE, related_name="household_place")
    role = models.CharField("역할", max_length=8, default=HouseholdRole.MEMBER)
    since = models.DateField("부터", null=True, blank=True)

    personal = told(nobodys="role")

    class Meta:
        verbose_name = "세대원"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(role__in=ROLES), name="household_role_known"),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(role=HouseholdRole.HEAD),
                name="household_one_head",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Relation(CityModel):
    """`citizen` is the guardian, proxy, … of `other` (관계·대리)."""

    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="relations")
    other = models.ForeignKey(Citizen, models.CASCADE, related_name="relations_to")
    kind = models.CharField("관계", max_length=16)
    basis = models.CharField("근거", max_length=120, blank=True)
    valid_from = models.DateField("시작일", null=True, blank=True)
    valid_to = models.DateField("끝난 날", null=True, blank=True)

    personal = told(nobodys="kind basis")

    class Meta:
        verbose_name = "관계"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=RELATIONS), name="relation_kind_known"),
            models.CheckConstraint(condition=~Q(citizen=F("other")), name="relation_to_another"),
            models.UniqueConstraint(
                fields=["citizen", "other", "kind"],
                condition=Q(valid_to__isnull=True),
                name="relation_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
