"""The people of the city, and the views they keep."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from core_crm.staff.models.organisation import Department
from core_crm.staff.types import VISITOR_RIGHTS, Right, Role, rights_of
from tenants.isolation.objects import CityModel
from tenants.personal import told

LANGUAGES = ("ko", "en")
ROLES = [role.value for role in Role]


def validate_roles(roles: list[str]) -> None:
    """At least one role, each once, each of the closed list."""
    if not roles or len(set(roles)) != len(roles) or not set(roles) <= set(ROLES):
        raise ValidationError("역할을 하나 이상, 정해진 역할 가운데에서 골라 주세요.")


class Official(CityModel):
    """A person who works for the city, with a seat in a department and one or more roles.

    `invited_at` names the one invitation whose link still opens; it is gone when it was used.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="official", verbose_name="계정"
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="officials",
        verbose_name="부서",
    )
    position = models.CharField("직위", max_length=60, blank=True)
    phone = models.CharField("전화", max_length=20, blank=True)
    roles = ArrayField(
        models.CharField(max_length=16), verbose_name="역할", validators=[validate_roles]
    )
    shortcuts_enabled = models.BooleanField("단축키 사용", default=True)
    language = models.CharField("언어", max_length=2, default="ko")
    invited_at = models.DateTimeField("초대", null=True, blank=True)

    is_visiting = False  # an operator who looks in: has no row, and sees without doing

    personal = told(phone="phone", nobodys="position roles language")

    class Meta:
        verbose_name = "직원"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(roles__contained_by=ROLES) & Q(roles__len__gte=1),
                name="official_roles_known",
            ),
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGES), name="official_language_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return str(self.user.name)

    @property
    def is_active(self) -> bool:
        """May this person log in, and so be given work?"""
        return bool(self.user.is_active)

    @property
    def rights(self) -> frozenset[Right]:
        """All that this person's roles allow."""
        return VISITOR_RIGHTS if self.is_visiting else rights_of(self.roles)

    def has(self, right: Right) -> bool:
        """May this person do it?"""
        return right in self.rights


class SavedView(CityModel):
    """A named set of filters on a screen, kept by an official and perhaps shown to colleagues."""

    owner = models.ForeignKey(
        Official, models.CASCADE, related_name="saved_views", verbose_name="주인"
    )
    screen = models.CharField("화면", max_length=40)
    name = models.CharField("이름", max_length=60)
    query = models.JSONField("조건", default=dict, blank=True)
    is_shared = models.BooleanField("함께 보기", default=False)

    personal = told(name="text", query="empty", nobodys="screen")

    class Meta:
        verbose_name = "저장한 보기"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["owner", "screen", "name"], name="saved_view_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
