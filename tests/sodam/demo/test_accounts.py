"""The demo's accounts and the mode Sodam runs in."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.test import Client, RequestFactory

from tenants.accounts.models import User
from tests.conftest import ServedCity

WORD = "sodam-demo"


def tried(email: str) -> object:
    request = RequestFactory().post("/staff/login", headers={"host": "busan.localhost"})
    return authenticate(request, email=email, password=WORD)


def test_an_invented_account_opens_nothing_in_production(
    busan: ServedCity, settings: Any, client: Client
) -> None:
    """Broke: a production on a demo's database took the password that the demo prints."""
    user = User.objects.create_user("someone@busan.example", WORD, name="한지우")
    settings.DEMO_MODE = True
    assert tried(user.email) == user
    client.force_login(user)
    settings.DEMO_MODE = False
    assert tried(user.email) is None
    page = client.get("/staff/me", headers={"host": "busan.localhost"})
    assert page.status_code == 302
    assert "/staff/login" in page["Location"]


@pytest.mark.parametrize("is_demo", [True, False])
def test_a_real_account_opens_in_both_modes(
    busan: ServedCity, settings: Any, *, is_demo: bool
) -> None:
    settings.DEMO_MODE = is_demo
    user = User.objects.create_user("someone@busan.go.kr", WORD, name="한지우")
    assert tried(user.email) == user
