"""The event store: what happened, and which reaction to it is still owed."""

from __future__ import annotations

from django.db import models

from tenants.isolation.objects import CityModel


class RecordedEvent(CityModel):
    """A fact, written in the transaction in which it became true."""

    kind = models.CharField("종류", max_length=80)
    payload = models.JSONField("내용")
    recorded_at = models.DateTimeField("기록 일시", auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "recorded_at"], name="event_kind_time")]

    def __str__(self) -> str:
        return self.kind


class EventDelivery(CityModel):
    """One reaction owed to one event. Delivered and the reaction's rows commit together."""

    event = models.ForeignKey(RecordedEvent, on_delete=models.CASCADE, related_name="deliveries")
    receiver = models.CharField("받는 곳", max_length=80)
    next_attempt_at = models.DateTimeField("다음 시도", auto_now_add=True)
    delivered_at = models.DateTimeField("전달 일시", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("시도", default=0)
    error = models.CharField("마지막 오류", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "receiver"], name="delivery_once_per_receiver")
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(delivered_at__isnull=True),
                name="delivery_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.receiver} {self.event_id}"


class IdempotencyRecord(CityModel):
    """The answer given to a request with an Idempotency-Key, kept for a day."""

    scope = models.CharField("범위", max_length=120)
    key = models.CharField("키", max_length=200)
    request_digest = models.CharField("요청", max_length=64)
    status = models.PositiveSmallIntegerField("상태", null=True, blank=True)
    answer = models.JSONField("답", null=True, blank=True)
    created_at = models.DateTimeField("일시", auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="idempotency_once_per_scope")
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"
