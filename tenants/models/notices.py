"""What the operators tell the officials of some cities, for a time."""

from __future__ import annotations

from django.db import models

from tenants.isolation.ids import UUIDv7Field


class PlatformNotice(models.Model):
    """A bar over officials' pages from `starts_at` until `ends_at`.

    `cities`: whose officials see it; empty is every city's. `tone`: info or warn.
    """

    id = UUIDv7Field(primary_key=True)
    cities = models.JSONField("받는 시·도", default=list, blank=True)
    tone = models.CharField("세기", max_length=8, default="info")
    words_ko = models.CharField("알림", max_length=300)
    words_en = models.CharField("영문 알림", max_length=300, blank=True)
    starts_at = models.DateTimeField("시작")
    ends_at = models.DateTimeField("끝")
    written_by = models.CharField("쓴 사람", max_length=60)
    written_at = models.DateTimeField("쓴 일시")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")),
                name="notice_ends_after_it_starts",
            )
        ]
        indexes = [models.Index(fields=["-ends_at"], name="notice_newest")]

    def __str__(self) -> str:
        return self.words_ko
