"""The city's own tables, as a plain project would know them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class PlainCategory(models.Model):
    """What a voice is about."""

    id = models.UUIDField(primary_key=True)
    label_ko = models.CharField(max_length=60)

    class Meta:
        managed = False
        db_table = "core_voices_category"

    def __str__(self) -> str:
        return self.label_ko


class PlainDepartment(models.Model):
    """Who deals with it."""

    id = models.UUIDField(primary_key=True)
    name_ko = models.CharField(max_length=80)

    class Meta:
        managed = False
        db_table = "core_staff_department"

    def __str__(self) -> str:
        return self.name_ko


class PlainCitizen(models.Model):
    """Who wrote."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=60)

    class Meta:
        managed = False
        db_table = "core_customers_citizen"

    def __str__(self) -> str:
        return self.name


class PlainUser(models.Model):
    """Somebody's account."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=60)

    class Meta:
        managed = False
        db_table = "tenants_accounts_user"

    def __str__(self) -> str:
        return self.name


class PlainOfficial(models.Model):
    """Who works on it."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(PlainUser, models.PROTECT)

    class Meta:
        managed = False
        db_table = "core_staff_official"

    def __str__(self) -> str:
        return str(self.id)


class PlainVoice(models.Model):
    """The columns that the yardsticks' pages show."""

    id = models.UUIDField(primary_key=True)
    ref = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=200)
    body = models.TextField()
    status = models.CharField(max_length=40)
    phase = models.CharField(max_length=16)
    channel = models.CharField(max_length=8)
    outcome = models.CharField(max_length=12)
    paused_at = models.DateTimeField(null=True)
    reopened_count = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    category = models.ForeignKey(PlainCategory, models.PROTECT, null=True)
    department = models.ForeignKey(PlainDepartment, models.PROTECT, null=True)
    officer = models.ForeignKey(PlainOfficial, models.PROTECT, null=True)
    citizen = models.ForeignKey(PlainCitizen, models.PROTECT)
    search_terms = ArrayField(models.CharField(max_length=4))

    class Meta:
        managed = False
        db_table = "core_voices_voice"

    def __str__(self) -> str:
        return self.ref
