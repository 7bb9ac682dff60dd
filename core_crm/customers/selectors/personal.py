"""Reads for those who hold something of a person: by which contacts, and whose was forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core_crm.customers.models import Citizen, ContactPoint
from core_crm.customers.types import CustomerState

NOBODY = "retention"
"""The source of the one row to which rows belong whose person was forgotten."""


def contacts_of_ids(ids: Sequence[UUID]) -> list[str]:
    """Every telephone number and e-mail address of these citizens, as letters name them."""
    points = ContactPoint.objects.filter(citizen_id__in=ids).values_list("value", flat=True)
    found = {value for value in points if value}
    for phone, email in Citizen.objects.filter(pk__in=ids).values_list("phone", "email"):
        found |= {phone, email} - {""}
    return sorted(found)


def nobodys_id() -> UUID | None:
    """The row to which rows belong whose person was forgotten, if there is one yet."""
    found = Citizen.objects.filter(state=CustomerState.ERASED, source=NOBODY)
    return found.values_list("pk", flat=True).first()
