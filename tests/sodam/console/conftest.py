"""The platform's own hosts, with accounts that are rolled back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tenants.accounts.models import User
from tenants.context import serving_platform

PASSWORD = "sodam-demo"


@pytest.fixture
def platform(cities: None) -> Iterator[None]:
    """Inside the platform; everything written is rolled back."""
    cache.clear()
    with serving_platform():
        block = transaction.atomic()
        block.__enter__()
        try:
            yield
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


@pytest.fixture
def visitor(platform: None) -> Callable[..., Client]:
    """`visitor("console", "operator")`: a browser at that host, logged in with that role."""

    def make(host: str, role: str | None = None) -> Client:
        client = Client(headers={"host": f"{host}.localhost" if host else "localhost"})
        if role is not None:
            email = f"{role or 'nobody'}@sodam.example"
            User.objects.create_user(email, PASSWORD, name="임서준", platform_role=role)
            answer = client.post("/login", {"login": email, "password": PASSWORD})
            assert answer.status_code == 302
        return client

    return make
