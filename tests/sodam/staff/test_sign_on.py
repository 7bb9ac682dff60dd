"""Single sign-on (OIDC) against a small provider of our own: who comes in, and with which roles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from core_crm.staff.selectors import official_by_email
from core_crm.staff.services import group_roles_set, official_change
from tests.conftest import ServedCity, kst
from tests.sodam.staff.kit import official

NOW = kst("2026-11-25 09:00")
EMAIL = "officer@busan.example"


class Provider(ThreadingHTTPServer):
    """Speaks as much OpenID Connect as a log-in needs; `claims` is what it says of whoever asks."""

    daemon_threads = True

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        super().__init__(("127.0.0.1", 0), Answers)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answer(self, path: str) -> dict[str, Any]:
        if path == "/token":
            return {"access_token": "t", "token_type": "Bearer", "expires_in": 60}
        if path == "/userinfo":
            return self.claims
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
        }


class Answers(BaseHTTPRequestHandler):
    """Every question, as JSON."""

    server: Provider

    def do_GET(self) -> None:
        data = json.dumps(self.server.answer(urlsplit(self.path).path)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_: Any) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def provider(busan: ServedCity, settings: Any) -> Iterator[Provider]:
    server = Provider()
    Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "city",
        "name": "행정망",
        "client_id": "sodam",
        "secret": "s",
        "settings": {"server_url": server.url, "oauth_pkce_enabled": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield server
    server.shutdown()
    server.server_close()


def sign_on(provider: Provider, **claims: Any) -> tuple[Client, Any]:
    """The way of a browser: to the provider, and back with its code."""
    provider.claims = {
        "sub": "1",
        "name": "박지훈",
        "email": EMAIL,
        "email_verified": True,
    } | claims
    client = Client(headers={"host": "busan.localhost"})
    sent = client.post("/staff/sso/oidc/city/login/")
    assert sent.status_code == 302
    state = parse_qs(urlsplit(sent.headers["Location"]).query)["state"][0]
    back = {"code": "c", "state": state}
    return client, client.get("/staff/sso/oidc/city/login/callback/", back)


def test_a_verified_address_of_an_official_comes_in(provider: Provider) -> None:
    official("officer")
    client, answer = sign_on(provider)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/staff/")
    assert client.get("/staff/").status_code == 200


@pytest.mark.parametrize("claims", [{"email": "stranger@busan.example"}, {"email_verified": False}])
def test_a_stranger_and_an_unverified_address_do_not(
    provider: Provider, claims: dict[str, Any]
) -> None:
    official("officer")
    client, answer = sign_on(provider, **claims)
    assert answer.status_code == 403
    assert client.get("/staff/").status_code == 302


def test_groups_decide_what_the_person_may_do_each_time(provider: Provider) -> None:
    person = official("officer")
    group_roles_set("민원처리", roles=["officer"], now=NOW)
    group_roles_set("부서장", roles=["head"], now=NOW)
    assert sign_on(provider, groups=["부서장"])[1].status_code == 302
    person.refresh_from_db()
    assert person.roles == ["head"]
    assert sign_on(provider, groups=["민원처리", "부서장"])[1].status_code == 302
    person.refresh_from_db()
    assert set(person.roles) == {"head", "officer"}
    assert sign_on(provider, groups=[])[1].status_code == 403


def test_somebody_new_comes_in_by_a_group_alone(provider: Provider) -> None:
    official("admin")
    group_roles_set("민원처리", roles=["officer"], now=NOW)
    client, answer = sign_on(provider, email="new@busan.example", sub="2", groups=["민원처리"])
    assert answer.status_code == 302
    made = official_by_email("new@busan.example")
    assert made is not None
    assert (made.name, made.roles) == ("박지훈", ["officer"])
    assert client.get("/staff/").status_code == 200


def test_who_was_stopped_stays_out_also_with_an_account_known_to_the_provider(
    provider: Provider,
) -> None:
    person = official("officer")
    sign_on(provider)
    official_change(person, is_active=False, now=NOW)
    client, answer = sign_on(provider)
    assert answer.status_code == 403
    assert client.get("/staff/").status_code == 302
