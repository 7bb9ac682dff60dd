"""Whatever goes wrong below /api is an RFC 9457 problem."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from sodam.api import access

Maker = Callable[..., Any]
MEMBERS = {
    "type",
    "title",
    "status",
    "detail",
    "instance",
    "code",
    "request_id",
    "errors",
    "facts",
}


def assert_problem(answer: Any, status: int, code: str) -> None:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == MEMBERS
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["request_id"] == answer["X-Request-ID"]


def test_an_address_that_does_not_exist(program: Maker) -> None:
    assert_problem(program().get("/api/v1/nothing"), 404, "request.not_found")


def test_a_method_that_does_not_exist(program: Maker) -> None:
    asking = program("voices:read")
    answer = asking.client.delete("/api/v1/voices", headers=asking._headers())
    assert_problem(answer, 405, "request.method_not_allowed")
    assert "GET" in answer["Allow"]


def test_text_that_is_no_json(program: Maker) -> None:
    assert_problem(program("voices:write").post("/api/v1/voices", "{"), 400, "request.malformed")


@pytest.mark.parametrize("text", ["[]", '"글"', "null", "3"])
def test_json_that_is_no_object(program: Maker, text: str) -> None:
    assert_problem(program("voices:write").post("/api/v1/voices", text), 422, "request.invalid")


def test_a_form_instead_of_json(program: Maker) -> None:
    asking = program("voices:write")
    answer = asking.client.post("/api/v1/voices", {"title": "글"}, headers=asking._headers())
    assert_problem(answer, 415, "request.unsupported_media_type")


def test_more_than_a_voice_ever_needs(program: Maker) -> None:
    answer = program("voices:write").post("/api/v1/voices", {"title": "글" * 200_000})
    assert_problem(answer, 413, "api.body_too_large")


def test_a_host_nobody_answers_at(cities: None) -> None:
    answer = Client(headers={"host": "atlantis.localhost"}).get("/api/v1/voices")
    assert_problem(answer, 404, "city.unknown")


def test_too_many_requests_say_when_to_come_back(
    program: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.SODAM_RATE_LIMITS, "api_requests_per_minute", 2)
    asking = program("categories:read")
    answers = [asking.get("/api/v1/categories") for _ in range(6)]
    assert answers[0].status_code == 200
    assert answers[0]["RateLimit-Policy"] == '"key";q=2;w=60'
    assert_problem(answers[-1], 429, "api.too_many_requests")
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert answers[-1]["RateLimit"] == f'"key";r=0;t={answers[-1]["Retry-After"]}'


def test_guessing_keys_is_slowed_down(program: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "WRONG_KEYS_PER_MINUTE", 2)
    asking = program("voices:read")
    forged = type(asking)(asking.client, "sodam_ffffffffff_guess")
    statuses = [forged.get("/api/v1/voices").status_code for _ in range(6)]
    assert statuses[0] == 401
    assert statuses[-1] == 429
    assert asking.get("/api/v1/voices").status_code == 200


def test_a_fault_of_ours_tells_nothing_of_its_cause(
    program: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = program("categories:read")
    asking.client.raise_request_exception = False
    monkeypatch.setattr("sodam.api.catalogue.category_list", lambda: 1 / 0)
    answer = asking.get("/api/v1/categories")
    assert_problem(answer, 500, "server.fault")
    assert "Zero" not in answer.content.decode()


def test_a_reader_of_english_gets_english_titles(program: Maker) -> None:
    answer = program().client.get("/api/v1/voices", headers={"Accept-Language": "en"})
    assert answer.status_code == 401
