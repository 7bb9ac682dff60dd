"""Failures as people meet them: a page of its own for each, with the number to tell us."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory
from rest_framework import exceptions as rest

from core_crm.voices.errors import VoiceAlreadyAnswered
from sodam.errors import (
    DomainErrorMiddleware,
    Problem,
    csrf_failure,
    field_errors,
    problem_of,
    respond,
    server_error,
)
from tenants.errors import DomainError

pytestmark = pytest.mark.usefixtures("busan")


def asked(path: str = "/", **headers: str) -> Any:
    request = RequestFactory().get(path, headers={"host": "busan.localhost", **headers})
    request.request_id = "abcdef12"
    request.city = None
    return request


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 422, 429, 500, 503])
def test_each_status_has_a_page_with_the_request_id_and_a_phone_number(status: int) -> None:
    page = respond(asked(), Problem(status, "some.code", "이런 일이 있습니다."))
    text = page.content.decode()
    assert page.status_code == status
    assert "abcdef12" in text
    assert "120" in text
    assert text.count("<h1") == 1
    assert "이런 일이 있습니다." in text


def test_a_failure_of_the_field_keeps_its_own_sentence() -> None:
    stop = VoiceAlreadyAnswered("이미 답변이 완료된 민원입니다.", ref="BS-2611-7K4M-3")
    page = DomainErrorMiddleware(lambda _request: None).process_exception(asked(), stop)
    assert page is not None
    assert page.status_code == 409
    assert "이미 답변이 완료된 민원입니다." in page.content.decode()


def test_other_errors_are_left_to_be_faults() -> None:
    middleware = DomainErrorMiddleware(lambda _request: None)
    assert middleware.process_exception(asked(), ValueError("비밀")) is None
    assert problem_of(ValueError("비밀")) is None


def test_a_fault_of_ours_says_so_and_nothing_of_its_cause() -> None:
    page = server_error(asked())
    assert page.status_code == 500
    assert "우리 쪽의 잘못" in page.content.decode()


def test_a_form_left_open_too_long_says_to_reload_it() -> None:
    page = csrf_failure(asked())
    assert page.status_code == 403
    assert "새로 고친 뒤" in page.content.decode()


def test_a_program_that_wants_json_gets_a_problem_from_a_page_too() -> None:
    answer = respond(asked(Accept="application/json"), Problem(409, "some.code", "안 됩니다."))
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Http404(), 404, "request.not_found"),
        (PermissionDenied(), 403, "request.forbidden"),
        (rest.NotAuthenticated(), 401, "request.unauthenticated"),
        (rest.MethodNotAllowed("PUT"), 405, "request.method_not_allowed"),
        (rest.UnsupportedMediaType("text/csv"), 415, "request.unsupported_media_type"),
        (rest.Throttled(wait=3), 429, "request.too_many"),
        (rest.ParseError(), 400, "request.malformed"),
        (rest.ValidationError({"title": ["없음"]}), 422, "request.invalid"),
        (DomainError("안 됩니다."), 400, "error"),
    ],
)
def test_each_kind_of_error_is_one_problem(error: Exception, status: int, code: str) -> None:
    problem = problem_of(error)
    assert problem is not None
    assert (problem.status, problem.code) == (status, code)


def test_a_refusal_says_when_to_come_back() -> None:
    problem = problem_of(rest.Throttled(wait=3))
    assert problem is not None
    assert problem.headers == {"Retry-After": "4"}


def test_errors_of_fields_inside_fields_have_a_path() -> None:
    detail = rest.ValidationError({"citizen": {"phone": ["아님"]}, "non_field_errors": ["전체"]})
    assert [error["field"] for error in field_errors(detail.detail)] == ["citizen.phone", ""]


def test_an_address_that_does_not_exist_in_a_city(city_client: Callable[..., Client]) -> None:
    answer = city_client("busan").get("/nothing/at/all")
    assert answer.status_code == 404
    assert "<h1" in answer.content.decode()


def test_from_a_host_that_leads_nowhere_one_finds_the_list_of_doors() -> None:
    page = Client(headers={"host": "atlantis.localhost:8123"}).get("/").content.decode()
    assert 'href="http://localhost:8123/"' in page


def test_a_host_that_is_no_host_is_refused_with_a_page(client: Client) -> None:
    """Broke: the refusal asked for the host again, and the web server answered a bare 500."""
    page = client.get("/", headers={"host": "bad host"})
    assert page.status_code == 400
    assert "<h1" in page.content.decode()


@pytest.mark.parametrize("address", ["/?q=%00", "/track?ref=%00"])
def test_an_address_with_a_nul_is_malformed(client: Client, address: str) -> None:
    assert client.get(address, headers={"host": "busan.localhost"}).status_code == 400


def test_a_form_with_a_nul_is_malformed(client: Client) -> None:
    """Broke: a survey's comment with a NUL was a fault of ours."""
    sent = client.post("/track", {"ref": "x", "contact": "\0"}, headers={"host": "busan.localhost"})
    assert sent.status_code == 400


def test_a_body_larger_than_any_form_is_refused_unread(client: Client) -> None:
    """Broke: an upload of any size was written to the disk before anybody looked at it."""
    sent = client.generic(
        "POST",
        "/voices/new/what",
        b"x",
        content_type="multipart/form-data; boundary=x",
        headers={"host": "busan.localhost"},
        CONTENT_LENGTH=str(65 * 1024 * 1024),
    )
    assert sent.status_code == 413
    assert "<h1" in sent.content.decode()
