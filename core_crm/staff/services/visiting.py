"""An operator of the platform who looks into the city: a seat that stands in no table."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser

from core_crm.staff.models import Official
from core_crm.staff.selectors import SEAT


def visiting_seat(operator_id: UUID, name: str) -> AbstractBaseUser:
    """The account as the pages of officials know accounts. It is never saved: it has no e-mail, no
    password, no department, and the rights of `VISITOR_RIGHTS`."""
    user = get_user_model()(id=operator_id, email="", name=name)
    seat = Official(id=operator_id, user=user, roles=[])
    seat.is_visiting = True
    vars(user)[SEAT] = seat
    return user
