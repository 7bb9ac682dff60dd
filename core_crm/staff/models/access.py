"""Who else gets in: keys of programs, and groups of the single sign-on."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from core_crm.staff.models.people import ROLES, Official, validate_roles
from core_crm.staff.types import Scope
from tenants.isolation.objects import CityModel
from tenants.personal import STAYS, told

SCOPES = [scope.value for scope in Scope]


class ApiKey(CityModel):
    """A program's key to this city's API. Only its digest is kept; the key is shown once."""

    name = models.CharField("이름", max_length=80)
    prefix = models.CharField("앞자리", max_length=12, unique=True)
    key_hash = models.CharField("지문", max_length=64)
    scopes = ArrayField(models.CharField(max_length=32), verbose_name="허용 범위")
    created_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="만든 사람"
    )
    created_at = models.DateTimeField("만든 때", db_default=Now())
    expires_at = models.DateTimeField("만료", null=True, blank=True)
    revoked_at = models.DateTimeField("폐기", null=True, blank=True)
    last_used_at = models.DateTimeField("마지막 사용", null=True, blank=True)

    personal = STAYS

    class Meta:
        verbose_name = "API 키"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=SCOPES) & Q(scopes__len__gte=1),
                name="api_key_scopes_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"


class GroupRoles(CityModel):
    """What a group of the city's single sign-on (OIDC) may do here."""

    group = models.CharField("모둠", max_length=120, unique=True)
    roles = ArrayField(
        models.CharField(max_length=16), verbose_name="역할", validators=[validate_roles]
    )

    personal = told(nobodys="group roles")

    class Meta:
        verbose_name = "모둠의 역할"
        ordering = ("group",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(roles__contained_by=ROLES) & Q(roles__len__gte=1),
                name="group_roles_known",
            ),
        ]

    def __str__(self) -> str:
        return self.group
