"""`http://localhost/`: every door on one page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

Visitor = Callable[..., Client]


def test_open_cities_have_their_doors_and_the_others_say_they_are_not_open(
    visitor: Visitor,
) -> None:
    page = visitor("").get("/", headers={"host": "localhost:8123"}).content.decode()
    assert 'href="http://busan.localhost:8123/"' in page
    assert 'href="http://seoul.localhost:8123/staff/"' in page
    assert "세종특별자치시" in page
    assert "sejong.localhost" not in page
    assert page.count("개통 전") == 14


def test_console_ministry_api_and_the_demo_accounts_are_there(visitor: Visitor) -> None:
    page = visitor("").get("/").content.decode()
    for text in (
        "http://console.localhost/",
        "http://ministry.localhost/",
        "http://busan.localhost/api/docs",
        "operator@sodam.example",
        "officer@busan.example",
        "sodam-demo",
    ):
        assert text in page


def test_in_production_no_account_is_told(visitor: Visitor, settings: Any) -> None:
    settings.DEMO_MODE = False
    assert "sodam-demo" not in visitor("").get("/").content.decode()


@pytest.mark.parametrize("host", ["", "console", "ministry"])
def test_a_page_has_nothing_inline_and_nothing_from_elsewhere(visitor: Visitor, host: str) -> None:
    page = visitor(host).get("/" if not host else "/login").content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//(?![\w.]*localhost)', page) == []


def test_an_address_that_does_not_exist_is_a_page(visitor: Visitor) -> None:
    answer = visitor("").get("/nothing")
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")
    assert answer["X-Request-ID"] in answer.content.decode()


def test_a_host_nobody_answers_at_is_a_page_too(cities: None) -> None:
    answer = Client(headers={"host": "atlantis.localhost"}).get("/")
    assert answer.status_code == 404
    assert "<h1" in answer.content.decode()


def test_editors_find_the_documents_schemas_here_without_a_key(visitor: Visitor) -> None:
    answer = visitor("").get("/api/v1/schemas/code_list/categories.json")
    assert answer.status_code == 200
    assert "categories" in answer.json()["properties"]
    assert visitor("").get("/api/v1/schemas/poetry.json").status_code == 404
