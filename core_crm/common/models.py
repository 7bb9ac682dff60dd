"""Recorded facts with what is still owed to whom, and answers under an Idempotency-Key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from tenants.isolation.objects import CityModel
from tenants.personal import STAYS


class RecordedEvent(CityModel):
    """A fact, written in the transaction in which it became true. Never changed."""

    kind = models.CharField("종류", max_length=80)
    payload = models.JSONField("내용")
    recorded_at = models.DateTimeField("기록 일시", db_default=Now())

    personal = STAYS

    class Meta:
        verbose_name = "기록된 사실"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "recorded_at"], name="event_kind_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class EventDelivery(CityModel):
    """One reaction owed to one event. Its mark and the reaction's rows commit together."""

    event = models.ForeignKey(RecordedEvent, models.PROTECT, related_name="deliveries")
    receiver = models.CharField("받는 곳", max_length=80)
    next_attempt_at = models.DateTimeField("다음 시도", null=True, blank=True)  # null: at once
    delivered_at = models.DateTimeField("전달 일시", null=True, blank=True)
    attempts = models.PositiveIntegerField("시도", default=0)
    error = models.CharField("마지막 오류", max_length=200, blank=True)

    personal = STAYS

    class Meta:
        verbose_name = "사실의 전달"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["event", "receiver"], name="delivery_once_per_receiver"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                F("next_attempt_at").asc(nulls_first=True),
                "id",
                condition=Q(delivered_at__isnull=True),
                name="delivery_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receiver} {self.event_id}"


class IdempotencyRecord(CityModel):
    """The answer given to a request with an Idempotency-Key."""

    scope = models.CharField("범위", max_length=120)
    key = models.CharField("키", max_length=200)
    request_hash = models.CharField("요청", max_length=64)
    answer = models.JSONField("답", null=True, blank=True)
    created_at = models.DateTimeField("일시", db_default=Now())

    personal = STAYS

    class Meta:
        verbose_name = "되풀이된 요청의 답"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scope", "key"], name="idempotency_once_per_scope"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["created_at"], name="idempotency_age"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.id}"
