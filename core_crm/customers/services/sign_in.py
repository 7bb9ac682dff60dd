"""A citizen signs in by a one-time code sent to a contact that the city knows.

Six digits, five minutes, five tries, once. Whether a contact is known shows in no answer: a code
is written down either way. The digits stand nowhere but in the message that carries them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from core_crm.common.personal_data import normalise_phone
from core_crm.customers.errors import SignInRefused
from core_crm.customers.models import Citizen, SignInCode
from core_crm.customers.types import ContactChannel, CustomerState
from tenants.isolation.ids import uuid7

LIVES = timedelta(minutes=5)
TRIES = 5
SPAN, MOST = timedelta(minutes=10), 3
"""So many codes at most are sent to one citizen in ten minutes."""
KEPT = timedelta(days=1)
SALT = "sodam.customers.sign_in"


@dataclass(frozen=True, slots=True)
class Asked:
    """A code was asked for. `digits` and `citizen` are there only if one is to be sent."""

    id: UUID
    citizen: Citizen | None = None
    digits: str = ""
    channel: str = ""
    address: str = ""


@transaction.atomic
def code_ask(name: str, contact: str, *, now: datetime) -> Asked:
    """Write down a code for who has this name and this phone or e-mail, if there is anybody.

    What to send, and where: to the contact as the city knows it. Nobody there, or three codes in
    ten minutes already: a code that fits nothing, which looks the same from outside.
    """
    SignInCode.objects.filter(asked_at__lt=now - KEPT).delete()
    channel, address = _contact(contact)
    citizen = _known(name, channel, address)
    if citizen is not None and _has_enough(citizen, now):
        citizen = None
    digits, code_id = f"{secrets.randbelow(1_000_000):06}", uuid7()
    SignInCode.objects.create(
        id=code_id,
        citizen_id=citizen.pk if citizen else None,
        digest=_digest(code_id, digits),
        asked_at=now,
        expires_at=now + LIVES,
        tries_left=TRIES,
    )
    if citizen is None:
        return Asked(code_id)
    return Asked(code_id, citizen, digits, channel, address)


def code_use(code_id: UUID, digits: str, *, now: datetime) -> Citizen:
    """Whose code it is, once. Raises SignInRefused; every attempt counts, in one statement each."""
    living = SignInCode.objects.filter(
        pk=code_id, used_at=None, expires_at__gt=now, tries_left__gt=0
    )
    if not living.update(tries_left=F("tries_left") - 1):
        raise SignInRefused("번호를 쓸 수 있는 시간이 지났습니다. 번호를 다시 받아 주세요.")
    code = SignInCode.objects.get(pk=code_id)
    fits = constant_time_compare(code.digest, _digest(code_id, digits.strip()))
    if not fits or code.citizen_id is None:
        raise SignInRefused(
            "번호가 맞지 않습니다. 받은 여섯 자리를 다시 확인해 주세요.", field="code"
        )
    unused = SignInCode.objects.filter(pk=code_id, used_at=None)
    citizen = Citizen.objects.filter(pk=code.citizen_id, state=CustomerState.ACTIVE).first()
    if citizen is None or not unused.update(used_at=now):
        raise SignInRefused("번호를 쓸 수 있는 시간이 지났습니다. 번호를 다시 받아 주세요.")
    return citizen


def _contact(text: str) -> tuple[str, str]:
    """The channel and the address as it is kept; an e-mail has an at."""
    if "@" in text:
        return ContactChannel.EMAIL.value, text.strip().lower()
    return ContactChannel.SMS.value, normalise_phone(text.strip())


def _known(name: str, channel: str, address: str) -> Citizen | None:
    """The oldest active record of this name and contact."""
    if not address:
        return None
    by = {"phone": address} if channel == ContactChannel.SMS else {"email": address}
    wanted = " ".join(name.split())
    found = Citizen.objects.filter(
        state=CustomerState.ACTIVE, is_anonymous=False, name=wanted, **by
    )
    return found.order_by("created_at", "id").first()


def _has_enough(citizen: Citizen, now: datetime) -> bool:
    recent = SignInCode.objects.filter(citizen_id=citizen.pk, asked_at__gt=now - SPAN)
    return recent.count() >= MOST


def _digest(code_id: UUID, digits: str) -> str:
    return salted_hmac(SALT, f"{code_id}:{digits}", algorithm="sha256").hexdigest()
