"""What is said about a voice, and what is being written."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core_crm.staff.models import Official
from core_crm.voices.models.voice import Voice
from core_crm.voices.types import DraftKind, EntryKind
from tenants.isolation.objects import CityModel
from tenants.personal import told

ENTRY_KINDS = [each.value for each in EntryKind]
DRAFT_KINDS = [each.value for each in DraftKind]


class VoiceEntry(CityModel):
    """One piece of the conversation: to the citizen, from the citizen, or among officials."""

    voice = models.ForeignKey(
        Voice, models.CASCADE, related_name="entries", verbose_name="고객의 소리"
    )
    kind = models.CharField("종류", max_length=20)
    body = models.TextField("내용")
    author = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="쓴 사람"
    )
    at = models.DateTimeField("일시")
    is_public = models.BooleanField("시민에게 보임", default=False)
    message_key = models.CharField("보낸 메시지", max_length=160, blank=True)

    personal = told(body="text", nobodys="kind message_key")

    class Meta:
        verbose_name = "대화"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["voice", "at"], name="entry_of_voice"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=ENTRY_KINDS), name="entry_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=EntryKind.NOTE) | Q(is_public=False),
                name="entry_note_stays_inside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class ReplyDraft(CityModel):
    """What an official has typed and not sent: kept here, so no closed window loses it."""

    voice = models.ForeignKey(
        Voice, models.CASCADE, related_name="drafts", verbose_name="고객의 소리"
    )
    official = models.ForeignKey(
        Official, models.CASCADE, related_name="+", verbose_name="쓰는 사람"
    )
    kind = models.CharField("종류", max_length=20)
    body = models.TextField("내용", blank=True)
    updated_at = models.DateTimeField("고친 때")

    personal = told(body="text", nobodys="kind")

    class Meta:
        verbose_name = "쓰던 글"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=DRAFT_KINDS), name="draft_kind_known"),
            models.UniqueConstraint(fields=["voice", "official", "kind"], name="draft_one_each"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
