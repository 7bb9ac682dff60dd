"""The platform's own tables: governments as dated facts, the cities served, and their hosts."""

from __future__ import annotations

from django.db import models
from django_tenants.models import DomainMixin, TenantMixin

from tenants.types import OPEN, SUSPENDED


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


class City(TenantMixin):  # type: ignore[misc]  # django_tenants has no types
    """A government that is served: one schema, one login role, one pool."""

    class Status(models.TextChoices):
        NOT_OPEN = "not_open", "개통 전"
        OPEN = OPEN, "운영 중"
        SUSPENDED = SUSPENDED, "멈춤"
        CLOSED = "closed", "닫음"

    auto_create_schema = False  # provisioning opens a city, in the owner's process

    code = models.CharField("코드", max_length=48, unique=True)
    name_ko = models.CharField("이름", max_length=40)
    name_en = models.CharField("영문 이름", max_length=80)
    short_name_ko = models.CharField("줄인 이름", max_length=20)
    status = models.CharField(max_length=16, choices=Status, default=Status.NOT_OPEN)
    official_site = models.BooleanField("공식 누리집", default=False)
    standard_version = models.CharField("표준 판", max_length=20, default="1.0")
    plugin = models.CharField("플러그인", max_length=48, blank=True)
    opened_at = models.DateTimeField("개통 일시", null=True, blank=True)
    provisioned_steps = models.JSONField("마친 개통 단계", default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(schema_name=models.F("code")), name="city_schema_is_its_code"
            )
        ]

    def __str__(self) -> str:
        return self.name_ko


class Host(DomainMixin):  # type: ignore[misc]  # django_tenants has no types
    """A host name at which a city answers."""

    def __str__(self) -> str:
        return str(self.domain)
