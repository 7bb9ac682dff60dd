"""The cities that are served, and the hosts at which they answer."""

from __future__ import annotations

from django.db import models
from django_tenants.models import DomainMixin, TenantMixin

from tenants.types import CLOSED, NOT_OPEN, OPEN, SUSPENDED, Purpose

USUAL_RING = 1


class City(TenantMixin):  # type: ignore[misc]  # django_tenants has no types
    """A government that is served, or a copy of one: one schema, one login role, one pool.

    `region_code`: the government. `ring`: 0 is migrated first, and its failure stops the others.
    `limits` {"staff_accounts": 200, "storage_gb": 50, "messages_per_month": 30000}; what is not
    named is unlimited. `contacts` {"name", "email", "phone", "department"}.
    """

    class Status(models.TextChoices):
        NOT_OPEN = NOT_OPEN, "개통 전"
        OPEN = OPEN, "운영 중"
        SUSPENDED = SUSPENDED, "멈춤"
        CLOSED = CLOSED, "닫음"

    class PurposeChoices(models.TextChoices):
        SERVICE = Purpose.SERVICE.value, "운영"
        COPY = Purpose.COPY.value, "사본"
        TRAINING = Purpose.TRAINING.value, "교육용 사본"

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
    region_code = models.CharField("시·도", max_length=48)
    purpose = models.CharField(
        "용도", max_length=16, choices=PurposeChoices, default=PurposeChoices.SERVICE
    )
    is_trial = models.BooleanField("시험 운영", default=False)
    public_at = models.DateTimeField("공개 일시", null=True, blank=True)
    ring = models.PositiveSmallIntegerField("이행 차례", default=USUAL_RING)
    generation = models.PositiveIntegerField("바뀐 횟수", default=0)
    limits = models.JSONField("한도", default=dict, blank=True)
    contacts = models.JSONField("담당자", default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(schema_name=models.F("code")), name="city_schema_is_its_code"
            ),
            models.CheckConstraint(
                condition=~models.Q(purpose=Purpose.SERVICE.value)
                | models.Q(region_code=models.F("code")),
                name="city_service_is_its_region",
            ),
        ]

    def __str__(self) -> str:
        return self.name_ko


class Host(DomainMixin):  # type: ignore[misc]  # django_tenants has no types
    """A host name at which a city answers."""

    def __str__(self) -> str:
        return str(self.domain)
