"""What citizens ask of their data, and what was forgotten when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core_crm.customers.models import Citizen
from core_crm.privacy.types import RequestKind, RequestState
from tenants.isolation.objects import CityModel
from tenants.personal import told

KINDS = [kind.value for kind in RequestKind]
STATES = [state.value for state in RequestState]
WAITING = [RequestState.OPEN.value, RequestState.ACCEPTED.value]


class PrivacyRequest(CityModel):
    """A citizen asks to see, correct, erase or no longer process (개인정보 보호법 제35–37조).

    `due_on`: the tenth day after (시행령 제41조, 제43조, 제44조). `outcome`: rows by room, and what
    a law keeps, as it was carried out; never a value.
    """

    kind = models.CharField("종류", max_length=8)
    citizen = models.ForeignKey(
        Citizen, models.PROTECT, related_name="privacy_requests", verbose_name="시민"
    )
    text = models.CharField("내용", max_length=1000, blank=True)
    state = models.CharField("상태", max_length=8, default=RequestState.OPEN)
    opened_at = models.DateTimeField("요구한 일시")
    due_on = models.DateField("처리 기한")
    by_id = models.UUIDField("적은 사람", null=True, blank=True)
    by_name = models.CharField("적은 사람 이름", max_length=60, blank=True)
    decided_at = models.DateTimeField("결정한 일시", null=True, blank=True)
    decided_by_name = models.CharField("결정한 사람", max_length=60, blank=True)
    reason = models.CharField("결정 사유", max_length=300, blank=True)
    carried_at = models.DateTimeField("한 일시", null=True, blank=True)
    outcome = models.JSONField("결과", default=dict, blank=True)

    personal = told(
        text="text", by_name="name", decided_by_name="name", reason="text",
        nobodys="kind state outcome",
    )  # fmt: skip

    class Meta:
        verbose_name = "개인정보 요구"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "due_on"], name="privacy_request_due"),
            models.Index(fields=["citizen", "-opened_at"], name="privacy_request_of"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="privacy_request_kind"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="privacy_request_state"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="privacy_refusal_says_why"
            ),
            models.UniqueConstraint(
                fields=["citizen", "kind"],
                condition=Q(state__in=WAITING),
                name="privacy_request_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class RetentionRun(CityModel):
    """How many rows one rule of retention made the city forget on one day."""

    rule = models.CharField("규칙", max_length=48)
    on = models.DateField("날짜")
    forgotten = models.PositiveIntegerField("파기한 수", default=0)
    last_at = models.DateTimeField("마지막 실행")

    personal = told(nobodys="rule")

    class Meta:
        verbose_name = "보유기간 지난 자료 파기"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["rule", "on"], name="retention_run_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.on}"
