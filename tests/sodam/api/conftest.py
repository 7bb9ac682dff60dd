"""Programs that talk to a city's API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from core_crm.staff.services import api_key_create
from tests.conftest import kst


@dataclass(frozen=True)
class Program:
    """A program with a key (or without one) at a city's host."""

    client: Client
    key: str = ""

    def get(self, path: str, **query: Any) -> HttpResponse:
        return self.client.get(path, query, headers=self._headers())

    def post(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self.client.post(
            path, body, content_type="application/json", headers={**self._headers(), **headers}
        )

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}


@pytest.fixture
def program(busan: Any, city_client: Callable[..., Client]) -> Callable[..., Program]:
    """`program("voices:read")`: a program of Busan with a key of these scopes."""

    def make(*scopes: str, city: str = "busan") -> Program:
        if not scopes:
            return Program(city_client(city))
        _key, raw_key = api_key_create(name="연계", scopes=scopes, now=kst("2026-11-24 09:00"))
        return Program(city_client(city), raw_key)

    return make
