"""Governments as dated facts: their names, their codes elsewhere, their residents."""

from __future__ import annotations

from django.db import models


class Region(models.Model):
    """A metropolitan government (시·도) as it stood between two dates."""

    code = models.CharField("코드", max_length=48)
    name_ko = models.CharField("이름", max_length=40)
    name_en = models.CharField("영문 이름", max_length=80)
    short_name_ko = models.CharField("줄인 이름", max_length=20)
    valid_from = models.DateField("시작일")
    valid_to = models.DateField("종료일", null=True, blank=True)  # exclusive
    successor_code = models.CharField("이어받은 시·도", max_length=48, blank=True)
    sort = models.PositiveSmallIntegerField("순서", default=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="region_once_per_start"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="region_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name_ko


class RegionCode(models.Model):
    """What another system calls a government (행정표준코드, 통계청, 지도 …)."""

    region_code = models.CharField("시·도", max_length=48)
    system = models.CharField("코드 체계", max_length=40)
    code = models.CharField("그 체계의 코드", max_length=20)
    valid_from = models.DateField("시작일")
    valid_to = models.DateField("종료일", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "code", "valid_from"], name="region_code_once_per_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.system}:{self.code}"


class RegionPopulation(models.Model):
    """Registered residents of a government on a date (주민등록인구)."""

    region_code = models.CharField("시·도", max_length=48)
    counted_on = models.DateField("기준일")
    residents = models.PositiveIntegerField("주민등록인구")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region_code", "counted_on"], name="population_once")
        ]

    def __str__(self) -> str:
        return f"{self.region_code} {self.counted_on}"
