"""What a citizen chooses from: everyday categories, and the service catalogue (민원편람)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core_crm.voices.types import PetitionClass
from tenants.isolation.objects import CityModel
from tenants.personal import told

CLASSES = [each.value for each in PetitionClass]
UNITS = ["immediately", "hours", "days", "weeks", "months", "years"]


class Category(CityModel):
    """An everyday word for a matter (분야), with the class and department it leads to."""

    code = models.CharField("코드", max_length=48, unique=True)
    label_ko = models.CharField("이름", max_length=60)
    label_en = models.CharField("영문 이름", max_length=80, blank=True)
    icon = models.CharField("그림", max_length=32, blank=True)
    petition_class = models.CharField("민원 종류", max_length=16)
    department_code = models.CharField("맡는 부서", max_length=64, blank=True)
    sort = models.PositiveIntegerField("차례", default=0)
    notice_ko = models.CharField("안내", max_length=300, blank=True)
    notice_en = models.CharField("영문 안내", max_length=300, blank=True)
    is_active = models.BooleanField("쓰는 중", default=True)

    personal = told(
        nobodys="code label_ko label_en icon petition_class department_code notice_ko notice_en"
    )

    class Meta:
        verbose_name = "분야"
        ordering = ("sort", "code")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(petition_class__in=CLASSES), name="category_class_known"
            ),
        ]

    def __str__(self) -> str:
        return self.label_ko


class ServiceItem(CityModel):
    """A petition one may file (민원편람): legal basis, statutory period, documents, fee."""

    code = models.CharField("코드", max_length=48, unique=True)
    title_ko = models.CharField("민원 이름", max_length=120)
    title_en = models.CharField("영문 이름", max_length=160, blank=True)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="services", verbose_name="분야"
    )
    legal_basis = models.CharField("근거 법령", max_length=200, blank=True)
    period_unit = models.CharField("처리기간 단위", max_length=12)
    period_amount = models.PositiveSmallIntegerField("처리기간")
    department_code = models.CharField("맡는 부서", max_length=64, blank=True)
    petition_class = models.CharField("민원 종류", max_length=16)
    is_compound = models.BooleanField("복합민원", default=False)
    documents_needed = ArrayField(
        models.CharField(max_length=200), verbose_name="구비서류", default=list, blank=True
    )
    fee_krw = models.PositiveIntegerField("수수료(원)", null=True, blank=True)
    fee_note = models.CharField("수수료 설명", max_length=200, blank=True)
    is_active = models.BooleanField("쓰는 중", default=True)

    personal = told(
        nobodys="code title_ko title_en legal_basis period_unit department_code petition_class"
        " documents_needed fee_note"
    )

    class Meta:
        verbose_name = "민원편람 항목"
        ordering = ("category__sort", "title_ko")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(petition_class__in=CLASSES), name="service_class_known"
            ),
            models.CheckConstraint(condition=Q(period_unit__in=UNITS), name="service_unit_known"),
            models.CheckConstraint(condition=Q(period_amount__gte=1), name="service_period_some"),
            models.CheckConstraint(
                condition=Q(is_compound=False) | Q(petition_class=PetitionClass.STATUTORY),
                name="service_compound_is_statutory",
            ),
        ]

    def __str__(self) -> str:
        return self.title_ko
