"""What is wrong or lacking in one citizen's data, by the same tests as the city's figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from core_crm.customers.models import Citizen, DuplicatePair
from core_crm.customers.selectors.quality_checks import CITIZENS, TABLES, Check, checks_of
from core_crm.customers.types import PairState
from tenants import sql

MOST_PAIRS = 5


def citizen_flags(citizen: Citizen, *, today: date) -> list[Check]:
    """The tests of their own row this citizen fails today, in the figures' order; one statement."""
    checks = [check for check in checks_of(CITIZENS) if check.measure != "single"]
    columns = ", ".join(f"({check.failed(today)})" for check in checks)
    query = f"SELECT {columns} FROM {TABLES[CITIZENS]} WHERE id = %s"  # noqa: S608
    found = sql.tuples(query, [citizen.pk])
    verdicts = found[0] if found else ()
    return [check for check, fails in zip(checks, verdicts, strict=False) if fails]


def open_pairs(ids: Sequence[UUID]) -> list[DuplicatePair]:
    """Who may be the same person as one of these, the likeliest first; a person has to decide."""
    theirs = Q(left__in=ids) | Q(right__in=ids)
    found = DuplicatePair.objects.filter(theirs, state=PairState.OPEN)
    return list(found.select_related("left", "right").order_by("-score", "id")[:MOST_PAIRS])
