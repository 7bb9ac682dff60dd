"""The operator's list of cities, and who may see it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tenants.accounts.models import User

Visitor = Callable[..., Client]


def test_nobody_logged_in_is_led_to_the_log_in_and_back(visitor: Visitor) -> None:
    answer = visitor("console").get("/?state=open")
    assert (answer.status_code, answer["Location"]) == (302, "/login?next=%2F%3Fstate%3Dopen")


@pytest.mark.parametrize(
    ("host", "role", "status"),
    [
        ("console", "operator", 200),
        ("console", "approver", 200),
        ("console", "analyst", 403),
        ("console", "", 403),
        ("ministry", "operator", 403),
        ("ministry", "approver", 403),
    ],
)
def test_each_host_is_for_its_own_role(visitor: Visitor, host: str, role: str, status: int) -> None:
    assert visitor(host, role).get("/").status_code == status


def test_a_password_opens_the_console_and_a_wrong_one_says_so(visitor: Visitor) -> None:
    User.objects.create_user(
        "operator@sodam.example", "sodam-demo", name="임서준", platform_role="operator"
    )
    client = visitor("console")
    answer = client.post("/login", {"login": "operator@sodam.example", "password": "wrong"})
    assert answer.status_code == 200
    assert 'id="error-summary"' in answer.content.decode()
    assert client.get("/").status_code == 302
    asked = {"login": "operator@sodam.example", "password": "sodam-demo", "next": "/?state=open"}
    assert client.post("/login", asked)["Location"] == "/?state=open"
    assert client.get("/").status_code == 200


def test_all_sixteen_are_listed_with_their_state(visitor: Visitor) -> None:
    page = visitor("console", "operator").get("/").content.decode()
    assert page.count("<tr><th scope=") == 16 + 1
    assert "16곳 가운데 2곳 운영 중" in page
    assert 'href="http://busan.localhost/"' in page
    assert "세종특별자치시" in page


def test_the_list_can_be_narrowed_and_searched(visitor: Visitor) -> None:
    client = visitor("console", "operator")
    opened = client.get("/", {"state": "open"}).content.decode()
    assert "부산광역시" in opened
    assert "세종특별자치시" not in opened
    found = client.get("/", {"q": "부산"}).content.decode()
    assert "서울특별시" not in found
    assert "맞는 시·도가 없습니다" in client.get("/", {"q": "달나라"}).content.decode()


def test_it_is_sixteen_rows_in_few_queries(visitor: Visitor) -> None:

    client = visitor("console", "operator")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert len(asked) <= 10


def test_logging_out_ends_it(visitor: Visitor) -> None:
    client = visitor("console", "operator")
    client.post("/logout")
    assert client.get("/").status_code == 302
