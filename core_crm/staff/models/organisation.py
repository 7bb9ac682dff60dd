"""Bureaus, departments and teams."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from core_crm.staff.types import DepartmentKind
from tenants.isolation.objects import CityModel
from tenants.personal import told

KIND_LABELS_KO = [
    (DepartmentKind.BUREAU.value, "국"),
    (DepartmentKind.DEPARTMENT.value, "과"),
    (DepartmentKind.TEAM.value, "팀"),
]
KINDS = [kind for kind, _ in KIND_LABELS_KO]


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

    personal = told(nobodys="code name_ko name_en kind phone email predecessor_label")

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
