"""The platform's own hosts, with accounts that are rolled back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tenants.accounts.models import User
from tenants.context import serving_platform

BACKEND = "sodam.demo.accounts.RealAccounts"


@pytest.fixture
def platform(empty_platform: None) -> Iterator[None]:
    """Inside the platform, where nothing was asked for yet; everything written is rolled back."""
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
            user = User.objects.create_user(email, name="임서준", platform_role=role)
            client.force_login(user, backend=BACKEND)
        return client

    return make
