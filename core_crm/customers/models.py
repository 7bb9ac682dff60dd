"""The people a city talks with, and what happened between them and the city."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core_crm.customers.types import ContactChannel
from tenants.isolation.objects import CityModel
from tenants.personal import told

CHANNELS = [channel.value for channel in ContactChannel]
E164_PATTERN = r"^\+[1-9][0-9]{6,14}$"


class Citizen(CityModel):
    """One person (시민). Who only claims a further contact is kept apart from whom we know."""

    name = models.CharField("이름", max_length=80, blank=True)
    phone = models.CharField("휴대전화", max_length=16, blank=True)
    email = models.EmailField("이메일", blank=True)
    preferred_channel = models.CharField("연락 방법", max_length=8, default=ContactChannel.SMS)
    language = models.CharField("언어", max_length=2, default="ko")
    is_anonymous = models.BooleanField("연락처 없음", default=False)
    created_at = models.DateTimeField("등록일시")

    personal = told(name="name", phone="phone", email="email", nobodys="preferred_channel language")

    class Meta:
        verbose_name = "시민"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["phone"], name="citizen_phone", condition=~Q(phone="")),
            models.Index(fields=["email"], name="citizen_email", condition=~Q(email="")),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email="") | Q(is_anonymous=True),
                name="citizen_reachable_or_anonymous",
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=E164_PATTERN),
                name="citizen_phone_is_e164",
            ),
            models.CheckConstraint(
                condition=Q(preferred_channel__in=CHANNELS), name="citizen_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=["ko", "en"]), name="citizen_language_known"
            ),
            models.UniqueConstraint(
                fields=["name", "phone", "email"],
                condition=Q(is_anonymous=False),
                name="citizen_name_contacts_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)  # never the name: this ends up in logs


class TimelineEntry(CityModel):
    """One thing between a citizen and the city, written by the room it happened in."""

    citizen = models.ForeignKey(
        Citizen, models.PROTECT, related_name="timeline", verbose_name="시민"
    )
    at = models.DateTimeField("일시")
    kind = models.CharField("종류", max_length=40)
    about_kind = models.CharField("대상 종류", max_length=40)
    about_id = models.UUIDField("대상")
    summary = models.CharField("요약", max_length=300)

    personal = told(summary="text", nobodys="kind about_kind")

    class Meta:
        verbose_name = "고객 이력"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["citizen", "-at"], name="timeline_of_citizen"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["citizen", "kind", "about_kind", "about_id", "at"],
                name="timeline_entry_once",
            ),
        ]

    def __str__(self) -> str:
        return self.summary
