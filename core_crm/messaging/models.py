"""The outbox: every message the city sends, and the demo world's mailbox."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core_crm.messaging.types import Channel, Lane, MessageState, Purpose
from tenants.isolation.objects import CityModel
from tenants.personal import STAYS, told

CHANNELS = [channel.value for channel in Channel]
STATES = [state.value for state in MessageState]
LANES = [lane.value for lane in Lane]
PURPOSES = [purpose.value for purpose in Purpose]
OPEN_STATES = [MessageState.QUEUED.value, MessageState.SENDING.value]
LEFT_STATES = [MessageState.ACCEPTED.value, MessageState.DELIVERED.value]


class OutgoingMessage(CityModel):
    """One message to one address, written in the transaction of the act it tells about.

    `citizen_id`: whose consent is asked for when it is advertising; None for an official's letter.
    """

    channel = models.CharField("수단", max_length=8)
    recipient = models.CharField("받는 곳", max_length=254)
    template = models.CharField("양식", max_length=48)
    subject = models.CharField("제목", max_length=300, blank=True)
    body = models.TextField("내용")
    purpose = models.CharField("목적", max_length=20, default=Purpose.SERVICE_INFO)
    lane = models.CharField("차선", max_length=16, default=Lane.TRANSACTIONAL)
    about_kind = models.CharField("대상 종류", max_length=40)
    about_id = models.UUIDField("대상")
    citizen_id = models.UUIDField("받는 고객", null=True, blank=True)
    dedup_key = models.CharField("중복 방지 열쇠", max_length=160, unique=True)
    state = models.CharField("상태", max_length=12, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField("시도", default=0)
    not_before = models.DateTimeField("보낼 때")
    claimed_at = models.DateTimeField("보내기 시작", null=True, blank=True)
    gateway = models.CharField("발송 통로", max_length=120, blank=True)
    gateway_ref = models.CharField("발송 통로의 번호", max_length=120, blank=True)
    error = models.CharField("사유", max_length=300, blank=True)
    created_at = models.DateTimeField("작성")
    sent_at = models.DateTimeField("발송", null=True, blank=True)
    byte_count = models.PositiveIntegerField("바이트", default=0)
    parts = models.PositiveSmallIntegerField("건수", default=1)

    personal = STAYS

    class Meta:
        verbose_name = "보낼 메시지"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["not_before"],
                name="outgoing_due",
                condition=Q(state__in=OPEN_STATES),
            ),
            models.Index(fields=["about_kind", "about_id"], name="outgoing_about"),
            models.Index(
                fields=["citizen_id", "-created_at"],
                name="outgoing_of_citizen",
                condition=Q(citizen_id__isnull=False),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(channel__in=CHANNELS), name="outgoing_channel_known"
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="outgoing_state_known"),
            models.CheckConstraint(condition=Q(lane__in=LANES), name="outgoing_lane_known"),
            models.CheckConstraint(
                condition=Q(purpose__in=PURPOSES), name="outgoing_purpose_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.SENDING) | Q(claimed_at__isnull=False),
                name="outgoing_sending_is_claimed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=LEFT_STATES) | Q(sent_at__isnull=False),
                name="outgoing_left_has_sent_at",
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.FAILED) | ~Q(error=""),
                name="outgoing_failed_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.id}"  # never the recipient: this ends up in logs


class Sender(CityModel):
    """An address this city writes from; at most one per channel goes out (`is_used`).

    A number must be registered as the city's own before a carrier takes it (전기통신사업법
    제84조의2, and the ministry's notice on false numbers): `evidence` says by which paper.
    """

    channel = models.CharField("수단", max_length=8)
    address = models.CharField("주소", max_length=254)
    name = models.CharField("이름", max_length=80, blank=True)
    evidence = models.CharField("등록 증빙", max_length=200, blank=True)
    registered_on = models.DateField("등록일", null=True, blank=True)
    is_used = models.BooleanField("쓰는 중", default=False)
    added_at = models.DateTimeField("적은 때")
    added_by_name = models.CharField("적은 사람", max_length=80, blank=True)

    personal = told(added_by_name="name", nobodys="channel address name evidence")

    class Meta:
        verbose_name = "발신 주소"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="sender_channel_known"),
            models.UniqueConstraint(fields=["channel", "address"], name="sender_once"),
            models.UniqueConstraint(
                fields=["channel"], condition=Q(is_used=True), name="sender_one_used"
            ),
            models.CheckConstraint(
                condition=~Q(channel=Channel.SMS)
                | Q(is_used=False)
                | Q(registered_on__isnull=False) & ~Q(evidence=""),
                name="sender_number_is_registered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.address}"


class DemoLetter(CityModel):
    """A message as it arrived in the demo world's built-in mailbox."""

    channel = models.CharField("수단", max_length=8)
    recipient = models.CharField("받는 곳", max_length=254)
    subject = models.CharField("제목", max_length=300, blank=True)
    body = models.TextField("내용")
    at = models.DateTimeField("도착")
    client_reference = models.CharField("보낸 쪽 번호", max_length=80, unique=True)
    byte_count = models.PositiveIntegerField("바이트", default=0)

    personal = STAYS

    class Meta:
        verbose_name = "시험 우편함의 편지"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-at"], name="demo_letter_newest"),
        ]

    def __str__(self) -> str:
        return self.client_reference
