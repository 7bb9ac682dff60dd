"""What a citizen agreed to: the state in force, and every change of it (동의)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core_crm.customers.models.citizen import Citizen
from core_crm.customers.types import ConsentSource
from tenants.isolation.objects import CityModel
from tenants.personal import told

SOURCES = [source.value for source in ConsentSource]


class Consent(CityModel):
    """Whether a citizen agrees to one purpose on one channel, as of now. No row: never asked.

    `text_code` and `text_digest`: the consent text as it was read. `asked_again_on`: the day by
    which advertising has to be confirmed (정보통신망법 제50조 제8항).
    """

    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="consents")
    purpose = models.CharField("목적", max_length=24)
    channel = models.CharField("채널", max_length=8)
    is_given = models.BooleanField("동의함")
    text_code = models.CharField("동의문", max_length=48, blank=True)
    text_digest = models.CharField("동의문 판", max_length=64, blank=True)
    source = models.CharField("경로", max_length=16)
    since = models.DateTimeField("언제부터")
    asked_again_on = models.DateField("다시 확인할 날", null=True, blank=True)

    personal = told(nobodys="purpose channel text_code text_digest source")

    class Meta:
        verbose_name = "동의"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["asked_again_on"], name="consent_to_confirm"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(source__in=SOURCES), name="consent_source_known"),
            models.UniqueConstraint(
                fields=["citizen", "purpose", "channel"], name="consent_state_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ConsentChange(CityModel):
    """One giving or taking back: the proof, which nothing changes afterwards (a trigger)."""

    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="consent_changes")
    purpose = models.CharField("목적", max_length=24)
    channel = models.CharField("채널", max_length=8)
    is_given = models.BooleanField("동의함")
    text_code = models.CharField("동의문", max_length=48, blank=True)
    text_digest = models.CharField("동의문 판", max_length=64, blank=True)
    source = models.CharField("경로", max_length=16)
    by_name = models.CharField("처리한 사람", max_length=60, blank=True)
    reason = models.CharField("사유", max_length=200, blank=True)
    at = models.DateTimeField("일시")

    personal = told(
        by_name="name", reason="text", nobodys="purpose channel text_code text_digest source"
    )

    class Meta:
        verbose_name = "동의 변경"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["citizen", "-at"], name="consent_change_of_citizen"),
        ]

    def __str__(self) -> str:
        return str(self.id)
