"""What lawfully moves a due instant."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from core_crm.staff.models import Official
from core_crm.voices.models.voice import Voice
from core_crm.voices.types import AdjustmentKind
from tenants.isolation.objects import CityModel
from tenants.personal import told

KINDS = [each.value for each in AdjustmentKind]


class ClockAdjustment(CityModel):
    """A stretch that is not counted, or an extension; with its reason and article.

    `clock_no` is the count it belongs to: a reopened voice has a clock of its own. A supplement
    whose reply has not come has no end yet. An extension's stretch is what it added, its `amount`
    that in the period's unit (none: the whole period again).
    """

    voice = models.ForeignKey(
        Voice, models.CASCADE, related_name="adjustments", verbose_name="고객의 소리"
    )
    clock_no = models.PositiveSmallIntegerField("몇 번째 처리", default=1)
    kind = models.CharField("종류", max_length=12)
    starts_at = models.DateTimeField("시작")
    ends_at = models.DateTimeField("끝", null=True, blank=True)
    reply_by_on = models.DateField("보완 기한", null=True, blank=True)
    reason_code = models.CharField("사유 코드", max_length=32, blank=True)
    reason = models.CharField("사유", max_length=500, blank=True)
    article = models.CharField("근거", max_length=120)
    amount = models.PositiveSmallIntegerField("연장한 양", null=True, blank=True)
    repeats = models.PositiveSmallIntegerField("다시 요구", default=0)
    postponements = models.PositiveSmallIntegerField("보완 기한 연장", default=0)
    is_second = models.BooleanField("다시", default=False)
    by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="정한 사람"
    )
    at = models.DateTimeField("정한 때")

    personal = told(reason="text", nobodys="kind reason_code article")

    class Meta:
        verbose_name = "처리기간 조정"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="adjustment_kind_known"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="adjustment_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=False) | Q(kind=AdjustmentKind.SUPPLEMENT),
                name="adjustment_only_supplement_open",
            ),
            models.CheckConstraint(
                condition=Q(repeats__lte=1) & Q(postponements__lte=2),
                name="adjustment_supplement_limits",
            ),
            models.UniqueConstraint(
                fields=["voice"],
                condition=Q(kind=AdjustmentKind.SUPPLEMENT, ends_at__isnull=True),
                name="adjustment_one_open_supplement",
            ),
            models.UniqueConstraint(
                fields=["voice", "clock_no", "is_second"],
                condition=Q(kind=AdjustmentKind.EXTENSION),
                name="adjustment_extended_once_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%Y-%m-%d}"
