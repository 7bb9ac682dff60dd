"""One-time codes by which a citizen proves that a contact is theirs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tenants.isolation.objects import CityModel
from tenants.personal import told


class SignInCode(CityModel):
    """A code that was asked for. Only its digest is kept; without a citizen it never fits.

    A row is written for a contact that nobody has, too: the answer tells nothing.
    """

    citizen_id = models.UUIDField("고객", null=True, blank=True)
    digest = models.CharField("지문", max_length=64)
    asked_at = models.DateTimeField("요청")
    expires_at = models.DateTimeField("끝")
    tries_left = models.PositiveSmallIntegerField("남은 시도")
    used_at = models.DateTimeField("쓴 때", null=True, blank=True)

    personal = told(digest="secret")

    class Meta:
        verbose_name = "일회용 번호"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["asked_at"], name="sign_in_code_asked"),
            models.Index(
                fields=["citizen_id", "asked_at"],
                name="sign_in_code_of_citizen",
                condition=Q(citizen_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
