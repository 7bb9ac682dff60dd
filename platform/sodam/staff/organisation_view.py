"""A body and who acts for it, as pages show them: people and contacts covered (gate G10)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core_crm.common.districts import district_name
from core_crm.customers.selectors import OrganisationCard
from sodam.staff.customer_links import address_of
from sodam.staff.customer_words import (
    CONTACTS,
    MEMBERS,
    ORGANISATIONS,
    SOURCES,
    email_of,
    name_of,
    phone_of,
    span_of,
    word_of,
)


def identity(body: Any, *, is_open: bool = False) -> dict[str, Any]:
    """What it is: what stands in the head of its page. A body's address is public."""
    parts = (f"({body.postcode})" if body.postcode else "", body.address, body.address_detail)
    represented = body.representative_name
    return {
        "id": body.pk,
        "name": body.name,
        "letter": body.name[:1],
        "kind": word_of(ORGANISATIONS, body.kind),
        "trade": body.trade,
        "registration_no": numbered(body.registration_no),
        "representative": name_of(represented, is_open=is_open) if represented else "",
        "phone": phone_of(body.phone, is_open=is_open),
        "extension": body.extension,
        "email": email_of(body.email, is_open=is_open),
        "website": body.website,
        "address": " ".join(part for part in parts if part),
        "district": district_name(body.district_code) if body.district_code else "",
        "facts": sorted(body.facts.items()),
        "source": word_of(SOURCES, body.source),
        "since": body.created_at,
        "changed": body.changed_at,
        "is_active": body.state == "active",
        "is_open": is_open,
    }


def numbered(number: str) -> str:
    """`123-45-67890`, `110111-1234567`: as they are written on certificates."""
    if len(number) == len("1234567890"):
        return f"{number[:3]}-{number[3:5]}-{number[5:]}"
    return f"{number[:6]}-{number[6:]}" if number else ""


def around(card: OrganisationCard, *, is_open: bool = False) -> dict[str, Any]:
    """Who and what belongs to it, for the panels of its page."""
    today = timezone.localdate()
    return {
        "contacts": [_contact(one, today, is_open=is_open) for one in card.contacts],
        "members": [_member(one, is_open=is_open) for one in card.members],
        "former": [_member(one, is_open=is_open) for one in card.former],
        "visits": [_visit(one) for one in card.participations],
        "acquired": [one.acquired_list for one in card.acquired],
        "notes": card.notes,
    }


def _contact(contact: Any, today: date, *, is_open: bool) -> dict[str, Any]:
    shown = email_of if contact.kind == "email" else phone_of
    return {
        "id": contact.pk,
        "sign": CONTACTS[contact.kind],
        "value": shown(contact.value, is_open=is_open),
        "extension": contact.extension,
        "label": contact.label,
        "span": span_of(contact.valid_from, contact.valid_to),
        "is_over": bool(contact.valid_to and contact.valid_to < today),
        "is_preferred": contact.is_preferred,
        "source": word_of(SOURCES, contact.source),
    }


def _member(member: Any, *, is_open: bool) -> dict[str, Any]:
    person = member.citizen
    return {
        "id": member.pk,
        "name": name_of(person.name, is_open=is_open),
        "letter": person.name[:1] or "–",
        "url": address_of("staff_customer", person.pk),
        "role": word_of(MEMBERS, member.role),
        "department": member.department,
        "position": member.position,
        "phone": phone_of(person.phone, is_open=is_open),
        "email": email_of(person.email, is_open=is_open),
        "span": span_of(member.valid_from, member.valid_to),
    }


def _visit(one: Any) -> dict[str, Any]:
    return {
        "name": one.occasion.name,
        "url": address_of("staff_occasion", one.occasion_id),
        "on": one.on,
        "who": name_of(one.citizen.name) if one.citizen.name else _("이름 없음"),
        "role": one.role,
    }
