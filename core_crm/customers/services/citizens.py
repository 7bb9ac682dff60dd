"""Recognising a citizen, or meeting a new one."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from core_crm.common.personal_data import normalise_phone
from core_crm.customers.errors import ContactNotReadable
from core_crm.customers.models import E164_PATTERN, Citizen
from core_crm.customers.types import ContactChannel

E164 = re.compile(E164_PATTERN)


@transaction.atomic
def citizen_find_or_create(
    *,
    name: str,
    phone: str = "",
    email: str = "",
    language: str = "ko",
    now: datetime,
    preferred_channel: str = "",
) -> Citizen:
    """The person with exactly this name and this phone or e-mail; else a new one.

    Nobody is matched by name alone: without any contact a new anonymous citizen is made each time.
    A known person's missing second contact is filled in. Raises ContactNotReadable.
    """
    name, phone, email = _name(name), _phone(phone), _email(email)
    known = _find(name=name, phone=phone, email=email)
    if known is not None:
        return _fill_in(known, phone=phone, email=email)
    citizen = Citizen(
        name=name,
        phone=phone,
        email=email,
        language=language,
        preferred_channel=_channel(preferred_channel, phone=phone, email=email),
        is_anonymous=not (phone or email),
        created_at=now,
    )
    citizen.full_clean(validate_unique=False, validate_constraints=False)
    return _save_or_find(citizen)


def _save_or_find(citizen: Citizen) -> Citizen:
    """Save; when the same person was saved by somebody else a moment ago, take theirs."""
    try:
        with transaction.atomic():
            citizen.save(force_insert=True)
    except IntegrityError:
        known = _find(name=citizen.name, phone=citizen.phone, email=citizen.email)
        if known is None:
            raise
        return known
    return citizen


def _find(*, name: str, phone: str, email: str) -> Citizen | None:
    same_name = Citizen.objects.filter(name=name, is_anonymous=False)
    by_phone = same_name.filter(phone=phone).first() if phone else None
    return by_phone or (same_name.filter(email=email).first() if email else None)


def _fill_in(citizen: Citizen, *, phone: str, email: str) -> Citizen:
    """Learn a contact we did not have, unless it is somebody else's of the same name."""
    learnt = {
        key: value
        for key, value in (("phone", phone), ("email", email))
        if value and not getattr(citizen, key)
    }
    taken = any(
        Citizen.objects.filter(name=citizen.name, **{key: value}).exists()
        for key, value in learnt.items()
    )
    if learnt and not taken:
        for key, value in learnt.items():
            setattr(citizen, key, value)
        citizen.save(update_fields=list(learnt))
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
    except ValidationError as wrong:
        raise ContactNotReadable("이메일 주소를 다시 확인해 주세요.", field="email") from wrong
    return address
