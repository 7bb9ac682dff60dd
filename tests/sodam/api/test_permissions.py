"""Every endpoint × {no key, wrong scope, another city's key, the right key}."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver

from core_crm.audit.types import Actor
from core_crm.customers.services import citizen_register, organisation_register
from core_crm.customers.types import CitizenDraft, OrganisationDraft
from core_crm.imports.services import batch_open
from core_crm.imports.types import ImportOptions
from core_crm.segments.services import segment_create
from core_crm.segments.types import SegmentDraft
from core_crm.staff.services import api_key_create
from core_crm.staff.types import Scope
from sodam.api.urls import urlpatterns
from sodam.api.views import CityAPIView
from tenants.context import serving_city
from tenants.isolation.ids import uuid7
from tests.conftest import kst
from tests.sodam.api.conftest import Program

ELDERS = SegmentDraft(
    code="elders", name="어르신", condition={"all": [{"op": "ge", "field": "age", "value": 65}]}
)
NOW = kst("2026-11-24 09:00")
Maker = Callable[..., Any]

A_VOICE = {
    "title": "가로등이 꺼져 있습니다",
    "body": "시민공원 앞 가로등 두 개가 꺼져 있습니다.",
    "channel": "api",
    "citizen": {"name": "홍길동", "phone": "010-0000-1234"},
}

# name of the address, method, scope it needs
TABLE = [
    ("api_voices", "GET", "voices:read"),
    ("api_voices", "POST", "voices:write"),
    ("api_voice", "GET", "voices:read"),
    ("api_voice_fields", "GET", "categories:read"),
    ("api_categories", "GET", "categories:read"),
    ("api_services", "GET", "services:read"),
    ("api_departments", "GET", "organisation:read"),
    ("api_citizens", "GET", "citizens:read"),
    ("api_citizens", "POST", "citizens:write"),
    ("api_citizen_search", "POST", "citizens:read"),
    ("api_citizen", "GET", "citizens:read"),
    ("api_citizen", "PATCH", "citizens:write"),
    ("api_organisations", "GET", "organisations:read"),
    ("api_organisations", "POST", "organisations:write"),
    ("api_organisation", "GET", "organisations:read"),
    ("api_organisation", "PATCH", "organisations:write"),
    ("api_imports", "POST", "citizens:import"),
    ("api_import", "GET", "citizens:import"),
    ("api_segments", "GET", "segments:read"),
    ("api_segment", "GET", "segments:read"),
]
OPEN_TO_ALL = {"api_schema", "api_schema_one", "api_openapi", "api_docs"}
PATHS = {
    "api_voices": "/api/v1/voices",
    "api_voice": "/api/v1/voices/{ref}",
    "api_voice_fields": "/api/v1/voice-fields",
    "api_categories": "/api/v1/categories",
    "api_services": "/api/v1/services",
    "api_departments": "/api/v1/departments",
    "api_citizens": "/api/v1/citizens",
    "api_citizen_search": "/api/v1/citizens/search",
    "api_citizen": "/api/v1/citizens/{citizen}",
    "api_organisations": "/api/v1/organisations",
    "api_organisation": "/api/v1/organisations/{organisation}",
    "api_imports": "/api/v1/imports",
    "api_import": "/api/v1/imports/{batch}",
    "api_segments": "/api/v1/segments",
    "api_segment": "/api/v1/segments/{segment}",
}
BODIES = {
    "api_voices": A_VOICE,
    "api_citizens": {"name": "김하늘", "phone": "010-0000-1234"},
    "api_citizen_search": {"query": "김하늘"},
    "api_citizen": {"email": "sky@citizen.example"},
    "api_organisations": {"name": "소담어린이집"},
    "api_organisation": {"trade": "어린이집"},
}
CREATING = {"api_voices", "api_citizens", "api_organisations", "api_imports"}
FILE = "이름,휴대전화\n김하늘,010-0000-1234\n"
NOWHERE = {
    "ref": "BS-2611-AAAA-A",
    "citizen": uuid7(),
    "organisation": uuid7(),
    "segment": "none",
    "batch": uuid7(),
}


def addresses(patterns: Iterable[Any]) -> Iterator[URLPattern]:
    """Every address, those of included lists too."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield pattern


def test_the_table_names_every_endpoint_and_its_scope() -> None:
    stated = set()
    for pattern in addresses(urlpatterns):
        view = getattr(pattern.callback, "cls", None)
        if view and issubclass(view, CityAPIView):
            stated |= {(pattern.name, verb, str(to)) for verb, to in view.required_scopes.items()}
        else:
            assert pattern.name in OPEN_TO_ALL
    assert stated == set(TABLE)


def a_file() -> ContentFile[bytes]:
    return ContentFile(FILE.encode(), "회원.csv")


def call(asking: Any, name: str, method: str, places: dict[str, Any]) -> Any:
    path, headers = PATHS[name].format(**places), asking._headers()
    if name == "api_imports":
        given = {"file": a_file(), "kind": "citizens", "source": "박물관"}
        return asking.client.post(path, given, headers=headers)
    body = BODIES[name] if method != "GET" else None
    return asking.client.generic(
        method, path, json.dumps(body) if body else "", "application/json", headers=headers
    )


@pytest.fixture
def places(program: Maker) -> dict[str, Any]:
    """What stands in the addresses: a voice, a citizen and a body that are there."""
    by_name = CitizenDraft(name="이바다", phone="01000005678")
    return {
        "ref": str(program("voices:write").post("/api/v1/voices", A_VOICE).json()["ref"]),
        "citizen": citizen_register(by_name, by=None, now=NOW).pk,
        "organisation": organisation_register(
            OrganisationDraft(name="소담복지관"), by=None, now=NOW
        ).pk,
        "batch": batch_open(
            "citizens", a_file(), ImportOptions(source="박물관"), by=None, now=NOW
        ).pk,
        "segment": segment_create(ELDERS, by=Actor(uuid7(), "정기준"), now=NOW).code,
    }


@pytest.mark.parametrize(("name", "method", "scope"), TABLE)
def test_without_a_key_nothing_is_told(
    program: Maker, places: dict[str, Any], name: str, method: str, scope: str
) -> None:
    answer = call(program(), name, method, places)
    assert (answer.status_code, answer.json()["code"]) == (401, "api.key_missing")
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(("name", "method", "scope"), TABLE)
def test_every_other_scope_together_is_not_enough(
    program: Maker, places: dict[str, Any], name: str, method: str, scope: str
) -> None:
    others = [str(each) for each in Scope if each != scope]
    answer = call(program(*others), name, method, places)
    assert (answer.status_code, answer.json()["facts"]["scope"]) == (403, scope)


@pytest.mark.parametrize(("name", "method", "scope"), TABLE)
def test_the_right_key_opens_it(
    program: Maker, places: dict[str, Any], name: str, method: str, scope: str
) -> None:
    answer = call(program(scope), name, method, places)
    made = method == "POST" and name in CREATING
    assert answer.status_code == (201 if made else 200)


def test_a_key_of_another_city_is_no_key(two_cities: Any, city_client: Maker) -> None:
    with serving_city("seoul"):
        _key, raw_key = api_key_create(name="서울", scopes=[str(each) for each in Scope], now=NOW)
    for name, method, _scope in TABLE:
        answer = call(Program(city_client("busan"), raw_key), name, method, NOWHERE)
        said = (answer.status_code, answer.json()["code"])
        assert said == (401, "api.key_missing"), (name, method)


def test_a_revoked_key_and_a_made_up_one_are_no_keys(program: Maker) -> None:
    asking = program("voices:read")
    for wrong in (asking.key[:-1], f"{asking.key}x", "sodam_ffffffffff_x", "Bearer", "열쇠"):
        forged = type(asking)(asking.client, wrong.encode().decode("latin-1"))
        assert forged.get("/api/v1/voices").status_code == 401


def test_a_city_sees_nothing_of_another(two_cities: Any, city_client: Maker) -> None:
    keys = {}
    for code in two_cities:
        with serving_city(code):
            keys[code] = api_key_create(
                name="연계", scopes=["voices:read", "voices:write"], now=NOW
            )[1]
    busan = city_client("busan", HTTP_AUTHORIZATION=f"Bearer {keys['busan']}")
    seoul = city_client("seoul", HTTP_AUTHORIZATION=f"Bearer {keys['seoul']}")
    filed = busan.post("/api/v1/voices", A_VOICE, content_type="application/json").json()
    assert seoul.get("/api/v1/voices").json()["data"] == []
    assert seoul.get(f"/api/v1/voices/{filed['ref']}").status_code == 404
    assert seoul.get(f"/api/v1/voices/{filed['id']}").status_code == 404
    assert busan.get(f"/api/v1/voices/{filed['id']}").status_code == 200


def test_asking_for_the_head_only_needs_the_scope_too(program: Maker) -> None:
    asking = program("services:read")
    assert asking.client.head("/api/v1/voices", headers=asking._headers()).status_code == 403
