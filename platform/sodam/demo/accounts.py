"""Accounts of the demo world open nothing outside of it: their password is public knowledge."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from core_crm.staff.selectors import account_with_seat
from tenants.context import current_city_or_none

INVENTED = ".example"
"""The ending of every invented address; nobody can ever own one (RFC 2606)."""


class RealAccounts(AuthenticationBackend):  # type: ignore[misc]
    """Log-in, and every page after it, for accounts that fit the mode Sodam runs in.

    A production that was given the database of a demo keeps its rows, but not its doors.
    """

    def get_user(self, user_id: Any) -> Any:
        """Who a session belongs to; an official together with the seat, in one query."""
        found = account_with_seat(user_id) if current_city_or_none() else None
        if found is None:
            return super().get_user(user_id)
        return found if self.user_can_authenticate(found) else None

    def user_can_authenticate(self, user: Any) -> bool:
        return _fits(user) and bool(super().user_can_authenticate(user))

    def _check_password(self, user: Any, password: str) -> Any:
        """Refused as unknown: allauth would let in an active account that is merely not allowed."""
        return super()._check_password(user if user and _fits(user) else None, password)


def _fits(user: Any) -> bool:
    is_invented = str(getattr(user, "email", "")).lower().endswith(INVENTED)
    return settings.DEMO_MODE or not is_invented
