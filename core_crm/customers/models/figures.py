"""Counts kept per day: how good the data is, how many customers there are, who lives here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tenants.isolation.objects import CityModel
from tenants.personal import told


class QualityFigure(CityModel):
    """How much of a field was filled, readable, fresh or single on a day (정보품질현황).

    `subject`: citizens or organisations. `field`: a column, "" for the row as a whole. `source`:
    whence the rows came, "" for all. `good` of `total` passed the test that `measure` names.
    """

    on = models.DateField("날짜")
    subject = models.CharField("대상", max_length=16)
    field = models.CharField("항목", max_length=24, blank=True)
    source = models.CharField("출처", max_length=40, blank=True)
    measure = models.CharField("잣대", max_length=16)
    good = models.PositiveIntegerField("맞음")
    total = models.PositiveIntegerField("전체")

    personal = told(nobodys="subject field source measure")

    class Meta:
        verbose_name = "정보 품질"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(good__lte=F("total")), name="quality_part_of_all"),
            models.UniqueConstraint(
                fields=["on", "subject", "field", "source", "measure"], name="quality_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CustomerFigure(CityModel):
    """How many customers there were at the end of a day, and what changed on it (고객변화추이)."""

    on = models.DateField("날짜")
    subject = models.CharField("대상", max_length=16)
    total = models.PositiveIntegerField("전체")
    added = models.PositiveIntegerField("새로 등록", default=0)
    changed = models.PositiveIntegerField("고침", default=0)
    merged = models.PositiveIntegerField("병합", default=0)
    erased = models.PositiveIntegerField("지움", default=0)

    personal = told(nobodys="subject")

    class Meta:
        verbose_name = "고객 수"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["on", "subject"], name="customer_figure_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ResidentCount(CityModel):
    """Residents of a district by sex and age, as loaded by the operator (주민등록인구).

    `district_code`: ten digits; a 시·군·구 ends in five zeros, the whole city in eight. `sex` "" is
    both; `age_from`–`age_to` both included, 0–200 for all ages.
    """

    on = models.DateField("기준일")
    district_code = models.CharField("행정구역", max_length=10)
    sex = models.CharField("성별", max_length=1, blank=True)
    age_from = models.PositiveSmallIntegerField("나이부터", default=0)
    age_to = models.PositiveSmallIntegerField("나이까지", default=200)
    residents = models.PositiveIntegerField("주민 수")
    source = models.CharField("출처", max_length=120)

    personal = told(nobodys="district_code sex source")

    class Meta:
        verbose_name = "주민등록인구"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(age_to__gte=F("age_from")), name="residents_ages_in_order"
            ),
            models.UniqueConstraint(
                fields=["on", "district_code", "sex", "age_from", "age_to"], name="residents_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
