"""The bare view: reads JSON, writes one row of the product's own table, says its id."""

from __future__ import annotations

import json
import secrets
import uuid
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, JsonResponse
from django.urls import path

application = get_wsgi_application()


class PlainVoice(models.Model):
    """All columns of the table: a row must fill the same indexes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    ref = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=200)
    body = models.TextField()
    category_id = models.UUIDField(null=True)
    service_id = models.UUIDField(null=True)
    petition_class = models.CharField(max_length=16, default="other")
    is_compound = models.BooleanField(default=False)
    is_joint = models.BooleanField(default=False)
    channel = models.CharField(max_length=8)
    citizen_id = models.UUIDField()
    location = models.CharField(max_length=200)
    attributes = models.JSONField(default=dict)
    language = models.CharField(max_length=2, default="ko")
    reply_channel = models.CharField(max_length=8)
    is_public = models.BooleanField(default=False)
    is_test = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    clock_from_at = models.DateTimeField()
    period_unit = models.CharField(max_length=12, default="immediately")
    period_amount = models.PositiveSmallIntegerField(default=1)
    due_at = models.DateTimeField()
    original_due_at = models.DateTimeField()
    due_steps = models.JSONField(default=list)
    paused_at = models.DateTimeField(null=True)
    progress_notice_at = models.DateTimeField()
    status = models.CharField(max_length=40, default="received")
    phase = models.CharField(max_length=16, default="received")
    workflow_code = models.CharField(max_length=48, default="voice")
    workflow_digest = models.CharField(max_length=64)
    department_id = models.UUIDField(null=True)
    officer_id = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    allowed_minutes = models.PositiveIntegerField(null=True)
    used_minutes = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=12)
    public_reason = models.CharField(max_length=500)
    reopened_count = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    search_terms = ArrayField(models.CharField(max_length=4))

    class Meta:
        app_label = "bare"
        managed = False
        db_table = "core_voices_voice"

    def __str__(self) -> str:
        return self.ref


def post(request: HttpRequest) -> JsonResponse:
    """One INSERT, committed by itself."""
    given, now = json.loads(request.body), datetime.now(UTC)
    text, due = f"{given['title']}{given['body']}".replace(" ", ""), now + timedelta(days=7)
    row = PlainVoice.objects.create(
        ref=secrets.token_hex(8),
        title=given["title"],
        body=given["body"],
        channel=given["channel"],
        citizen_id=settings.BARE_CITIZEN,
        received_at=now,
        clock_from_at=now,
        due_at=due,
        original_due_at=due,
        progress_notice_at=due,
        updated_at=now,
        search_terms=list({text[place : place + 2] for place in range(len(text) - 1)}),
    )
    response = JsonResponse({"id": row.id, "ref": row.ref}, status=201)
    response.headers["Content-Length"] = str(len(response.content))
    return response


urlpatterns = [path("voices", post)]
