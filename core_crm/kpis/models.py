"""Facts: measures added up from the city's rows, dated. All of it can be computed anew any time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from core_crm.kpis.types import MEASURES, Slice
from core_crm.staff.models import Department, Official
from core_crm.voices.models import Category
from tenants.isolation.objects import CityModel
from tenants.personal import told

SLICES = [each.value for each in Slice]


class Measured(CityModel):
    """A row of measures (docs/reference/indicators.md): whole numbers, sums over its cases."""

    received = models.PositiveIntegerField("접수")
    closed = models.PositiveIntegerField("종결")
    answered = models.PositiveIntegerField("답변")
    unable = models.PositiveIntegerField("처리 불가")
    withdrawn = models.PositiveIntegerField("취하")
    transferred = models.PositiveIntegerField("이송")
    settled = models.PositiveIntegerField("처리")
    on_time = models.PositiveIntegerField("기한 안")
    allowed_minutes = models.PositiveBigIntegerField("법정 처리기간(분)")
    used_minutes = models.PositiveBigIntegerField("걸린 처리기간(분)")
    invited = models.PositiveIntegerField("만족도 조사")
    rated = models.PositiveIntegerField("응답")
    speed_sum = models.PositiveIntegerField("신속 합")
    speed_count = models.PositiveIntegerField("신속 응답")
    kindness_sum = models.PositiveIntegerField("친절 합")
    kindness_count = models.PositiveIntegerField("친절 응답")
    fairness_sum = models.PositiveIntegerField("공정 합")
    fairness_count = models.PositiveIntegerField("공정 응답")
    convenience_sum = models.PositiveIntegerField("편의 합")
    convenience_count = models.PositiveIntegerField("편의 응답")
    solved = models.PositiveIntegerField("해결됨")
    unsolved = models.PositiveIntegerField("해결 안 됨")

    class Meta:
        abstract = True

    def measures(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in MEASURES}


class Dated(CityModel):
    """What tells a day's facts apart: whose they are, and of which cases."""

    day = models.DateField("날짜")
    department = models.ForeignKey(
        Department,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name="부서",
    )
    officer = models.ForeignKey(
        Official,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name="담당자",
    )
    petition_class = models.CharField("민원 종류", max_length=16)
    is_compound = models.BooleanField("복합민원")
    channel = models.CharField("접수 경로", max_length=8)
    category = models.ForeignKey(
        Category,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name="분야",
    )

    class Meta:
        abstract = True


class DayFact(Measured, Dated):
    """One day's measures of one department, official, class, channel and category.

    The day is Seoul's. Ids, not foreign keys of the database, and no key over all that tells rows
    apart: the voices keep what is pointed to, one statement groups a day's rows, and `FactDay` lets
    a day be written once only. Checking each row again would be most of the work of a refresh.
    """

    personal = told(nobodys="petition_class channel")

    class Meta:
        verbose_name = "하루의 사실"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["day"], name="dayfact_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day}"


class ExtraFact(Dated):
    """A plugin's measure of one day, with the keys of the day's fact it stands beside.

    `code` is `x.<plugin>.<measure>`. Computed with the same days, and in their digests.
    """

    code = models.CharField("측정값", max_length=110)
    value = models.BigIntegerField("값")

    personal = told(nobodys="petition_class channel code")

    class Meta:
        verbose_name = "플러그인이 더한 사실"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["code", "day"], name="extrafact_code_day"),
            models.Index(fields=["day"], name="extrafact_day"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.day}"


class ExtraMeasure(CityModel):
    """A plugin's measure that the facts hold, as it was defined when they were computed."""

    code = models.CharField("측정값", max_length=110, unique=True)
    fingerprint = models.CharField("지문", max_length=64)

    personal = told(nobodys="code fingerprint")

    class Meta:
        verbose_name = "집계한 플러그인 측정값"

    def __str__(self) -> str:
        return self.code


class FactDay(CityModel):
    """A day that has facts: how many rows, their digest, and when they were computed.

    Refreshers wait for each other on this table (`facts_refresh`).
    """

    day = models.DateField("날짜", unique=True)
    rows = models.PositiveIntegerField("행")
    digest = models.CharField("지문", max_length=64)
    computed_at = models.DateTimeField("집계한 때")

    personal = told(nobodys="digest")

    class Meta:
        verbose_name = "집계한 날"

    def __str__(self) -> str:
        return f"{self.day} {self.digest[:12]}"


class DirtyDay(CityModel):
    """A mark: something of this day has changed. Written often, never updated, nobody waits."""

    day = models.DateField("날짜")

    personal = told()

    class Meta:
        verbose_name = "다시 집계할 날"

    def __str__(self) -> str:
        return f"{self.day}"


class MonthFact(Measured):
    """A month's measures in one slice; the one table the ministry's role may read.

    No person is in it. `slice` department is kept by department, class and simple/compound;
    category by category and class; channel by channel: what does not apply is empty, for
    `is_compound` null. `bureau` is the root above the department in the organisation of today.
    """

    month = models.DateField("달")
    slice = models.CharField("나눔", max_length=12)
    bureau_code = models.CharField("국 코드", max_length=64, blank=True)
    bureau_name = models.CharField("국", max_length=120, blank=True)
    department_code = models.CharField("부서 코드", max_length=64, blank=True)
    department_name = models.CharField("부서", max_length=120, blank=True)
    category_code = models.CharField("분야 코드", max_length=48, blank=True)
    category_name = models.CharField("분야", max_length=60, blank=True)
    channel = models.CharField("접수 경로", max_length=8, blank=True)
    petition_class = models.CharField("민원 종류", max_length=16, blank=True)
    is_compound = models.BooleanField("복합민원", null=True)
    computed_at = models.DateTimeField("집계한 때")

    personal = told(
        nobodys="slice bureau_code bureau_name department_code department_name category_code"
        " category_name channel petition_class"
    )

    class Meta:
        verbose_name = "한 달의 사실"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(slice__in=SLICES), name="monthfact_slice_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="monthfact_first_of_month"),
            models.CheckConstraint(
                condition=Q(settled=F("answered") + F("unable")), name="monthfact_settled_adds_up"
            ),
            models.UniqueConstraint(
                fields=[
                    "month",
                    "slice",
                    "department_code",
                    "category_code",
                    "channel",
                    "petition_class",
                    "is_compound",
                ],
                name="monthfact_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.slice}"
