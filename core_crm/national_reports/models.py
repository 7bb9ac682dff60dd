"""What the ministry may know, in the shared schema. A figure that is hidden is NULL here.

Nothing in these tables needs protection any more: whatever they hold is published.
"""

from __future__ import annotations

from django.db import models

from core_crm.national_reports.types import FAMILIES, Family, Slice, SubmissionState


class NationalRegion(models.Model):
    """A government of today with its residents, copied so that the ministry reads only its own."""

    city_code = models.CharField("시·도", max_length=48, primary_key=True)
    name_ko = models.CharField("이름", max_length=40)
    name_en = models.CharField("영문 이름", max_length=80)
    short_name_ko = models.CharField("줄인 이름", max_length=20)
    sort = models.PositiveSmallIntegerField("순서")
    residents = models.PositiveIntegerField("주민등록인구", null=True)
    counted_on = models.DateField("인구 기준일", null=True)
    status = models.CharField("상태", max_length=16)

    def __str__(self) -> str:
        return self.name_ko


class NationalSubmission(models.Model):
    """The last reading of a city's facts, and what the automatic checks found."""

    city_code = models.CharField("시·도", max_length=48, primary_key=True)
    state = models.CharField("상태", max_length=16, choices=[(s, s) for s in SubmissionState])
    tried_at = models.DateTimeField("읽으려 한 일시")
    submitted_at = models.DateTimeField("받은 일시", null=True)
    data_at = models.DateTimeField("자료 산출 일시", null=True)
    months = models.PositiveIntegerField("달 수", default=0)
    is_late = models.BooleanField("늦음", default=False)
    findings = models.JSONField("점검 결과", default=list)
    digest = models.CharField("자료 지문", max_length=64, blank=True)
    month_digests = models.JSONField("달마다의 자료 지문", default=dict)

    def __str__(self) -> str:
        return f"{self.city_code} {self.state}"


class NationalRun(models.Model):
    """One refresh: when, how many, and the digest of everything published."""

    ran_at = models.DateTimeField("일시", unique=True)
    cities = models.PositiveSmallIntegerField("시·도 수")
    cells = models.PositiveIntegerField("칸 수")
    failed = models.JSONField("읽지 못한 시·도", default=list)
    digest = models.CharField("지문", max_length=64)

    def __str__(self) -> str:
        return f"{self.ran_at} {self.digest}"


def _measure(name: str) -> models.BigIntegerField[int | None, int | None]:
    return models.BigIntegerField(name, null=True)


def _hidden_is_null(family: Family) -> models.CheckConstraint:
    """The measures of a family are NULL when it is hidden, and numbers when it is not."""
    is_hidden = models.Q(hidden__contains=[family.value])
    names = [f"{name}__isnull" for name in FAMILIES[family]]
    all_null = models.Q(**dict.fromkeys(names, True))
    all_known = models.Q(**dict.fromkeys(names, False))
    return models.CheckConstraint(
        condition=(is_hidden & all_null) | (~is_hidden & all_known),
        name=f"nationalcell_{family.value}_hidden_is_null",
    )


class NationalCell(models.Model):
    """The measures of one month of one part of a region.

    `hidden` lists the families held back; their measures are NULL, all others are numbers: the
    database refuses anything else.
    """

    city_code = models.CharField("시·도", max_length=48)
    month = models.DateField("달")
    slice = models.CharField("가르는 기준", max_length=16, choices=[(s, s) for s in Slice])
    key = models.CharField("칸", max_length=96, blank=True)
    parent_key = models.CharField("윗칸", max_length=96, blank=True)
    label_ko = models.CharField("이름", max_length=200)
    label_en = models.CharField("영문 이름", max_length=200, blank=True)
    hidden = models.JSONField("숨긴 묶음", default=list)
    received = _measure("접수")
    closed = _measure("종결")
    answered = _measure("완료")
    unable = _measure("불가")
    withdrawn = _measure("취하")
    transferred = _measure("이첩")
    settled = _measure("처리(완료·불가)")
    on_time = _measure("기한 안 처리")
    allowed_minutes = _measure("법정 처리시간(분)")
    used_minutes = _measure("실제 처리시간(분)")
    invited = _measure("만족도 요청")
    rated = _measure("만족도 응답")
    speed_sum = _measure("신속 점수 합")
    speed_count = _measure("신속 응답 수")
    kindness_sum = _measure("친절 점수 합")
    kindness_count = _measure("친절 응답 수")
    fairness_sum = _measure("공정 점수 합")
    fairness_count = _measure("공정 응답 수")
    convenience_sum = _measure("편의 점수 합")
    convenience_count = _measure("편의 응답 수")
    solved = _measure("해결됨")
    unsolved = _measure("해결되지 않음")

    class Meta:
        indexes = [models.Index(fields=["slice", "month"], name="nationalcell_slice_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["city_code", "month", "slice", "parent_key", "key"],
                name="nationalcell_once",
            ),
            *(_hidden_is_null(family) for family in Family),
        ]

    def __str__(self) -> str:
        return f"{self.city_code} {self.month} {self.slice} {self.key}"
