"""Taking in very many citizens that are not in the city yet: rows by COPY, nothing looked up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from core_crm.customers.models import Citizen
from tenants import sql

COLUMNS = (
    *("id", "name", "phone", "email", "preferred_channel", "language", "is_anonymous"),
    *("birth_on", "sex", "address", "address_detail", "district_code", "source", "terms"),
    "created_at",
)
"""What each row tells, in this order; the other columns have their value from the database."""


def citizens_copy(rows: Iterable[Sequence[Any]]) -> int:
    """Write rows (see COLUMNS) that are in kept form already; how many.

    The caller owns the transaction. No event and no audit entry: this is for worlds that are made
    as a whole, not for what people do.
    """
    return sql.copy_in(Citizen._meta.db_table, COLUMNS, rows)


def source_is_known(source: str) -> bool:
    """Did any citizen come by this way?"""
    return bool(Citizen.objects.filter(source=source).exists())
