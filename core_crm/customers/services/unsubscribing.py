"""The way out in every advertisement: a link that needs no log-in, and never runs out.

The sender must let the reader stop it easily and free of charge (정보통신망법 제50조 제4항, 제6항).
The link opens one thing only: advertising to one citizen on one channel.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.signing import Signer
from django.db import transaction
from django.utils.crypto import constant_time_compare

from core_crm.common.addresses import public_url
from core_crm.customers.errors import UnsubscribeLinkInvalid
from core_crm.customers.models import Citizen, Consent, ConsentChange
from core_crm.customers.services.consents import consent_set
from core_crm.customers.types import ConsentPurpose, ConsentSource, CustomerState
from tenants.context import current_city

SALT = "sodam.customers.unsubscribe"
ID_SIGNS, SIGNS = 22, 22  # a UUID in base64; 132 bits of signature
CHANNELS = {"s": "sms", "e": "email", "p": "phone", "m": "post"}
LETTERS = {channel: letter for letter, channel in CHANNELS.items()}
UNDO_WITHIN = timedelta(hours=1)
PURPOSES = (ConsentPurpose.MARKETING, ConsentPurpose.MARKETING_NIGHT)
"""In the order in which they are given again."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """Whose advertising on which channel a link is about, and how it stands."""

    citizen: Citizen
    channel: str
    is_given: bool
    may_undo: bool


def unsubscribe_token(citizen_id: UUID, channel: str) -> str:
    """The secret part of the link: 45 signs, of this city only."""
    said = _encoded(citizen_id) + LETTERS[channel]
    return said + _signature(said)


def unsubscribe_url(citizen_id: UUID, channel: str, *, language: str = "ko") -> str:
    return public_url(f"/u/{unsubscribe_token(citizen_id, channel)}", language=language)


def way_out(token: str, *, now: datetime) -> WayOut:
    """What a link is about. Raises UnsubscribeLinkInvalid; changes nothing."""
    citizen, channel = _read(token)
    given = Consent.objects.filter(
        citizen=citizen, channel=channel, purpose__in=PURPOSES, is_given=True
    )
    is_given = given.exists()
    may_undo = not is_given and bool(_taken_back(citizen, channel, now))
    return WayOut(citizen, channel, is_given, may_undo)


@transaction.atomic
def unsubscribe(token: str, *, now: datetime) -> WayOut:
    """Take back advertising on the link's channel; again changes nothing."""
    citizen, channel = _read(token)
    given = Consent.objects.filter(citizen=citizen, channel=channel, is_given=True)
    for purpose in reversed(PURPOSES):
        if given.filter(purpose=purpose).exists():
            consent_set(citizen, purpose, channel, False, source=ConsentSource.MESSAGE, now=now)
    return way_out(token, now=now)


@transaction.atomic
def unsubscribe_undo(token: str, *, now: datetime) -> WayOut:
    """Within the hour, give again what this link took back, and nothing else."""
    citizen, channel = _read(token)
    for purpose, text_code in _taken_back(citizen, channel, now):
        consent_set(
            citizen,
            purpose,
            channel,
            True,
            source=ConsentSource.MESSAGE,
            text_code=text_code,
            now=now,
        )
    return way_out(token, now=now)


def _taken_back(citizen: Citizen, channel: str, now: datetime) -> list[tuple[str, str]]:
    """Purposes whose last change was a no from a message within the hour after a yes."""
    found = []
    for purpose in PURPOSES:
        changes = ConsentChange.objects.filter(citizen=citizen, purpose=purpose, channel=channel)
        newest = list(changes.order_by("-at", "-id")[:2])
        if [one.is_given for one in newest] != [False, True]:
            continue
        last, before = newest
        if last.source == ConsentSource.MESSAGE and last.at > now - UNDO_WITHIN:
            found.append((purpose.value, before.text_code))
    return found


def _read(token: str) -> tuple[Citizen, str]:
    said, signature = token[: ID_SIGNS + 1], token[ID_SIGNS + 1 :]
    channel = CHANNELS.get(said[ID_SIGNS:])
    is_ours = token.isascii() and constant_time_compare(signature, _signature(said))
    known = _decoded(said) if is_ours and channel else None
    citizen = Citizen.objects.filter(pk=known).first() if known else None
    while citizen is not None and citizen.merged_into is not None:
        citizen = citizen.merged_into
    if citizen is None or channel is None or citizen.state == CustomerState.ERASED:
        raise UnsubscribeLinkInvalid("수신거부 주소가 올바르지 않거나 끝이 잘렸습니다.")
    return citizen, channel


def _encoded(citizen_id: UUID) -> str:
    return urlsafe_b64encode(citizen_id.bytes).decode().rstrip("=")


def _decoded(said: str) -> UUID | None:
    try:
        return UUID(bytes=urlsafe_b64decode(f"{said[:ID_SIGNS]}=="))
    except (ValueError, Error):
        return None


def _signature(said: str) -> str:
    return Signer(salt=SALT).signature(f"{current_city().code}:{said}")[:SIGNS]
