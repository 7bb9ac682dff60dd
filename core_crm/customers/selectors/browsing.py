"""Customers as a list on a page: narrowed by what is no personal detail, the newest first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from core_crm.common.pages import page_of
from core_crm.common.types import Page
from core_crm.customers.models import Citizen
from core_crm.customers.types import CustomerState

SIZE = 50
CONTACTS: dict[str, Q] = {
    "phone": ~Q(phone=""),
    "email": ~Q(email=""),
    "none": Q(is_anonymous=True),
}
STATES: dict[str, Q] = {
    "restricted": Q(is_restricted=True),
    "no_address": Q(address=""),
    "no_birth": Q(birth_on__isnull=True),
}


@dataclass(frozen=True, slots=True)
class CitizenFilters:
    """What narrows a list of citizens; "" narrows nothing.

    `district`: the first five digits of a 시·군·구. `contact`: a key of CONTACTS. `state`: one of
    STATES. `need`: a code of the list of needs.
    """

    district: str = ""
    language: str = ""
    contact: str = ""
    need: str = ""
    state: str = ""

    def condition(self) -> Q:
        """Over citizens."""
        found = Q()
        if self.district:
            found &= Q(district_code__startswith=self.district)
        if self.need:
            found &= Q(needs__contains=[self.need])
        if self.language:
            found &= Q(language=self.language)
        for known, wanted in ((CONTACTS, self.contact), (STATES, self.state)):
            found &= known.get(wanted, Q())
        return found


def citizen_browse(filters: CitizenFilters, *, cursor: str = "", size: int = SIZE) -> Page[Citizen]:
    """Active citizens that fit, the newest first. Raises CursorNotValid."""
    found = Citizen.objects.filter(filters.condition(), state=CustomerState.ACTIVE)
    return page_of(found, order=("-id",), cursor=cursor, size=size)
