"""One voice, from receipt to closing."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from core_crm.customers.models import Citizen
from core_crm.staff.models import Department, Official
from core_crm.voices.models.catalogue import CLASSES, UNITS, Category, ServiceItem
from core_crm.voices.types import Outcome, PetitionClass, VoiceChannel, VoicePhase
from tenants.isolation.objects import CityModel
from tenants.personal import told

CHANNELS = [each.value for each in VoiceChannel]
OUTCOMES = [each.value for each in Outcome]
PHASES = [each.value for each in VoicePhase]
OPEN = Q(closed_at__isnull=True)
# What the inbox counts its views by: with these in the index, no voice is read for a number.
COUNTED = (
    "officer",
    "department",
    "phase",
    "outcome",
    "paused_at",
    "reopened_count",
    "closed_at",
)


class Voice(CityModel):
    """One thing a citizen told the city (고객의 소리).

    `status` is the city's own workflow state, `phase` the standard word it stands for.
    `clock_from_at` is where the present count begins: the receipt, or the last reopening.
    `target_at` is the city's own promise, never later than the lawful `due_at`, if it makes one.
    `is_test`: filed while the city was trying things out; in no figure and on no public page.
    `allowed_minutes` and `used_minutes` are known once it is closed, in counted time. `version`
    rises with every act; who saves an older one learns who was faster.
    """

    ref = models.CharField("접수번호", max_length=24, unique=True)
    title = models.CharField("제목", max_length=200)
    body = models.TextField("내용")
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, related_name="+", verbose_name="분야"
    )
    service = models.ForeignKey(
        ServiceItem, models.PROTECT, null=True, related_name="+", verbose_name="민원편람"
    )
    petition_class = models.CharField("민원 종류", max_length=16)
    is_compound = models.BooleanField("복합민원", default=False)
    is_joint = models.BooleanField("여러 부서", default=False)
    channel = models.CharField("접수 경로", max_length=8)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="voices", verbose_name="시민")
    location = models.CharField("장소", max_length=200, blank=True)
    attributes = models.JSONField("덧붙인 값", default=dict, blank=True)
    language = models.CharField("언어", max_length=2, default="ko")
    reply_channel = models.CharField("답변 방법", max_length=8, blank=True)
    is_public = models.BooleanField("공개", default=False)
    is_test = models.BooleanField("시험 의견", default=False, db_default=False)

    received_at = models.DateTimeField("접수일시")
    clock_from_at = models.DateTimeField("기산 시점")
    period_unit = models.CharField("처리기간 단위", max_length=12)
    period_amount = models.PositiveSmallIntegerField("처리기간")
    due_at = models.DateTimeField("처리기한")
    original_due_at = models.DateTimeField("처음 처리기한")
    due_steps = models.JSONField("기한 계산", default=list)
    paused_at = models.DateTimeField("시계 멈춤", null=True, blank=True)
    target_at = models.DateTimeField("목표", null=True, blank=True)
    target_warn_at = models.DateTimeField("목표 알림", null=True, blank=True)
    escalate_at = models.DateTimeField("윗선에 알림", null=True, blank=True)
    progress_notice_at = models.DateTimeField("다음 진행 알림")

    status = models.CharField("상태", max_length=40)
    phase = models.CharField("표준 상태", max_length=16)
    workflow_code = models.CharField("처리 절차", max_length=48)
    workflow_digest = models.CharField("처리 절차 지문", max_length=64)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+", verbose_name="부서"
    )
    officer = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="담당자"
    )
    answered_at = models.DateTimeField("답변", null=True, blank=True)
    closed_at = models.DateTimeField("종결", null=True, blank=True)
    allowed_minutes = models.PositiveIntegerField("법정 처리기간(분)", null=True, blank=True)
    used_minutes = models.PositiveIntegerField("걸린 처리기간(분)", null=True, blank=True)
    outcome = models.CharField("결과", max_length=12, blank=True)
    public_reason = models.CharField("공개하는 까닭", max_length=500, blank=True)
    reopened_count = models.PositiveSmallIntegerField("다시 연 횟수", default=0)
    version = models.PositiveIntegerField("판", default=1)
    updated_at = models.DateTimeField("고친 때")
    search_terms = ArrayField(models.CharField(max_length=4), verbose_name="찾기", default=list)

    personal = told(
        title="text",
        body="text",
        location="text",
        attributes="empty",
        public_reason="text",
        search_terms="empty",
        nobodys="ref petition_class channel language reply_channel period_unit due_steps status"
        " phase workflow_code workflow_digest outcome",
    )

    class Meta:
        verbose_name = "고객의 소리"
        indexes: ClassVar[list[models.Index]] = [
            # A large pending list keeps the index off the intake's hot path.
            GinIndex(fields=["search_terms"], name="voice_search", gin_pending_list_limit=16384),
            # Only voices with own fields stand in it: the others cost the intake nothing.
            GinIndex(
                fields=["attributes"],
                name="voice_own_fields",
                opclasses=["jsonb_path_ops"],
                condition=~Q(attributes={}),
            ),
            models.Index(fields=["department", "due_at", "id"], name="voice_dept_due"),
            models.Index(fields=["officer", "due_at"], name="voice_officer_due", condition=OPEN),
            models.Index(
                fields=["due_at", "id"], name="voice_open_due", condition=OPEN, include=COUNTED
            ),
            models.Index(fields=["due_at", "id"], name="voice_due"),
            models.Index(fields=["phase", "due_at", "id"], name="voice_phase_due"),
            models.Index(fields=["-received_at", "-id"], name="voice_newest"),
            models.Index(fields=["-updated_at", "-id"], name="voice_latest"),
            models.Index(
                fields=["-updated_at"], name="voice_may_be_public", condition=Q(is_public=True)
            ),
            models.Index(
                fields=["-received_at"], name="voice_tried_out", condition=Q(is_test=True)
            ),
            models.Index(fields=["citizen", "-received_at"], name="voice_of_citizen"),
            models.Index(fields=["progress_notice_at"], name="voice_progress", condition=OPEN),
            models.Index(fields=["closed_at"], name="voice_closed_time", condition=~OPEN),
            models.Index(
                fields=["escalate_at"],
                name="voice_escalate",
                condition=OPEN & Q(escalate_at__isnull=False),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(due_at__gte=F("clock_from_at"))
                & Q(original_due_at__gte=F("received_at"))
                & Q(clock_from_at__gte=F("received_at")),
                name="voice_due_after_received",
            ),
            models.CheckConstraint(
                condition=Q(target_at__isnull=True) | Q(target_at__lte=F("due_at")),
                name="voice_target_not_after_due",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.UNABLE) | ~Q(public_reason=""),
                name="voice_unable_has_public_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(outcome=""),
                name="voice_closed_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("received_at")),
                name="voice_closed_after_received",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.ANSWERED) | Q(answered_at__isnull=False),
                name="voice_answered_has_time",
            ),
            models.CheckConstraint(
                condition=Q(is_compound=False) | Q(petition_class=PetitionClass.STATUTORY),
                name="voice_compound_is_statutory",
            ),
            models.CheckConstraint(
                condition=Q(petition_class__in=CLASSES), name="voice_class_known"
            ),
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="voice_channel_known"),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="voice_outcome_known"),
            models.CheckConstraint(condition=Q(phase__in=PHASES), name="voice_phase_known"),
            models.CheckConstraint(condition=Q(period_unit__in=UNITS), name="voice_unit_known"),
            models.CheckConstraint(condition=Q(version__gte=1), name="voice_version_from_one"),
            models.CheckConstraint(
                condition=Q(reply_channel__in=["", "sms", "email"]), name="voice_reply_known"
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def category_code(self) -> str:
        return self.category.code if self.category else ""

    @property
    def service_code(self) -> str:
        return self.service.code if self.service else ""

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None

    @property
    def closing_no(self) -> int:
        """The number of the present, or next, closing: 1 for the first."""
        return self.reopened_count + 1

    def is_overdue(self, *, now: datetime) -> bool:
        """Open, its clock running, and past its due instant."""
        return self.is_open and not self.is_paused and now > self.due_at
