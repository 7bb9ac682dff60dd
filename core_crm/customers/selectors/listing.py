"""Customers page by page, for programs."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from core_crm.common.pages import page_of
from core_crm.common.types import Page
from core_crm.customers.models import Citizen, Organisation
from core_crm.customers.types import CustomerState


def citizen_page(
    *, changed_from: datetime | None = None, cursor: str = "", size: int = 50
) -> Page[Citizen]:
    """Citizens, the newest first, without aliases and the erased. Raises CursorNotValid.

    `changed_from`: only those who came or changed since.
    """
    found = Citizen.objects.filter(_since(changed_from), state=CustomerState.ACTIVE)
    return page_of(found, order=("-id",), cursor=cursor, size=size)


def organisation_page(
    *, kind: str = "", changed_from: datetime | None = None, cursor: str = "", size: int = 50
) -> Page[Organisation]:
    """Bodies, the newest first. Raises CursorNotValid."""
    found = Organisation.objects.filter(_since(changed_from), state=CustomerState.ACTIVE)
    if kind:
        found = found.filter(kind=kind)
    return page_of(found, order=("-id",), cursor=cursor, size=size)


def _since(instant: datetime | None) -> Q:
    if instant is None:
        return Q()
    return Q(created_at__gte=instant) | Q(changed_at__gte=instant)
