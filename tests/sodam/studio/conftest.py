"""Officials of Busan in front of the studio."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core_crm.staff.selectors import department_list
from core_crm.staff.services import official_invite, organisation_load_standard
from core_crm.voices.services import catalogue_load_standard
from tenants.context import current_city
from tests.conftest import kst
from tests.support.plugins import know, outside_template, package

__all__ = ["Browser", "browser", "know", "outside_template", "package"]

BACKEND = "sodam.demo.accounts.RealAccounts"
Browser = Callable[[str], Client]


@pytest.fixture
def browser(busan: Any, city_client: Callable[..., Client]) -> Browser:
    """`browser("officer")`: somebody of Busan with this role, logged in."""
    organisation_load_standard(current_city())
    catalogue_load_standard(current_city())

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
