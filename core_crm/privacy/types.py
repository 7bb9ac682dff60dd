"""The document kinds `consent_text` and `retention`: the law's bounds stand in the models."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from core_crm.common.document_parts import Code, Part
from core_crm.common.labels import TwoLanguages
from core_crm.customers.types import ADVERTISING, ConsentPurpose

__all__ = ["ADVERTISING", "ConsentPurpose", "ConsentText", "RetentionRule", "RetentionSubject"]

TWO_YEARS = 730


class ConsentText(Part):
    """What a citizen reads before agreeing (개인정보 보호법 제15조 제2항: four things are told).

    `items`: the data used. `text`: why it is used. `refusal`: that one may say no, and what then.
    `asked_again_days`: an agreement to advertising is confirmed every two years at the latest
    (정보통신망법 제50조 제8항, 같은 법 시행령 제62조의3). Keeping the proof of an agreement is the
    retention document's matter.
    """

    label: TwoLanguages
    purpose: ConsentPurpose
    basis: str = Field(min_length=1)
    channels: frozenset[Literal["sms", "email", "phone", "post"]] = Field(min_length=1)
    text: TwoLanguages
    items: dict[Code, TwoLanguages] = Field(min_length=1)
    refusal: TwoLanguages
    kept_days: int = Field(ge=1)
    asked_again_days: int | None = Field(default=None, ge=1)
    sort: int = 100

    @model_validator(mode="after")
    def _advertising_is_confirmed(self) -> Self:
        again = self.asked_again_days
        if self.purpose in ADVERTISING and (again is None or again > TWO_YEARS):
            raise ValueError("광고 수신 동의는 2년마다 다시 확인해야 합니다 (정보통신망법 제50조)")
        return self


class RetentionSubject(StrEnum):
    """Whose rows are meant."""

    VOICES = "voices"
    CITIZENS = "citizens"
    MESSAGES = "messages"
    SURVEYS = "surveys"
    CALLS = "calls"
    CONSENTS = "consents"
    ACCESS_LOG = "access_log"
    ACQUIRED_LISTS = "acquired_lists"


class RetentionRule(Part):
    """How long personal data of one subject is kept, and what becomes of it (제21조).

    `keep_days` lies between the bounds; a city moves it only there. Rows on legal hold wait.
    """

    label: TwoLanguages
    subject: RetentionSubject
    basis: str = Field(min_length=1)
    counted_from: Literal["recorded", "closed", "last_contact", "withdrawn"]
    keep_days: int = Field(ge=1)
    at_least_days: int = Field(default=1, ge=1)
    at_most_days: int | None = None
    then: Literal["delete", "anonymise"]
    keeps: dict[Code, TwoLanguages] = Field(
        default_factory=dict, description="What stays after `anonymise`, for statistics."
    )
    sort: int = 100

    @model_validator(mode="after")
    def _within_its_bounds(self) -> Self:
        most = self.at_most_days
        if self.keep_days < self.at_least_days or (most is not None and self.keep_days > most):
            bounds = f"{self.at_least_days}일 이상" + (f", {most}일 이하" if most else "")
            raise ValueError(f"보유기간은 {bounds}여야 합니다")
        if self.then == "delete" and self.keeps:
            raise ValueError("지우는 자료에는 남는 것이 없습니다: `keeps`를 비우세요")
        return self
