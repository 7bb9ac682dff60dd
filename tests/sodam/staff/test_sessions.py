"""Logging in and out: lock-out, idle time, and accounts without a seat."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sodam.ui import idle
from tenants.context import serving_city
from tests.conftest import ServedCity
from tests.sodam.staff import kit

WRONG = {"login": "officer@busan.example", "password": "not-it"}


def browser(city: str = "busan") -> Client:
    return Client(headers={"host": f"{city}.localhost"})


def log_in(client: Client, **given: str) -> Any:
    return client.post(
        "/staff/login", {"login": "officer@busan.example", "password": kit.WORD} | given
    )


def test_an_official_logs_in_by_address_and_password(busan: ServedCity) -> None:
    kit.official("officer", password=kit.WORD)
    client = browser()
    assert log_in(client).url == "/staff/"
    assert client.get("/staff/").status_code == 200
    assert client.post("/staff/logout").status_code == 302
    assert client.get("/staff/").status_code == 302


def test_five_wrong_passwords_lock_the_address_in_this_city_only(
    two_cities: tuple[str, str],
) -> None:
    for city in two_cities:
        with serving_city(city):
            kit.official("officer", password=kit.WORD)
    client = browser()
    for _each in range(5):
        assert client.post("/staff/login", WRONG).status_code == 200
    assert log_in(client).status_code != 302
    with serving_city("seoul"):
        elsewhere = log_in(browser("seoul"), login="officer@seoul.example")
    assert elsewhere.status_code == 302


def test_a_login_without_a_seat_is_told_what_to_do(busan: ServedCity) -> None:
    get_user_model().objects.create_user("nobody@busan.example", kit.WORD, name="오세림")
    client = browser()
    log_in(client, login="nobody@busan.example")
    page = client.get("/staff/")
    assert page.status_code == 403
    assert "관리자" in page.content.decode()


def test_a_screen_left_alone_for_half_an_hour_is_signed_out_though_it_polls(
    busan: ServedCity,
) -> None:
    person = kit.official("officer", password=kit.WORD)
    client = kit.logged_in(person)
    client.get("/staff/")
    _sleep(client, seconds=idle.IDLE_SECONDS - 60)
    assert client.get("/staff/session").json()["seconds_left"] <= 60
    more = client.post("/staff/session/extend", headers={"accept": "application/json"}).json()
    assert more["seconds_left"] > idle.IDLE_SECONDS - 10
    _sleep(client, seconds=idle.IDLE_SECONDS + 1)
    answer = client.get("/staff/")
    assert (answer.status_code, "reason=idle" in answer.url) == (302, True)


def test_a_session_is_written_once_a_minute_and_not_with_every_page(busan: ServedCity) -> None:
    client = kit.logged_in(kit.official("officer", password=kit.WORD))
    client.get("/staff/")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/staff/")
    assert not [each for each in asked if each["sql"].startswith("UPDATE")]
    assert settings.SESSION_COOKIE_NAME not in answer.cookies
    _sleep(client, seconds=idle.KEPT_SECONDS)
    answer = client.get("/staff/")
    assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == settings.SESSION_COOKIE_AGE


def _sleep(client: Client, *, seconds: int) -> None:
    session = client.session
    session[idle.KEY] -= seconds
    session.save()


def test_the_demo_accounts_of_the_city_stand_on_the_log_in_page(busan: ServedCity) -> None:
    page = browser().get("/staff/login").content.decode()
    assert "officer@busan.example" in page
    assert "officer@seoul.example" not in page


def test_an_empty_log_in_form_names_its_fields_and_leads_to_them(busan: ServedCity) -> None:
    page = browser().post("/staff/login", {"login": "", "password": ""}).content.decode()
    assert '<a href="#id_login">이메일 항목을 채워 주세요.</a>' in page
    assert '<a href="#id_password">비밀번호 항목을 채워 주세요.</a>' in page
