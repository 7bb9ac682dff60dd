"""A new key for the locked numbers of all cities; the old ones go when nothing needs them."""

from __future__ import annotations

from core_crm.customers.services.identifiers import identifiers_relock


def identifiers_rotate() -> int:
    """Lock all numbers of the city being served by the current key; how many.

    Each batch is a transaction: stopped halfway, the rest is opened by the older key as before.
    """
    done = 0
    while batch := identifiers_relock():
        done += batch
    return done
