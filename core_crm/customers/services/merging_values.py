"""A citizen's columns and consents, put away as JSON and taken out again as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models

from core_crm.customers.models import Citizen, Consent
from core_crm.customers.selectors.terms import terms_of
from core_crm.customers.services.reading import read_channel

DERIVED = ("preferred_channel", "is_anonymous", "terms")
CONSENT = ("is_given", "text_code", "text_digest", "source", "since", "asked_again_on")


def kept(citizen: Citizen, names: Iterable[str]) -> dict[str, Any]:
    """These columns, ready for JSON."""
    return {name: _plain(getattr(citizen, name)) for name in names}


def derive(citizen: Citizen) -> None:
    """Make the columns that follow from others what they have to be."""
    phone, email = citizen.phone, citizen.email
    wanted = citizen.preferred_channel
    citizen.preferred_channel = str(read_channel(wanted, phone=phone, email=email))
    citizen.is_anonymous = not (phone or email)
    citizen.terms = terms_of(citizen.name, citizen.address, phone)


def taken_out(model: type[Citizen] | type[Consent], name: str, value: Any) -> Any:
    """A column's value out of JSON."""
    field: models.Field[Any, Any] = next(
        one for one in model._meta.concrete_fields if one.name == name
    )
    return field.to_python(value)


def consents_kept(citizen: Citizen) -> dict[str, dict[str, Any]]:
    """The states in force by `purpose.channel`, ready for JSON."""
    found = Consent.objects.filter(citizen=citizen).order_by("purpose", "channel")
    return {f"{one.purpose}.{one.channel}": consent_kept(one) for one in found}


def consent_kept(consent: Consent) -> dict[str, Any]:
    """One state, ready for JSON."""
    return {name: _plain(getattr(consent, name)) for name in CONSENT}


def consent_values(put_away: Mapping[str, Any]) -> dict[str, Any]:
    """One state's columns out of JSON."""
    return {name: taken_out(Consent, name, put_away[name]) for name in CONSENT}


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return list(value) if isinstance(value, list) else value
