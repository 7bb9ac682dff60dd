"""The city's own tables, as a plain project would know them."""

from __future__ import annotations

from django.db import models


class PlainVoice(models.Model):
    """The columns that the yardsticks' pages show."""

    id = models.UUIDField(primary_key=True)
    ref = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=200)
    body = models.TextField()
    status = models.CharField(max_length=40)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "core_voices_voice"

    def __str__(self) -> str:
        return self.ref
