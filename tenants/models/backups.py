"""The archives that were made of each city, and whether they could be restored."""

from __future__ import annotations

from django.db import models

from tenants.isolation.ids import UUIDv7Field


class Backup(models.Model):
    """One archive. The row stays when the file is removed.

    `is_managed`: it lies in our folder and goes when its time is over; others are their maker's.
    `kept_until`: not removed before, whatever the usual rule says. `test_result` {"restored",
    "rows", "seconds", "differences", "problem"} of the newest test-restore.
    """

    id = UUIDv7Field(primary_key=True)
    city_code = models.CharField("시·도", max_length=48)
    made_at = models.DateTimeField("만든 일시")
    path = models.CharField("파일", max_length=500)
    size_bytes = models.PositiveBigIntegerField("크기")
    rows = models.PositiveBigIntegerField("행")
    files = models.PositiveBigIntegerField("첨부 파일")
    seconds = models.FloatField("걸린 시간(초)")
    digest = models.CharField("SHA-256", max_length=64)
    app = models.CharField("소담 판", max_length=40)
    is_anonymised = models.BooleanField("비식별", default=False)
    is_managed = models.BooleanField("보관 기간 적용", default=True)
    kept_until = models.DateTimeField("이때까지 보관", null=True, blank=True)
    removed_at = models.DateTimeField("지운 일시", null=True, blank=True)
    tested_at = models.DateTimeField("복원 시험 일시", null=True, blank=True)
    test_result = models.JSONField("복원 시험 결과", default=dict, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["city_code", "-made_at"], name="backup_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.city_code} {self.made_at:%Y-%m-%d %H:%M}"
