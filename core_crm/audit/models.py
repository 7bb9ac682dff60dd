"""Who did what to whose data: rows are only added; seals chain them so that a change shows.

Kept two years at least, changes of access rights three (개인정보의 안전성 확보조치 기준 제8조,
제5조). Triggers refuse every removal, and every change but one: an entry without a seal gets one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tenants.isolation.objects import CityModel
from tenants.personal import STAYS


class AuditSeal(CityModel):
    """A digest over a batch of entries and over the seal before it."""

    number = models.PositiveBigIntegerField("번호", unique=True)
    sealed_at = models.DateTimeField("봉인 일시")
    entries = models.PositiveIntegerField("건수")
    digest = models.CharField("다이제스트", max_length=64)

    personal = STAYS

    class Meta:
        verbose_name = "감사 봉인"

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"


class AuditEntry(CityModel):
    """One act. `facts` hold no personal data: whose it was is named by id."""

    at = models.DateTimeField("일시")
    action = models.CharField("행위", max_length=80)
    actor_id = models.UUIDField("행위자", null=True, blank=True)
    actor_name = models.CharField("행위자 이름", max_length=60, blank=True)
    subject_kind = models.CharField("대상 종류", max_length=40)
    subject_id = models.UUIDField("대상", null=True, blank=True)
    reason = models.CharField("사유", max_length=300, blank=True)
    origin = models.CharField("접속지", max_length=64, blank=True)
    facts = models.JSONField("사실", default=dict)
    seal = models.ForeignKey(
        AuditSeal, models.PROTECT, null=True, blank=True, related_name="members"
    )

    personal = STAYS

    class Meta:
        verbose_name = "감사 기록"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_kind", "subject_id", "at"], name="audit_subject"),
            models.Index(fields=["actor_id", "at"], name="audit_actor"),
            models.Index(fields=["id"], name="audit_unsealed", condition=Q(seal__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.id}"


class DisclosureSeal(CityModel):
    """A digest over disclosures, whose ids it holds, and over the seal before it.

    The ids stand here, so that no disclosure is ever changed, not even to name its seal.
    """

    number = models.PositiveBigIntegerField("번호", unique=True)
    sealed_at = models.DateTimeField("봉인 일시")
    members = ArrayField(models.UUIDField(), verbose_name="접속기록")
    newest = models.UUIDField("가장 늦은 접속기록", db_index=True)
    digest = models.CharField("다이제스트", max_length=64)

    personal = STAYS

    class Meta:
        verbose_name = "접속기록 봉인"

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"


class Disclosure(CityModel):
    """One person's data shown to somebody: the access log (접속기록).

    Who, when, whence, whose, what, why and by which page (개인정보의 안전성 확보조치 기준 제8조).
    The table is parted by `at`, two years each; the city's login can add rows and read them, no
    more. `fields`: which of them were opened in full, as words; "" for a page.
    """

    at = models.DateTimeField("일시")
    action = models.CharField("한 일", max_length=40)
    actor_id = models.UUIDField("취급자", null=True, blank=True)
    actor_name = models.CharField("취급자 이름", max_length=60, blank=True)
    origin = models.CharField("접속지", max_length=64, blank=True)
    subject_kind = models.CharField("정보주체 종류", max_length=16)
    subject_id = models.UUIDField("정보주체")
    fields = models.CharField("항목", max_length=200, blank=True)
    reason = models.CharField("사유", max_length=300, blank=True)
    route = models.CharField("화면", max_length=80, blank=True)

    personal = STAYS

    class Meta:
        verbose_name = "접속기록"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_id", "at"], name="disclosure_subject"),
            models.Index(fields=["actor_id", "at"], name="disclosure_actor"),
            models.Index(fields=["at"], name="disclosure_at"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.id}"


class AccessReview(CityModel):
    """The monthly look at the access log, signed by the privacy officer (제8조 제2항)."""

    month = models.DateField("달", unique=True)
    disclosures = models.PositiveIntegerField("접속기록 건수")
    alerts = models.JSONField("이상 징후", default=dict)
    note = models.CharField("점검 의견", max_length=1000, blank=True)
    by_id = models.UUIDField("점검자")
    by_name = models.CharField("점검자 이름", max_length=60)
    at = models.DateTimeField("점검 일시")

    personal = STAYS

    class Meta:
        verbose_name = "접속기록 점검"

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class OperatorVisit(CityModel):
    """An operator of the platform looks into the city: why, from when to when.

    Who came, why and for how long cannot be changed afterwards (a trigger), nor the row removed.
    """

    MOST_MINUTES, LINK_SECONDS = 120, 300

    class End(models.TextChoices):
        OPERATOR = "operator", "운영자가 끝냄"
        CITY = "city", "시·도가 끝냄"
        TIME = "time", "시간이 다 됨"
        IDLE = "idle", "오래 쓰지 않음"
        ACCOUNT = "account", "운영자 계정이 막힘"

    operator_id = models.UUIDField("운영자")
    operator_name = models.CharField("운영자 이름", max_length=60)
    reason = models.CharField("사유", max_length=300)
    minutes = models.PositiveSmallIntegerField("허락된 시간(분)")
    asked_at = models.DateTimeField("요청 일시")
    origin = models.CharField("접속지", max_length=64, blank=True)
    entered_at = models.DateTimeField("들어온 일시", null=True, blank=True)
    ends_at = models.DateTimeField("끝나는 일시", null=True, blank=True)
    ended_at = models.DateTimeField("끝난 일시", null=True, blank=True)
    ended_by = models.CharField("어떻게 끝났나", max_length=16, choices=End, blank=True)

    personal = STAYS

    class Meta:
        verbose_name = "운영자 방문"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=120), name="visit_two_hours_at_most"
            ),
            models.CheckConstraint(
                condition=Q(entered_at__isnull=True, ends_at__isnull=True)
                | Q(
                    ends_at__gt=models.F("entered_at"),
                    ends_at__lte=models.F("entered_at") + timedelta(minutes=120),
                ),
                name="visit_ends_after_it_began",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="visit_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.operator_name} {self.asked_at:%Y-%m-%d %H:%M}"
