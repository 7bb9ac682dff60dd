"""The city's organisation and its people: departments, officials, API keys, saved views."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from core_crm.staff.types import DepartmentKind, Right, Role, Scope, rights_of
from tenants.isolation.objects import CityModel

LANGUAGES = ("ko", "en")
KIND_LABELS_KO = [
    (DepartmentKind.BUREAU.value, "국"),
    (DepartmentKind.DEPARTMENT.value, "과"),
    (DepartmentKind.TEAM.value, "팀"),
]
KINDS = [kind for kind, _ in KIND_LABELS_KO]
ROLES = [role.value for role in Role]
SCOPES = [scope.value for scope in Scope]


def validate_roles(roles: list[str]) -> None:
    """At least one role, each once, each of the closed list."""
    if not roles or len(set(roles)) != len(roles) or not set(roles) <= set(ROLES):
        raise ValidationError("역할을 하나 이상, 정해진 역할 가운데에서 골라 주세요.")


class Department(CityModel):
    """A bureau, department or team (국·과·팀). Its code never changes; its name and place may."""

    code = models.CharField("부서 코드", max_length=64, unique=True)
    name_ko = models.CharField("부서명", max_length=120)
    name_en = models.CharField("영문 부서명", max_length=160, blank=True)
    kind = models.CharField("종류", max_length=12, choices=KIND_LABELS_KO)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="상위"
    )
    phone = models.CharField("전화", max_length=20, blank=True)
    email = models.EmailField("이메일", blank=True)
    sort = models.PositiveIntegerField("차례", default=0)
    predecessor_label = models.CharField("통합 전 소속", max_length=60, blank=True)
    valid_from = models.DateField("시작일", null=True, blank=True)
    valid_to = models.DateField("종료일", null=True, blank=True)

    class Meta:
        verbose_name = "부서"
        ordering = ("sort", "code")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="department_kind_known"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="department_not_its_own_parent",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="department_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name_ko


class Official(CityModel):
    """A person who works for the city, with a seat in a department and one or more roles."""

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
        return rights_of(self.roles)

    def has(self, right: Right) -> bool:
        """May this person do it?"""
        return right in self.rights


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


class SavedView(CityModel):
    """A named set of filters on a screen, kept by an official and perhaps shown to colleagues."""

    owner = models.ForeignKey(
        Official, models.CASCADE, related_name="saved_views", verbose_name="주인"
    )
    screen = models.CharField("화면", max_length=40)
    name = models.CharField("이름", max_length=60)
    query = models.JSONField("조건", default=dict, blank=True)
    is_shared = models.BooleanField("함께 보기", default=False)

    class Meta:
        verbose_name = "저장한 보기"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["owner", "screen", "name"], name="saved_view_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
