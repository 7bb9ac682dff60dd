"""A rule over the access log that needs names: officials who look at somebody of their own name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from core_crm.audit.selectors import by_actor
from core_crm.audit.types import Alert
from core_crm.customers.models import Citizen

CODE = "own_name"


def own_name(rows: QuerySet[Any]) -> Iterable[Alert]:
    """Officials who were shown a citizen called like themselves: perhaps themselves, or family."""
    namesake = Citizen.objects.filter(pk=OuterRef("subject_id"), name=OuterRef("actor_name"))
    return by_actor(CODE, rows.filter(Exists(namesake)))
