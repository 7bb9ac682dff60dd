"""Every address of a city, asked with another city's ids, keys and cookies: nothing comes back.

The addresses are read from the resolver, so a new page cannot be forgotten here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import product

import pytest
from django.test import Client
from django.urls.resolvers import URLPattern, URLResolver

from core_crm.staff.models import Official
from core_crm.staff.selectors import department_by_code
from core_crm.staff.services import api_key_create, department_load, official_invite
from core_crm.staff.types import DepartmentRow
from core_crm.voices.selectors.links import tracking_token
from core_crm.voices.services import publication_publish, voice_register
from core_crm.voices.types import CitizenDraft, PublicText, VoiceDraft
from tenants.context import serving_city
from tests.conftest import kst

CANARY, PUBLIC = "카나리아비밀", "서울현황판"
"""In Seoul's voice; in what Seoul's own board says of it."""
NOW = kst("2026-11-24 10:00")


@dataclass(frozen=True)
class Planted:
    """What Seoul holds and Busan must never show."""

    ref: str
    voice_id: str
    token: str
    api_key: str
    session: str
    entry_id: str


def _plant(city_client: Callable[..., Client]) -> Planted:
    with serving_city("seoul"):
        voice = voice_register(
            draft=VoiceDraft(
                title=f"{CANARY} 제목",
                body=f"{CANARY} 내용입니다.",
                channel="portal",
                citizen=CitizenDraft(name=CANARY, phone="010-0000-7777"),
                is_public=True,
            ),
            now=NOW,
        )
        key = api_key_create(name="열쇠", scopes=["voices:read", "voices:write"], now=NOW)[1]
        official = _everybodys_official("seoul")
        text = PublicText(title=f"{PUBLIC} 글", summary=f"{PUBLIC} 요약")
        entry = publication_publish(voice, text=text, by=official, now=NOW)
        token = tracking_token(voice.ref)
    admin = city_client("seoul")
    assert PUBLIC in admin.get(f"/board/{entry.id}").content.decode()
    admin.post("/staff/login", {"login": "all@seoul.example", "password": "a-long-password-1"})
    session = admin.cookies["sessionid"].value if "sessionid" in admin.cookies else ""
    return Planted(voice.ref, str(voice.id), token, key, session, str(entry.id))


def _everybodys_official(code: str) -> Official:
    department_load([DepartmentRow(code="d1", name_ko="민원과", kind="department")])
    return official_invite(
        email=f"all@{code}.example",
        name="가나다",
        department=department_by_code("d1"),
        roles=["admin", "head", "officer", "steward", "privacy"],
        password="a-long-password-1",
        now=NOW,
    )


def _tells(body: bytes) -> bool:
    text = body.decode(errors="replace")
    return CANARY in text or PUBLIC in text


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every route below these patterns, as written in the URL modules."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield route


def filled(route: str, planted: Planted) -> Iterator[str]:
    """The route with Seoul's values in every placeholder, in every kind that might fit."""
    parts = list(_placeholders(route))
    kinds = [planted.ref, planted.voice_id, planted.token, "1"]
    kinds += [planted.entry_id] if "board" in route else []
    for values in product(kinds, repeat=len(parts)):
        address = route
        for part, value in zip(parts, values, strict=True):
            address = address.replace(part, value, 1)
        yield "/" + address.replace("^", "").replace("$", "").lstrip("/")


def _placeholders(route: str) -> Iterator[str]:
    while "<" in route:
        start, end = route.index("<"), route.index(">")
        yield route[start : end + 1]
        route = route[end + 1 :]


@pytest.mark.usefixtures("two_cities")
def test_no_address_of_busan_shows_anything_of_seoul(city_client: Callable[..., Client]) -> None:
    planted = _plant(city_client)
    with serving_city("busan"):
        _everybodys_official("busan")
        own_key = api_key_create(name="열쇠", scopes=["voices:read", "voices:write"], now=NOW)[1]
    askers = {
        "anybody": city_client("busan"),
        "seoul's cookie": city_client("busan"),
        "seoul's key": city_client("busan", HTTP_AUTHORIZATION=f"Bearer {planted.api_key}"),
        "busan's key": city_client("busan", HTTP_AUTHORIZATION=f"Bearer {own_key}"),
        "busan's admin": city_client("busan"),
    }
    askers["seoul's cookie"].cookies["sessionid"] = planted.session
    askers["busan's admin"].post(
        "/staff/login", {"login": "all@busan.example", "password": "a-long-password-1"}
    )
    urlpatterns = import_module("sodam.urls.city").urlpatterns
    routes = sorted(set(addresses(urlpatterns)))
    assert len(routes) > 20
    leaks, broken, asked = [], [], 0
    for route, (who, client) in product(routes, askers.items()):
        for address in filled(route, planted):
            for query in ("", f"?k={planted.token}&q=리아비&view=all"):
                answer = client.get(address + query)
                asked += 1
                body = b"".join(answer) if answer.streaming else answer.content
                if _tells(body):
                    leaks.append(f"{who}: {address}")
                if answer.status_code >= 500:
                    broken.append(f"{who}: {address} {answer.status_code}")
    assert (leaks, broken) == ([], [])
    assert asked > 200


PLATFORM_HOSTS = {
    "doors": "localhost",
    "console": "console.localhost",
    "ministry": "ministry.localhost",
}


@pytest.mark.usefixtures("two_cities")
@pytest.mark.parametrize("face", PLATFORM_HOSTS)
def test_no_address_of_the_platform_shows_anything_of_a_city(
    face: str, city_client: Callable[..., Client]
) -> None:
    """A city's addresses are asked at the platform's hosts too, beside the face's own."""
    planted = _plant(city_client)
    own = import_module(f"sodam.urls.{face}").urlpatterns
    of_a_city = import_module("sodam.urls.city").urlpatterns
    headers = {"host": PLATFORM_HOSTS[face], "authorization": f"Bearer {planted.api_key}"}
    client = Client(headers=headers)
    client.cookies["sessionid"] = planted.session
    leaks, broken = [], []
    for route in sorted({*addresses(own), *addresses(of_a_city)}):
        for address in filled(route, planted):
            answer = client.get(f"{address}?k={planted.token}&q=리아비&view=all")
            body = b"".join(answer) if answer.streaming else answer.content
            if _tells(body):
                leaks.append(address)
            if answer.status_code >= 500:
                broken.append(f"{address} {answer.status_code}")
    assert (leaks, broken) == ([], [])
