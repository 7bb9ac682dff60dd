"""The survey after every closing: who was asked, and what they said."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from core_crm.customers.models import Citizen
from core_crm.staff.models import Department, Official
from core_crm.surveys.types import SCORED_ITEMS
from tenants.isolation.objects import CityModel
from tenants.personal import told

HIGHEST = 5


class SurveyInvitation(CityModel):
    """One question put to one citizen after one closing. Never twice for the same closing."""

    voice_id = models.UUIDField("고객의 소리")
    ref = models.CharField("접수번호", max_length=24)
    closing_no = models.PositiveSmallIntegerField("몇 번째 종결")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+", verbose_name="부서"
    )
    officer = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="담당자"
    )
    citizen = models.ForeignKey(
        Citizen, models.PROTECT, related_name="survey_invitations", verbose_name="시민"
    )
    token_digest = models.CharField("지문", max_length=64, unique=True)
    recorded_at = models.DateTimeField("기록")
    closes_at = models.DateTimeField("마감")
    message_key = models.CharField("보낸 메시지", max_length=160, blank=True)
    opened_at = models.DateTimeField("처음 연 때", null=True, blank=True)
    answered_at = models.DateTimeField("답한 때", null=True, blank=True)

    personal = told(token_digest="secret", nobodys="ref message_key")  # noqa: S106 - a kind

    class Meta:
        verbose_name = "만족도 조사 초대"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["department", "recorded_at"], name="survey_dept_time"),
            models.Index(fields=["recorded_at"], name="survey_time"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["voice_id", "closing_no"], name="survey_once_a_closing"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("recorded_at")), name="survey_closes_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} ({self.closing_no})"


class SurveyAnswer(CityModel):
    """What a citizen said about one closing: four scores of 1–5, words, is it solved."""

    invitation = models.OneToOneField(
        SurveyInvitation, models.CASCADE, related_name="answer", verbose_name="초대"
    )
    speed = models.PositiveSmallIntegerField("신속", null=True, blank=True)
    kindness = models.PositiveSmallIntegerField("친절", null=True, blank=True)
    fairness = models.PositiveSmallIntegerField("공정", null=True, blank=True)
    convenience = models.PositiveSmallIntegerField("편의", null=True, blank=True)
    comment = models.CharField("하고 싶은 말", max_length=1000, blank=True)
    is_solved = models.BooleanField("해결됨", null=True, blank=True)
    at = models.DateTimeField("일시")

    personal = told(comment="text")

    class Meta:
        verbose_name = "만족도 응답"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(**{f"{item}__isnull": True}) | Q(**{f"{item}__range": (1, HIGHEST)}),
                name=f"survey_{item}_of_five",
            )
            for item in SCORED_ITEMS
        ]

    def __str__(self) -> str:
        return str(self.id)
