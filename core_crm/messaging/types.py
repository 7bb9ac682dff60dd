"""What others may hold of the messaging room: recipients, outgoing letters, receipts, gateways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field


class Channel(StrEnum):
    """The road a message takes."""

    EMAIL = "email"
    SMS = "sms"


class MessageState(StrEnum):
    """queued → sending (committed before the gateway is called) → accepted → delivered | failed.

    `held`: written while the city tried things out. It stays in the house for ever.
    """

    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"
    HELD = "held"


class Lane(StrEnum):
    """Answers and notices never wait behind a campaign."""

    TRANSACTIONAL = "transactional"
    BULK = "bulk"


class Purpose(StrEnum):
    """Why the city writes; decides what happens when nobody can tell whether a message left."""

    SERVICE_INFO = "service_info"
    STATUTORY_NOTICE = "statutory_notice"
    PROMOTION = "promotion"


class SmsKind(StrEnum):
    """What a text message is billed as, by its length in CP949 bytes."""

    SMS = "SMS"
    LMS = "LMS"


@dataclass(frozen=True, slots=True)
class SmsMeasure:
    """What a byte counter shows: `kind` is None when the text is too long for any."""

    bytes: int
    kind: SmsKind | None
    unencodable: tuple[str, ...]


class TemplateText(BaseModel):
    """A template's wording in one language; an empty channel is one it does not serve."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: str = ""
    email: str = ""
    sms: str = ""
    sms_shortens: tuple[str, ...] = Field(
        default=(), description="Values cut short, in this order, when a text message is too long."
    )


class MessageTemplate(BaseModel):
    """A document of the kind `template`: wordings by language, Korean always among them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = ""
    purpose: Purpose = Purpose.SERVICE_INFO
    texts: dict[str, TemplateText]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A template filled in for one recipient."""

    subject: str
    body: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom to write to. A phone number is E.164; `language` picks the template's text."""

    channel: str
    address: str
    language: str = "ko"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message as a gateway gets it. `client_reference` is the same for every attempt."""

    client_reference: str
    channel: str
    address: str
    subject: str
    body: str
    written_at: datetime
    unsubscribe_url: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A gateway's word about one message."""

    gateway_ref: str
    is_delivered: bool = False


@dataclass(frozen=True, slots=True)
class SenderDraft:
    """An address to write from, as typed. `evidence`: what proves that it is the city's own."""

    channel: str
    address: str
    name: str = ""
    evidence: str = ""
    registered_on: date | None = None


@dataclass(frozen=True, slots=True)
class MessageUse:
    """How many messages of one kind left in a time: `kind` is `email`, `SMS` or `LMS`."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Road:
    """A channel as it is set up: by which gateway ("": none), from which address."""

    channel: str
    gateway: str
    sender: str
    is_own: bool
    lacks_sender: bool


class Gateway(Protocol):
    """A road out of the house.

    `send` returns when the gateway has taken the message over, and raises GatewayRefused (it never
    will), GatewayUnavailable (it has surely not) or GatewayUnclear (it may have).
    """

    name: str
    can_look_up: bool
    settling_seconds: int  # longer than its own time-out plus how late it may still accept

    def send(self, outgoing: Outgoing) -> Receipt: ...

    def check(self) -> None:
        """Is it there? Hands nothing over. Raises GatewayMissing, GatewayUnavailable."""
        ...

    def look_up(self, client_reference: str) -> Receipt | None:
        """What became of our reference; None when the gateway surely never took it."""
        ...
