"""What people hand in: photographs and papers, kept in the city's own folder."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tenants.isolation.objects import CityModel
from tenants.personal import STAYS


class StoredFile(CityModel):
    """One file as kept: its real type, its size, and what it belongs to."""

    about_kind = models.CharField("대상 종류", max_length=40)
    about_id = models.UUIDField("대상")
    name = models.CharField("이름", max_length=200)
    path = models.CharField("자리", max_length=300)
    content_type = models.CharField("형식", max_length=80)
    size_bytes = models.PositiveIntegerField("크기")
    digest = models.CharField("SHA-256", max_length=64)
    stored_at = models.DateTimeField("올린 일시")

    personal = STAYS

    class Meta:
        verbose_name = "파일"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["about_kind", "about_id"], name="file_about"),
        ]

    def __str__(self) -> str:
        return str(self.id)  # never the name: people put names and numbers into it
