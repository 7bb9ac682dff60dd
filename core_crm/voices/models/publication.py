"""What the public board says of a voice: moderated words only, and a state that follows it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from core_crm.staff.models import Department, Official
from core_crm.voices.models.catalogue import Category
from core_crm.voices.models.voice import Voice
from core_crm.voices.types.publication import TEXT_LIMITS, BoardState, Standing
from tenants.isolation.objects import CityModel
from tenants.personal import told

STATES = [each.value for each in BoardState]
STANDINGS = [each.value for each in Standing]
SHOWN = Q(standing=Standing.PUBLISHED)


class Publication(CityModel):
    """An entry of the public board (공개 글).

    Its id is not the voice's, so that the board's address opens nothing else. State, category,
    department and dates repeat the voice's, kept in line in the transaction of every act, so that
    the board reads one table. `is_behind`: the voice has moved on since somebody wrote the text.
    """

    voice = models.OneToOneField(
        Voice, models.CASCADE, related_name="publication", verbose_name="고객의 소리"
    )
    standing = models.CharField("공개 상태", max_length=12)
    state = models.CharField("처리 상태", max_length=12)
    title = models.CharField("제목", max_length=TEXT_LIMITS["title"])
    summary = models.CharField("부탁한 일", max_length=TEXT_LIMITS["summary"])
    result = models.CharField("한 일", max_length=TEXT_LIMITS["result"], blank=True)
    reason = models.CharField("할 수 없는 까닭", max_length=TEXT_LIMITS["reason"], blank=True)
    law = models.CharField("근거", max_length=TEXT_LIMITS["law"], blank=True)
    alternative = models.CharField("대안", max_length=TEXT_LIMITS["alternative"], blank=True)
    language = models.CharField("언어", max_length=2, default="ko")
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, related_name="+", verbose_name="분야"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+", verbose_name="부서"
    )
    asked_at = models.DateTimeField("접수")
    settled_at = models.DateTimeField("답변", null=True, blank=True)
    proposed_by = models.ForeignKey(
        Official,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="제안한 사람",
    )
    moderated_by = models.ForeignKey(
        Official,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="검토한 사람",
    )
    published_at = models.DateTimeField("처음 공개", null=True, blank=True)
    changed_at = models.DateTimeField("바뀐 때")
    is_behind = models.BooleanField("다시 볼 글", default=False)
    note = models.CharField("내린 까닭", max_length=300, blank=True)
    version = models.PositiveIntegerField("판", default=1)
    search_terms = ArrayField(models.CharField(max_length=4), verbose_name="찾기", default=list)

    personal = told(
        title="text",
        summary="text",
        result="text",
        reason="text",
        law="text",
        alternative="text",
        note="text",
        search_terms="empty",
        nobodys="standing state language",
    )

    class Meta:
        verbose_name = "공개 글"
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["search_terms"], name="publication_search", condition=SHOWN),
            models.Index(fields=["-changed_at", "-id"], name="publication_news", condition=SHOWN),
            models.Index(
                fields=["state", "-changed_at", "-id"], name="publication_state", condition=SHOWN
            ),
            models.Index(fields=["-asked_at", "-id"], name="publication_asked", condition=SHOWN),
            models.Index(fields=["category", "state"], name="publication_field", condition=SHOWN),
            models.Index(fields=["department", "state"], name="publication_dept", condition=SHOWN),
            models.Index(fields=["changed_at"], include=["version"], name="publication_stamp"),
            models.Index(fields=["standing", "-changed_at", "-id"], name="publication_queue"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(state=BoardState.UNABLE) | ~Q(reason=""),
                name="publication_unable_has_reason",
            ),
            models.CheckConstraint(
                condition=~SHOWN
                | Q(published_at__isnull=False, moderated_by__isnull=False)
                & ~Q(title="")
                & ~Q(summary=""),
                name="publication_shown_is_moderated",
            ),
            models.CheckConstraint(
                condition=Q(state=BoardState.GOING_ON) | Q(settled_at__isnull=False),
                name="publication_settled_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.TAKEN_BACK) | ~Q(note=""),
                name="publication_taken_back_says_why",
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="publication_state_known"),
            models.CheckConstraint(
                condition=Q(standing__in=STANDINGS), name="publication_standing_known"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="publication_version"),
        ]

    def __str__(self) -> str:
        return f"{self.standing} {self.id}"
