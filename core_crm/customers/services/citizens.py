"""Recognising a citizen, or meeting a new one."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from core_crm.customers.models import Citizen
from core_crm.customers.selectors.citizens import survivor_of
from core_crm.customers.selectors.terms import terms_of
from core_crm.customers.services.reading import (
    read_channel,
    read_email,
    read_name,
    read_phone,
)
from core_crm.customers.types import CustomerState
from tenants.rows import find, insert, insert_unless

ACTIVE = CustomerState.ACTIVE
KNOWN_AS = (
    "name = %s AND NOT is_anonymous"
    " ORDER BY (phone, email) IS DISTINCT FROM (%s, %s), created_at, id LIMIT 1"
)


def citizen_find_or_create(
    *,
    name: str,
    phone: str = "",
    email: str = "",
    language: str = "ko",
    now: datetime,
    preferred_channel: str = "",
    is_verified: bool = False,
    source: str = "",
) -> Citizen:
    """The person of this name known by every contact given; else a new one.

    Nobody is matched by name alone: without any contact a new anonymous citizen is made each time.
    Anybody may type a neighbour's name and number, so a further contact is learnt only when an
    official has seen who it is (`is_verified`); else it makes a record of its own, and the reply
    goes to the contact given. Who was merged into another is the other. `source`: by which way a
    new one became known. Raises ContactNotReadable.
    """
    name, phone, email = read_name(name), read_phone(phone), read_email(email)
    if is_verified and phone and email:
        known = _find(name=name, phone=phone, email=email) or _learn(name, phone, email)
        if known is not None:
            return survivor_of(known)
    citizen = Citizen(
        name=name,
        phone=phone,
        email=email,
        language=language,
        preferred_channel=read_channel(preferred_channel, phone=phone, email=email),
        is_anonymous=not (phone or email),
        source=source[:40],
        terms=terms_of(name, phone=phone),
        created_at=now,
    )
    if citizen.is_anonymous:
        insert(citizen)
        return citizen
    where, params = _known_by(name=name, phone=phone, email=email)
    insert_unless(citizen, where, params)
    return survivor_of(find(Citizen, where, params)[0])  # ours, or who was known


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
    half_known = Citizen.objects.select_for_update().filter(by_one, name=name, state=ACTIVE)
    citizen = half_known.order_by("created_at", "id").first()
    if citizen is None:
        return None
    citizen.phone, citizen.email = phone, email
    citizen.terms = terms_of(citizen.name, citizen.address, phone)
    try:
        with transaction.atomic():
            citizen.save()
    except IntegrityError:  # saved by somebody else a moment ago
        return _find(name=name, phone=phone, email=email)
    return citizen
