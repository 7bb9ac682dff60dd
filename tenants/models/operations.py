"""Long work that only the owner does: what was asked for, its steps, and their log."""

from __future__ import annotations

from django.db import models

from tenants.isolation.ids import UUIDv7Field
from tenants.types import OperationKind, OperationState, StepState


class Operation(models.Model):
    """One piece of work on a city, asked for by a person or a schedule.

    `stands`: no other operation may be asked for its city: it waits, runs, or failed half done and
    has to be retried or taken back.
    """

    id = UUIDv7Field(primary_key=True)
    kind = models.CharField(max_length=24, choices=[(one.value, one.name) for one in OperationKind])
    city_code = models.CharField("시·도", max_length=48, blank=True)
    arguments = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        max_length=16,
        choices=[(one.value, one.name) for one in OperationState],
        default=OperationState.WAITING.value,
    )
    stands = models.BooleanField(default=True)
    asked_by_id = models.UUIDField(null=True, blank=True)
    asked_by_name = models.CharField("요청한 사람", max_length=120)
    origin = models.CharField(max_length=24)
    reason = models.CharField("까닭", max_length=500, blank=True)
    needs_approval = models.BooleanField(default=False)
    approved_by_id = models.UUIDField(null=True, blank=True)
    approved_by_name = models.CharField("승인한 사람", max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField("요청 일시")
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict, blank=True)
    problem = models.TextField(blank=True)
    cancel_asked = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city_code"],
                condition=models.Q(stands=True),
                name="operation_alone_in_its_city",
            )
        ]
        indexes = [models.Index(fields=["city_code", "-asked_at"], name="operation_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.city_code}"


class OperationStep(models.Model):
    """One step, done at most once; begun again after a kill."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    state = models.CharField(
        max_length=16,
        choices=[(one.value, one.name) for one in StepState],
        default=StepState.WAITING.value,
    )
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    done = models.BigIntegerField(null=True, blank=True)
    total = models.BigIntegerField(null=True, blank=True)
    detail = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operation", "name"], name="operation_step_once")
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class OperationLine(models.Model):
    """What a step said. No personal data."""

    step = models.ForeignKey(OperationStep, models.CASCADE, related_name="lines")
    at = models.DateTimeField()
    level = models.CharField(max_length=8, default="info")
    words = models.TextField()

    def __str__(self) -> str:
        return self.words
