"""Recognising a citizen, or meeting a new one."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q

from core_crm.common.personal_data import normalise_phone
from core_crm.customers.errors import ContactNotReadable
from core_crm.customers.models import E164_PATTERN, Citizen
from core_crm.customers.types import ContactChannel
from tenants.rows import find, insert, insert_unless

E164 = re.compile(E164_PATTERN)
KNOWN_AS = (
    "name = %s AND NOT is_anonymous"
    " ORDER BY (phone, email) IS DISTINCT FROM (%s, %s), created_at, id LIMIT 1"
)
validate_length = MaxLengthValidator(254)


def citizen_find_or_create(
    *,
    name: str,
    phone: str = "",
    email: str = "",
    language: str = "ko",
    now: datetime,
    preferred_channel: str = "",
    is_verified: bool = False,
) -> Citizen:
    """The person of this name known by every contact given; else a new one.

    Nobody is matched by name alone: without any contact a new anonymous citizen is made each time.
    Anybody may type a neighbour's name and number, so a further contact is learnt only when an
    official has seen who it is (`is_verified`); else it makes a record of its own, and the reply
    goes to the contact given. Raises ContactNotReadable.
    """
    name, phone, email = _name(name), _phone(phone), _email(email)
    if is_verified and phone and email:
        known = _find(name=name, phone=phone, email=email) or _learn(name, phone, email)
        if known is not None:
            return known
    citizen = Citizen(
        name=name,
        phone=phone,
        email=email,
        language=language,
        preferred_channel=_channel(preferred_channel, phone=phone, email=email),
        is_anonymous=not (phone or email),
        created_at=now,
    )
    if citizen.is_anonymous:
        insert(citizen)
        return citizen
    where, params = _known_by(name=name, phone=phone, email=email)
    insert_unless(citizen, where, params)
    return find(Citizen, where, params)[0]  # ours, or who was known, also since a moment ago


def _find(*, name: str, phone: str, email: str) -> Citizen | None:
    found = find(Citizen, *_known_by(name=name, phone=phone, email=email))
    return next(iter(found), None)


def _known_by(*, name: str, phone: str, email: str) -> tuple[str, list[str]]:
    """Known by all contacts given: first with no other contact, then the longest known."""
    given = {column: value for column, value in (("phone", phone), ("email", email)) if value}
    contacts = " AND ".join(f"{column} = %s" for column in given)
    return f"{contacts} AND {KNOWN_AS}", [*given.values(), name, phone, email]


@transaction.atomic
def _learn(name: str, phone: str, email: str) -> Citizen | None:
    """Whom we know by one of the two contacts and no other, from now on by both."""
    by_one = Q(phone=phone, email="") | Q(phone="", email=email)
    half_known = Citizen.objects.select_for_update().filter(by_one, name=name)
    citizen = half_known.order_by("created_at", "id").first()
    if citizen is None:
        return None
    citizen.phone, citizen.email = phone, email
    try:
        with transaction.atomic():
            citizen.save()
    except IntegrityError:  # saved by somebody else a moment ago
        return _find(name=name, phone=phone, email=email)
    return citizen


def _channel(wanted: str, *, phone: str, email: str) -> str:
    """The wanted channel if the citizen can be reached by it, else the one that reaches them."""
    contacts = {ContactChannel.SMS.value: phone, ContactChannel.EMAIL.value: email}
    if contacts.get(wanted):
        return wanted
    return ContactChannel.SMS if phone else ContactChannel.EMAIL


def _name(text: str) -> str:
    """One Unicode form, single spaces: 김 철수 typed on a Mac and on Windows is one name."""
    return " ".join(unicodedata.normalize("NFC", text).split())[:80]


def _phone(text: str) -> str:
    """E.164; Raises ContactNotReadable for what no carrier could reach."""
    if not text.strip():
        return ""
    phone = normalise_phone(text)
    if not E164.fullmatch(phone):
        raise ContactNotReadable("전화번호를 다시 확인해 주세요.", field="phone")
    return phone


def _email(text: str) -> str:
    address = text.strip().lower()
    if not address:
        return ""
    try:
        validate_email(address)
        validate_length(address)
    except ValidationError as wrong:
        raise ContactNotReadable("이메일 주소를 다시 확인해 주세요.", field="email") from wrong
    return address
