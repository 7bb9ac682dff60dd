"""What programs and their authors read: the OpenAPI document, its page, the document schemas."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

from core_crm.staff.services import organisation_load_standard
from core_crm.voices.services import catalogue_load_standard
from customization.public import schema_kinds
from tenants.context import current_city

Maker = Callable[..., Any]


def test_the_openapi_document_names_every_endpoint(program: Maker) -> None:
    document = program().get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert {"get", "post"} <= set(document["paths"]["/api/v1/voices"])
    assert document["paths"]["/api/v1/voices"]["post"]["x-scope"] == "voices:write"


def test_every_keyed_operation_states_its_problems(program: Maker) -> None:
    document = program().get("/api/v1/openapi.json").json()
    for item in document["paths"].values():
        for operation in item.values():
            if "x-scope" in operation:
                assert {"401", "403", "429"} <= set(operation["responses"])


def test_the_reference_page_shows_each_operation_and_needs_nothing_from_elsewhere(
    program: Maker,
) -> None:
    page = program().get("/api/docs").content.decode()
    for name in ("voice_create", "voice_list", "voice_get", "category_list", "service_list"):
        assert f'id="{name}"' in page
    assert re.findall(r'(?:src|href)="https?://', page) == []
    assert "<script>" not in page
    assert " style=" not in page


def test_the_type_of_a_problem_leads_to_its_meaning(program: Maker) -> None:
    asking = program()
    page = asking.get("/api/docs").content.decode()
    for path in ("/api/v1/voices", "/api/v1/nothing", "/api/v1/schemas/poetry.json"):
        place = asking.get(path).json()["type"].partition("#")[2]
        assert f'id="{place}"' in page
    assert 'id="problem-voice.not_found"' in page


@pytest.mark.parametrize("kind", schema_kinds())
def test_each_document_kind_has_a_schema(program: Maker, kind: str) -> None:
    answer = program().get(f"/api/v1/schemas/{kind}.json")
    assert answer.status_code == 200
    assert answer.json()["$schema"].startswith("https://json-schema.org/")


def test_one_document_has_a_schema_too(program: Maker) -> None:
    one = program().get("/api/v1/schemas/code_list/categories.json").json()
    assert "categories" in one["properties"]
    assert program().get("/api/v1/schemas/calendar/nothing.json").status_code == 200
    assert program().get("/api/v1/schemas/branding/nothing.json").status_code == 404


def test_an_unknown_kind_says_which_there_are(program: Maker) -> None:
    answer = program().get("/api/v1/schemas/poetry.json")
    assert (answer.status_code, answer.json()["facts"]["kinds"]) == (404, schema_kinds())


def test_the_catalogue_can_be_read(program: Maker) -> None:
    organisation_load_standard(current_city())
    catalogue_load_standard(current_city())
    categories = program("categories:read").get("/api/v1/categories").json()
    assert {"code", "label_ko", "label_en", "class"} <= set(categories["data"][0])
    services = program("services:read").get("/api/v1/services", q="여권").json()["data"]
    assert services
    assert all("여권" in service["title_ko"] for service in services)
    departments = program("organisation:read").get("/api/v1/departments").json()["data"]
    assert departments[0]["parent"] == ""


def test_the_openapi_document_is_drawn_without_a_warning(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Two shapes of one name would be one in the document, and wrong for one of the two."""
    GENERATOR_STATS.reset()
    SchemaGenerator().get_schema(public=True)
    assert capsys.readouterr().err == ""
