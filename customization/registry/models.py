"""What a city keeps for its plugins: their records, and how they have fared."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from tenants.isolation.objects import CityModel
from tenants.personal import told


class PluginRecord(CityModel):
    """A plugin's own data (Tier 1): JSON by kind and key. It stays when the plugin is turned off.

    `key` is the id of the row it tells of, or the plugin's own. `schema_version` is the plugin's.
    """

    plugin = models.CharField("플러그인", max_length=48)
    kind = models.CharField("종류", max_length=48)
    key = models.CharField("열쇠", max_length=80)
    data = models.JSONField("내용", default=dict)
    schema_version = models.PositiveSmallIntegerField("내용의 판", default=1)

    personal = told(data="empty", nobodys="plugin kind key")

    class Meta:
        verbose_name = "플러그인 기록"
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["data"], name="plugin_record_data", opclasses=["jsonb_path_ops"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["plugin", "kind", "key"], name="plugin_record_once_per_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plugin}:{self.kind}:{self.key}"


class PluginHealth(CityModel):
    """How a plugin has fared in this city: its last failure, and whether it is paused for them."""

    plugin = models.CharField("플러그인", max_length=48, unique=True)
    failures = models.PositiveIntegerField("실패 횟수", default=0)
    last_place = models.CharField("마지막으로 실패한 곳", max_length=120, blank=True)
    last_error = models.CharField("마지막 오류", max_length=300, blank=True)
    last_failed_at = models.DateTimeField("마지막 실패", null=True, blank=True)
    paused_at = models.DateTimeField("멈춘 때", null=True, blank=True)

    personal = told(nobodys="plugin last_place last_error")

    class Meta:
        verbose_name = "플러그인 상태"

    def __str__(self) -> str:
        return self.plugin
