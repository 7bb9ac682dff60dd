"""Whom the voices of some references are from: for whoever hides them."""

from __future__ import annotations

from collections.abc import Iterable

from core_crm.common.personal_data import show_phone
from core_crm.voices.models import Voice


def contacts_of(refs: Iterable[str]) -> frozenset[str]:
    """Names, telephone numbers and addresses of these voices' citizens, as they may be written."""
    known = Voice.objects.filter(ref__in=list(refs))
    told = known.values_list("citizen__name", "citizen__phone", "citizen__email")
    return frozenset(
        text
        for name, phone, email in told
        for text in (name, phone, show_phone(phone) if phone else "", email)
        if text
    )
