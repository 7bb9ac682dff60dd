"""Officials of Busan in front of the studio."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from core_crm.staff.selectors import department_list
from core_crm.staff.services import official_invite
from tests.conftest import kst
from tests.support.plugins import know, outside_template, package

__all__ = ["Browser", "browser", "know", "outside_template", "package"]

BACKEND = "sodam.demo.accounts.RealAccounts"
Browser = Callable[[str], Client]


@pytest.fixture
def browser(busans_standard: None, city_client: Callable[..., Client]) -> Browser:
    """`browser("officer")`: somebody of Busan with this role, logged in."""

    def make(role: str) -> Client:
        seat = official_invite(
            email=f"{role}@busan.example",
            name="문가온",
            department=department_list()[0],
            roles=[role],
            now=kst("2026-11-24 09:00"),
        )
        client = city_client("busan")
        client.force_login(seat.user, backend=BACKEND)
        return client

    return make
