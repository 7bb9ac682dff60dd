"""Figures made by hand in the ministry's tables, and an analyst who looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from core_crm.national_reports.models import (
    NationalCell,
    NationalRegion,
    NationalRun,
    NationalSubmission,
)
from tenants import sql
from tenants.accounts.models import User
from tenants.context import serving_platform, serving_rollup
from tests.sodam.ministry import kit

BACKEND = "sodam.demo.accounts.RealAccounts"
TABLES = (NationalCell, NationalSubmission, NationalRegion, NationalRun)


def _empty() -> None:
    with serving_rollup():
        for table in TABLES:
            table.objects.all().delete()


@pytest.fixture
def nothing(cities: None) -> Iterator[None]:
    """The ministry's tables are empty. Real commits: two logins see one another's work."""
    cache.clear()
    _empty()
    yield
    _empty()


@pytest.fixture
def figures(nothing: None) -> None:
    """Fourteen governments handed in; Sejong is not open, Gyeongnam's facts contradict."""
    with serving_rollup():
        kit.write_nation()


@pytest.fixture
def visitor(nothing: None) -> Iterator[Callable[..., Client]]:
    """`visitor("analyst")`: a browser at the ministry's host, logged in with that role."""
    made: list[User] = []

    def make(role: str | None = "analyst", language: str = "ko") -> Client:
        client = Client(headers={"host": "ministry.localhost"})
        if role is None:
            return client
        with serving_platform():
            user = User.objects.create_user(
                f"{role or 'nobody'}-{len(made)}@ministry.example",
                name="노은재",
                platform_role=role,
                language=language,
            )
            made.append(user)
            client.force_login(user, backend=BACKEND)
        return client

    yield make
    with serving_platform():
        # Not .delete(): it would look for what hangs on them in a city's tables.
        for user in made:
            sql.execute(f"DELETE FROM {User._meta.db_table} WHERE id = %s", [user.pk])  # noqa: S608
