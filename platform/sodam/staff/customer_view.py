"""A citizen as pages show them: covered, unless a reason was given to open it (gate G10)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core_crm.audit.services import disclosure_note
from core_crm.customers.selectors import (
    CitizenCard,
    citizen_card,
    consents_of,
    dated_fact_kinds,
    need_codes,
    own_ids,
    timeline_kinds,
)
from core_crm.customers.types import ConsentPurpose
from core_crm.staff.types import Right
from sodam.staff import customer_timeline
from sodam.staff.access import StaffRequest
from sodam.staff.customer_links import address_of
from sodam.staff.customer_words import (
    CHANNELS,
    CONSENT_SOURCES,
    CONTACTS,
    HOUSEHOLD,
    LANGUAGES,
    MEMBERS,
    PURPOSES,
    RELATIONS,
    SEXES,
    SOURCES,
    birth_of,
    email_of,
    home_of,
    listed,
    name_of,
    phone_of,
    span_of,
    word_of,
)
from sodam.staff.doing import actor_of

PREVIEW_LINES = 4


def noted(
    request: StaffRequest,
    citizen: Any,
    action: str,
    *,
    route: str,
    fields: str = "",
    reason: str = "",
) -> None:
    """That this person was shown to this official stands in the access log."""
    disclosure_note(
        actor=actor_of(request),
        action=action,
        subject_ids=[citizen.pk],
        fields=fields,
        reason=reason,
        route=route,
        now=timezone.now(),
    )


def identity(citizen: Any, *, is_open: bool = False) -> dict[str, Any]:
    """Who they are: what stands in the head of a page."""
    today = timezone.localdate()
    needs = need_codes() if citizen.needs else {}
    return {
        "id": citizen.pk,
        "name": name_of(citizen.name, is_open=is_open),
        "letter": citizen.name[:1] or "–",
        "is_open": is_open,
        "phone": phone_of(citizen.phone, is_open=is_open),
        "email": email_of(citizen.email, is_open=is_open),
        "birth": birth_of(citizen.birth_on, today=today, is_open=is_open),
        "home": home_of(citizen, is_open=is_open),
        "sex": word_of(SEXES, citizen.sex) if citizen.sex else "",
        "language": word_of(LANGUAGES, citizen.language),
        "channel": CHANNELS[citizen.preferred_channel].word,
        "needs": [listed(needs.get(code), code) for code in citizen.needs],
        "source": word_of(SOURCES, citizen.source),
        "since": citizen.created_at,
        "changed": citizen.changed_at,
        "is_restricted": citizen.is_restricted,
        "is_erased": citizen.state == "erased",
        "url": address_of("staff_customer", citizen.pk),
    }


def preview_of(request: StaffRequest, citizen: Any) -> dict[str, Any]:
    """What stands beside a list."""
    ids = own_ids(citizen)
    given = [one for one in consents_of(citizen) if one.is_given]
    counts = timeline_kinds(ids)
    return {
        **identity(citizen),
        "consents": [
            f"{word_of(PURPOSES, one.purpose)} · {CHANNELS[one.channel].word}" for one in given
        ],
        "total": sum(counts.values()),
        "told": customer_timeline.told(request, citizen.pk, ids, limit=PREVIEW_LINES),
        "may_register": request.official.has(Right.VOICE_REGISTER),
    }


def card_of(citizen: Any, *, is_open: bool = False) -> dict[str, Any]:
    """Everything around them but what happened: for the panels of the page."""
    card, today = citizen_card(citizen), timezone.localdate()
    return {
        "ids": card.ids,
        "contacts": [_contact(one, today=today, is_open=is_open) for one in card.contacts],
        "consents": consent_rows(card.consents, today=today),
        "facts": _facts(card),
        "household": [_housemate(one) for one in card.household],
        "relations": [*_relations(card, today=today)],
        "memberships": [_membership(one, today=today) for one in card.memberships],
        "acquired": [_list(one) for one in card.acquired],
        "notes": card.notes,
        "aliases": len(card.ids) - 1,
    }


def _contact(contact: Any, *, today: date, is_open: bool) -> dict[str, Any]:
    shown = email_of if contact.kind == "email" else phone_of
    parts = (contact.label, _("내선 %(no)s") % {"no": contact.extension})
    return {
        "id": contact.pk,
        "sign": CONTACTS[contact.kind],
        "value": shown(contact.value, is_open=is_open),
        "more": " · ".join(
            part
            for part, known in zip(parts, (contact.label, contact.extension), strict=True)
            if known
        ),
        "span": span_of(contact.valid_from, contact.valid_to),
        "is_over": bool(contact.valid_to and contact.valid_to < today),
        "is_preferred": contact.is_preferred,
        "source": word_of(SOURCES, contact.source),
    }


def consent_rows(consents: Iterable[Any], *, today: date) -> list[dict[str, Any]]:
    """A row for each purpose, a cell for each channel: yes, no, or never asked."""
    known = {(one.purpose, one.channel): one for one in consents}
    return [
        {
            "purpose": purpose.value,
            "word": PURPOSES[purpose],
            "cells": [
                {"channel": channel, "sign": sign, **_said(known.get((purpose, channel)), today)}
                for channel, sign in CHANNELS.items()
            ],
        }
        for purpose in ConsentPurpose
    ]


def _said(consent: Any, today: date) -> dict[str, Any]:
    if consent is None:
        return {"is_asked": False}
    again = consent.asked_again_on
    return {
        "is_asked": True,
        "is_given": consent.is_given,
        "since": consent.since,
        "how": word_of(CONSENT_SOURCES, consent.source),
        "text": consent.text_code,
        "is_stale": bool(consent.is_given and again and again < today),
    }


def _facts(card: CitizenCard) -> list[dict[str, Any]]:
    known = dated_fact_kinds() if card.dated_facts else {}
    return [
        {
            "id": one.pk,
            "word": listed(known.get(one.kind), one.kind),
            "on": one.on,
            "source": one.source,
            "basis": one.basis,
        }
        for one in card.dated_facts
    ]


def _housemate(place: Any) -> dict[str, Any]:
    return {**_other(place.citizen), "word": word_of(HOUSEHOLD, place.role), "since": place.since}


def _other(citizen: Any) -> dict[str, Any]:
    """Somebody else, always covered."""
    return {
        "name": name_of(citizen.name),
        "letter": citizen.name[:1] or "–",
        "url": address_of("staff_customer", citizen.pk),
    }


def _relations(card: CitizenCard, *, today: date) -> Iterable[dict[str, Any]]:
    for one in card.relations:
        word = _("이 고객이 %(kind)s") % {"kind": word_of(RELATIONS, one.kind)}
        yield _relation(one, one.other, word, today=today)
    for one in card.relations_to:
        word = _("이 고객의 %(kind)s") % {"kind": word_of(RELATIONS, one.kind)}
        yield _relation(one, one.citizen, word, today=today)


def _relation(one: Any, other: Any, word: str, *, today: date) -> dict[str, Any]:
    return {
        **_other(other),
        "id": one.pk,
        "word": word,
        "basis": one.basis,
        "span": span_of(one.valid_from, one.valid_to),
        "is_over": bool(one.valid_to and one.valid_to < today),
    }


def _membership(one: Any, *, today: date) -> dict[str, Any]:
    place = " ".join(part for part in (one.department, one.position) if part)
    return {
        "id": one.pk,
        "name": one.organisation.name,
        "url": address_of("staff_organisation", one.organisation_id),
        "word": place or word_of(MEMBERS, one.role),
        "is_over": bool(one.valid_to and one.valid_to < today),
        "span": span_of(one.valid_from, one.valid_to),
    }


def _list(member: Any) -> dict[str, Any]:
    found = member.acquired_list
    return {
        "name": found.name,
        "url": address_of("staff_acquired_list", found.pk),
        "expires_on": found.expires_on,
        "is_only": member.is_new,
    }
