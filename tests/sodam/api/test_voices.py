"""`/api/v1/voices`: what a program files, lists and reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from core_crm.voices.selectors import voice_get

VOICES = "/api/v1/voices"
A_VOICE = {
    "title": "가로등이 꺼져 있습니다",
    "body": "시민공원 앞 가로등 두 개가 사흘째 꺼져 있습니다.",
    "channel": "api",
    "citizen": {"name": "홍길동", "phone": "010-0000-1234"},
}
Maker = Callable[..., Any]


@pytest.fixture
def writer(program: Maker) -> Any:
    return program("voices:write", "voices:read")


def test_filing_a_voice_answers_its_reference_and_its_lawful_due_time(writer: Any) -> None:
    answer = writer.post(VOICES, A_VOICE)
    filed = answer.json()
    assert answer.status_code == 201
    assert set(filed) == {"id", "ref", "status", "class", "is_compound", "due_at", "tracking_url"}
    assert (filed["status"], filed["class"], filed["is_compound"]) == ("received", "other", False)
    assert filed["ref"].startswith("BS-")
    assert f"/track/{filed['ref']}?k=" in filed["tracking_url"]
    assert datetime.fromisoformat(filed["due_at"]) == voice_get(filed["ref"]).due_at


def test_it_can_be_read_by_reference_and_by_id_with_the_name_masked(writer: Any) -> None:
    filed = writer.post(VOICES, A_VOICE).json()
    by_ref, by_id = (writer.get(f"{VOICES}/{filed[key]}").json() for key in ("ref", "id"))
    assert by_ref == by_id
    assert by_ref["body"] == A_VOICE["body"]
    assert by_ref["citizen"] == {"name": "홍*동"}
    assert "0000" not in str(by_ref)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"body": None}, "body"),
        ({"channel": "pigeon"}, "channel"),
        ({"citizen": {"name": "홍길동"}}, "citizen"),
        ({"citizen": {"name": "홍길동", "phone": "없음"}}, "citizen.phone"),
        ({"citizen": {"name": "홍길동", "email": "골뱅이"}}, "citizen.email"),
        ({"citizen": "홍길동"}, "citizen"),
        ({"attributes": {"note": "x" * 11_000}}, "attributes"),
        ({"attributes": {"note": "\x00"}}, "attributes"),
        ({"body": "끝\x00"}, "body"),
        ({"language": "fr"}, "language"),
        ({"received_at": "어제"}, "received_at"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(
    writer: Any, change: dict[str, Any], field: str
) -> None:
    answer = writer.post(VOICES, {**A_VOICE, **change})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "request.invalid")
    assert field in {error["field"] for error in problem["errors"]}


def test_an_unknown_service_is_a_named_failure_of_the_field(writer: Any) -> None:
    answer = writer.post(VOICES, {**A_VOICE, "service_code": "moon_permit"})
    assert (answer.status_code, answer.json()["code"]) == (422, "voice.service_unknown")


def test_an_unknown_category_is_taken_in_as_other(writer: Any) -> None:
    filed = writer.post(VOICES, {**A_VOICE, "category": "moon"}).json()
    assert filed["class"] == "other"


def test_when_it_had_arrived_is_only_believed_of_an_importer(program: Maker) -> None:
    at = (timezone.now() - timedelta(days=30)).isoformat()
    refused = program("voices:write").post(VOICES, {**A_VOICE, "received_at": at})
    assert (refused.status_code, refused.json()["facts"]["scope"]) == (403, "voices:import")
    taken = program("voices:write", "voices:import").post(VOICES, {**A_VOICE, "received_at": at})
    assert taken.status_code == 201
    assert voice_get(taken.json()["ref"]).received_at == datetime.fromisoformat(at)


def test_what_is_older_than_the_known_holidays_is_refused_at_its_field(program: Maker) -> None:
    importer = program("voices:write", "voices:import")
    answer = importer.post(VOICES, {**A_VOICE, "received_at": "1900-01-01T00:00:00+09:00"})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "voice.received_too_long_ago")
    assert [error["field"] for error in problem["errors"]] == ["received_at"]


def test_the_same_request_sent_twice_is_filed_once(writer: Any) -> None:
    first = writer.post(VOICES, A_VOICE, **{"Idempotency-Key": "letter-1"})
    again = writer.post(VOICES, A_VOICE, **{"Idempotency-Key": "letter-1"})
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert len(writer.get(VOICES).json()["data"]) == 1


def test_the_same_idempotency_key_for_another_voice_is_refused(writer: Any) -> None:
    writer.post(VOICES, A_VOICE, **{"Idempotency-Key": "letter-1"})
    other = writer.post(VOICES, {**A_VOICE, "title": "다른 일"}, **{"Idempotency-Key": "letter-1"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency.key_reused")


def test_a_list_is_read_page_by_page_the_newest_first(writer: Any) -> None:
    refs = [writer.post(VOICES, {**A_VOICE, "title": f"{n}번"}).json()["ref"] for n in range(5)]
    seen: list[str] = []
    cursor = ""
    while True:
        page = writer.get(VOICES, limit=2, cursor=cursor).json()
        assert set(page) == {"data", "next_cursor", "has_more"}
        seen += [voice["ref"] for voice in page["data"]]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break
    assert seen == refs[::-1]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"status": "received"}, 1),
        ({"status": "closed"}, 0),
        ({"petition_class": "other"}, 1),
        ({"channel": "portal"}, 0),
        ({"is_open": "true"}, 1),
        ({"is_open": "false"}, 0),
        ({"category": "moon"}, 0),
        ({"received_from": "2020-01-01T00:00:00+09:00"}, 1),
        ({"received_before": "2020-01-01T00:00:00+09:00"}, 0),
    ],
)
def test_a_list_can_be_narrowed(writer: Any, query: dict[str, str], count: int) -> None:
    writer.post(VOICES, A_VOICE)
    assert len(writer.get(VOICES, **query).json()["data"]) == count


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"status": "lost"}, 422),
        ({"limit": "0"}, 422),
        ({"limit": "101"}, 422),
        ({"received_from": "어제"}, 422),
        ({"category": "\x00"}, 422),
        ({"cursor": "누구"}, 400),
    ],
)
def test_a_question_that_makes_no_sense_is_a_problem(
    writer: Any, query: dict[str, str], status: int
) -> None:
    assert writer.get(VOICES, **query).status_code == status


def test_a_voice_nobody_filed_is_not_found(writer: Any) -> None:
    answer = writer.get(f"{VOICES}/BS-2611-AAAA-A")
    assert (answer.status_code, answer.json()["code"]) == (404, "voice.not_found")


@pytest.mark.parametrize(
    "attributes",
    [
        '{"x": 1e999}',
        '{"x": ' + "[" * 40 + "]" * 40 + "}",
        '{"x": ' + "[" * 9000 + "]" * 9000 + "}",
    ],
)
def test_json_that_cannot_be_kept_is_refused_and_no_fault_of_ours(
    writer: Any, attributes: str
) -> None:
    body = json.dumps({**A_VOICE, "attributes": "here"}).replace('"here"', attributes)
    assert writer.post(VOICES, body).status_code in (400, 422)


def test_half_a_sign_in_an_unknown_field_does_not_trouble_the_idempotency(writer: Any) -> None:
    body = json.dumps({**A_VOICE, "unknown": "\ud800"})
    assert writer.post(VOICES, body, **{"Idempotency-Key": "half"}).status_code == 201


def test_who_may_only_read_gets_no_address_to_act_as_the_citizen(writer: Any) -> None:
    ref = writer.post(VOICES, A_VOICE).json()["ref"]
    assert "?k=" not in writer.get(VOICES).content.decode()
    assert "?k=" not in writer.get(f"{VOICES}/{ref}").content.decode()
