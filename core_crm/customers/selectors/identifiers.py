"""Reads of locked numbers: by which keys they are locked, never the numbers."""

from __future__ import annotations

from core_crm.customers.models import UniqueIdentifier


def identifier_keys() -> set[str]:
    """The names of the keys that some value of this city needs."""
    return set(UniqueIdentifier.objects.order_by().values_list("key_id", flat=True).distinct())
