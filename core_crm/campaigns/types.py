"""The document kind `campaign_type`: one kind of sending, told completely.

Sending itself is another room's work to come; this says to whom, on what ground and when.
"""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, field_serializer, model_validator

from core_crm.common.document_parts import Code, Part
from core_crm.common.labels import TwoLanguages
from core_crm.common.predicates import Predicate

FAR_DAYS = 366
NIGHT = (time(21), time(8))
"""When no advertisement is sent without a separate consent (정보통신망법 제50조 제3항)."""


class CampaignPurpose(StrEnum):
    """Why the city writes. What may be sent follows from it."""

    STATUTORY_NOTICE = "statutory_notice"
    SERVICE_INFO = "service_info"
    SURVEY = "survey"
    PROMOTION = "promotion"


class Consent(StrEnum):
    """What a citizen must have agreed to beforehand.

    `service`: to be written to about what they asked for, given with the contact itself.
    `marketing`: to advertisements, given for them alone (정보통신망법 제50조 제1항).
    """

    NONE_REQUIRED = "none_required"
    SERVICE = "service"
    MARKETING = "marketing"


class HappeningKind(StrEnum):
    """What happens between a citizen and the city, as the citizen's history calls it."""

    VOICE_REGISTERED = "voice_registered"
    VOICE_ANSWERED = "voice_answered"
    VOICE_UNABLE = "voice_unable"
    VOICE_TRANSFERRED = "voice_transferred"
    VOICE_REOPENED = "voice_reopened"


class EventTrigger(Part):
    """When something happens to a citizen, and so many hours later."""

    type: Literal["event"] = "event"
    event: HappeningKind
    delay_hours: int = Field(default=0, ge=0, le=24 * 30)


class DateFieldTrigger(Part):
    """On a day of the citizen's own: `offset_days` -7 is a week before it, 15 a fortnight after."""

    type: Literal["date_field"] = "date_field"
    field: str = Field(min_length=1, max_length=150)
    offset_days: int = Field(default=0, ge=-FAR_DAYS, le=FAR_DAYS)


class ScheduleTrigger(Part):
    """Every week or month, on a fixed day at a fixed time."""

    type: Literal["schedule"] = "schedule"
    every: Literal["week", "month"]
    day: int = Field(ge=1, le=28, description="1–7 of a week (1: Monday), 1–28 of a month.")
    at: time = time(10)

    @model_validator(mode="after")
    def _is_a_day_of_it(self) -> Self:
        if self.every == "week" and self.day > 7:
            raise ValueError("한 주는 7일입니다. 1(월요일)부터 7(일요일) 가운데서 고르세요")
        return self

    @field_serializer("at")
    def _shortly(self, at: time) -> str:
        return at.strftime("%H:%M")


class ManualTrigger(Part):
    """When an official starts it."""

    type: Literal["manual"] = "manual"


class PluginTrigger(Part):
    """What one of the city's plugins knows of: `x.<plugin>.<code>`."""

    type: Literal["plugin"] = "plugin"
    code: str = Field(pattern=r"^x\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")


Trigger: TypeAlias = Annotated[
    EventTrigger | DateFieldTrigger | ScheduleTrigger | ManualTrigger | PluginTrigger,
    Field(discriminator="type"),
]


class ChannelPlan(Part):
    """One way to reach a citizen, and the notice sent by it. The lowest `sort` is tried first."""

    template: Code
    sort: int = 0


class QuietHours(Part):
    """When nothing is sent, on Seoul's clock; over midnight when it ends before it begins."""

    begins_at: time = NIGHT[0]
    ends_at: time = NIGHT[1]

    def holds(self, at: time) -> bool:
        """Is it quiet at this time of the day?"""
        if self.begins_at == self.ends_at:
            return False
        if self.begins_at < self.ends_at:
            return self.begins_at <= at < self.ends_at
        return at >= self.begins_at or at < self.ends_at

    @property
    def is_all_night(self) -> bool:
        """Is nothing sent from 21:00 to 08:00?"""
        is_over_midnight = self.begins_at > self.ends_at
        return is_over_midnight and self.begins_at <= NIGHT[0] and self.ends_at >= NIGHT[1]

    @field_serializer("begins_at", "ends_at")
    def _shortly(self, at: time) -> str:
        return at.strftime("%H:%M")


class CampaignType(Part):
    """One kind of campaign. `once_per` is what nobody gets twice; `frequency_cap_days` the pause
    between two of this kind to one citizen; `cap_per_run` the most sent at a time."""

    label: TwoLanguages
    description: TwoLanguages | None = None
    sort: int = 100
    purpose: CampaignPurpose
    legal_basis: str = Field(default="", max_length=200)
    consent: Consent
    audience: Predicate
    trigger: Trigger
    channels: dict[Literal["sms", "email"], ChannelPlan] = Field(min_length=1)
    once_per: Literal["citizen_event", "citizen_campaign", "citizen_year", "none"] = "citizen_event"
    quiet_hours: QuietHours | None = None
    cap_per_run: int = Field(default=50_000, ge=1, le=1_000_000)
    frequency_cap_days: int = Field(default=0, ge=0, le=FAR_DAYS)
    approval: Literal["none", "manager", "two_person"] = "manager"
    enabled: bool = True

    @model_validator(mode="after")
    def _is_lawful(self) -> Self:
        if self.purpose == CampaignPurpose.PROMOTION:
            self._refuse_careless_promotion()
        if self.purpose == CampaignPurpose.STATUTORY_NOTICE and not self.legal_basis.strip():
            raise ValueError("법정 안내에는 근거 법령이 있어야 합니다")
        return self

    def _refuse_careless_promotion(self) -> None:
        """정보통신망법 제50조: consent beforehand, and none of it by night."""
        if self.consent != Consent.MARKETING:
            raise ValueError(
                "광고성 정보는 광고 수신에 동의한 사람에게만 보냅니다 (정보통신망법 제50조 제1항)"
            )
        if self.quiet_hours is None or not self.quiet_hours.is_all_night:
            raise ValueError(
                "광고성 정보는 21:00–08:00에 보내지 않습니다 (정보통신망법 제50조 제3항)"
            )
