"""Which door a host name opens."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from tenants.errors import UnknownCity
from tenants.isolation.middleware import scope_for

pytestmark = pytest.mark.usefixtures("cities")


def door(host: str) -> tuple[str, str]:
    face, city, _ = scope_for(RequestFactory().get("/", headers={"host": host}))
    return face, city.code if city else ""


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("busan.localhost:8000", ("city", "busan")),
        ("BUSAN.localhost", ("city", "busan")),
        ("seoul.localhost", ("city", "seoul")),
        ("localhost:8000", ("doors", "")),
        ("127.0.0.1:8000", ("doors", "")),
        ("console.localhost:8000", ("console", "")),
        ("ministry.localhost", ("ministry", "")),
    ],
)
def test_a_host_opens_its_own_door(host: str, expected: tuple[str, str]) -> None:
    assert door(host) == expected


@pytest.mark.parametrize(
    "host", ["sejong.localhost", "busan.localhost.evil.example", "console.evil.example", "x"]
)
def test_an_unknown_host_opens_none(host: str) -> None:
    with pytest.raises(UnknownCity):
        door(host)
