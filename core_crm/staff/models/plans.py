"""Lists of departments or people as somebody wants them, until they are applied."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core_crm.staff.models.people import Official
from core_crm.staff.types import PlanKind, PlanState
from tenants.isolation.objects import CityModel
from tenants.personal import STAYS

PLAN_KINDS = [kind.value for kind in PlanKind]
PLAN_STATES = [state.value for state in PlanState]
DATED = Q(effective_on__isnull=False)


class OfficePlan(CityModel):
    """A list that was sent or typed (조직 개편안, 직원 명단). None of it holds until applied.

    `rows` are the cells as they were read, each with its line; they are forgotten when the plan
    ends, for they name people. `heirs` say which department takes over another's people and work.
    """

    personal = STAYS

    kind = models.CharField("종류", max_length=12)
    state = models.CharField("상태", max_length=12, default=PlanState.DRAFT)
    title = models.CharField("이름", max_length=255)
    encoding = models.CharField("문자 인코딩", max_length=20, blank=True)
    columns = models.JSONField("열", default=list)
    rows = models.JSONField("행", default=list)
    heirs = models.JSONField("넘겨받는 부서", default=dict, blank=True)
    is_whole = models.BooleanField("전체 목록", default=False)
    effective_on = models.DateField("시행일", null=True, blank=True)
    created_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="만든 사람"
    )
    created_at = models.DateTimeField("만든 때")
    ended_at = models.DateTimeField("끝난 때", null=True, blank=True)
    counts = models.JSONField("결과", default=dict, blank=True)
    problem = models.CharField("까닭", max_length=300, blank=True)

    class Meta:
        verbose_name = "조직·인사 계획"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "-created_at"], name="office_plan_newest"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=PLAN_KINDS), name="office_plan_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=PLAN_STATES), name="office_plan_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.SCHEDULED) | DATED, name="office_plan_waits_for_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title
