"""Requests and reports; the documents `consent_text` and `retention` with the law's bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from core_crm.common.document_parts import Code, Part
from core_crm.common.labels import TwoLanguages
from core_crm.common.personal_holders import HeldRow, LegalHold
from core_crm.customers.types import ADVERTISING, ConsentPurpose

__all__ = [
    "ADVERTISING",
    "AccessCount",
    "ConsentPurpose",
    "ConsentText",
    "EditionCount",
    "Erasure",
    "HeldPart",
    "PersonReport",
    "RequestKind",
    "RequestState",
    "RetentionLine",
    "RetentionRule",
    "RetentionSubject",
]

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


class RequestKind(StrEnum):
    """What a citizen may ask: to see (제35조), correct or erase (제36조), stop (제37조)."""

    ACCESS = "access"
    CORRECT = "correct"
    ERASE = "erase"
    RESTRICT = "restrict"


class RequestState(StrEnum):
    """Waiting for a decision, accepted but not carried out, done, or refused with a reason."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class HeldPart:
    """What one room holds of a person."""

    code: str
    label: str
    rows: tuple[HeldRow, ...]


@dataclass(frozen=True, slots=True)
class PersonReport:
    """Everything that is held of a person, and what an erasure would have to leave."""

    citizen_id: UUID
    at: datetime
    parts: tuple[HeldPart, ...]
    holds: tuple[LegalHold, ...]

    @property
    def count(self) -> int:
        return sum(len(part.rows) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Erasure:
    """How many rows went or lost their person, by room, and what a law keeps."""

    rows: Mapping[str, int]
    holds: tuple[LegalHold, ...]

    @property
    def count(self) -> int:
        return sum(self.rows.values())


@dataclass(frozen=True, slots=True)
class RetentionLine:
    """One rule of retention as it stands today.

    `due`: rows past their time, None where nothing in this city carries the rule out yet (calls) or
    only the operator may (the access log). `before`: the instant up to which rows are due.
    """

    code: str
    rule: RetentionRule
    before: datetime
    due: int | None
    last_at: datetime | None
    last_forgotten: int


@dataclass(frozen=True, slots=True)
class AccessCount:
    """How often something was done with personal data, and to how many different persons."""

    action: str
    shown: int
    persons: int


@dataclass(frozen=True, slots=True)
class EditionCount:
    """How many agreements in force rest on one edition of a consent text."""

    code: str
    digest: str
    count: int
