"""Citizens over the API: written down once, read in full by a key, and every reading noted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core_crm.audit.models import AuditEntry, Disclosure
from core_crm.customers.models import Citizen
from core_crm.customers.services import citizen_register
from core_crm.customers.types import CitizenDraft, CustomerState
from tests.conftest import kst

Maker = Callable[..., Any]
NOW = kst("2026-11-24 09:00")
A_CITIZEN = {
    "name": "김하늘",
    "phone": "010-0000-1234",
    "address": "부산광역시 해운대구 센텀중앙로 97 (우1동)",
    "birth_on": "1984-02-29",
    "needs": ["large_print"],
    "source": "여권 시스템",
}


@pytest.fixture
def asking(program: Maker) -> Any:
    return program("citizens:read", "citizens:write")


def patch(asking: Any, path: str, body: Any) -> Any:
    return asking.client.patch(
        path, body, content_type="application/json", headers=asking._headers()
    )


def test_a_citizen_is_written_down_and_read_in_full(asking: Any) -> None:
    made = asking.post("/api/v1/citizens", A_CITIZEN)
    assert (made.status_code, set(made.json())) == (201, {"id"})
    read = asking.get(f"/api/v1/citizens/{made.json()['id']}").json()
    assert (read["name"], read["phone"], read["birth_on"]) == (
        "김하늘",
        "+821000001234",
        "1984-02-29",
    )
    assert (read["district_code"], read["needs"]) == ("2635051000", ["large_print"])
    entry = AuditEntry.objects.get(action="customer.registered")
    assert (entry.actor_name, entry.facts) == ("연계", {"source": "여권 시스템"})


def test_each_reading_is_one_row_of_the_access_log_per_person(asking: Any) -> None:
    one, two = (
        citizen_register(CitizenDraft(name=name, phone=f"0100000{n:04d}"), by=None, now=NOW)
        for n, name in enumerate(("김하늘", "김바다"))
    )
    asking.get(f"/api/v1/citizens/{one.pk}")
    asking.get("/api/v1/citizens")
    asking.post("/api/v1/citizens/search", {"query": "김바다"})
    noted = Disclosure.objects.values_list("subject_id", "route", "action")
    assert sorted(noted) == sorted(
        [
            (one.pk, "api_citizen", "customer.read_by_key"),
            (one.pk, "api_citizens", "customer.read_by_key"),
            (two.pk, "api_citizens", "customer.read_by_key"),
            (two.pk, "api_citizen_search", "customer.read_by_key"),
        ]
    )


def test_the_same_request_again_is_done_once_and_the_same_person_again_is_a_conflict(
    asking: Any,
) -> None:
    first = asking.post("/api/v1/citizens", A_CITIZEN, **{"Idempotency-Key": "a1"})
    again = asking.post("/api/v1/citizens", A_CITIZEN, **{"Idempotency-Key": "a1"})
    assert (again.json(), again["Idempotency-Replayed"]) == (first.json(), "true")
    other = asking.post("/api/v1/citizens", A_CITIZEN)
    assert (other.status_code, other.json()["code"]) == (409, "customers.known_already")
    assert Citizen.objects.count() == 1


def test_what_is_sent_is_changed_and_the_rest_stays(asking: Any) -> None:
    made = asking.post("/api/v1/citizens", A_CITIZEN).json()
    path = f"/api/v1/citizens/{made['id']}"
    answer = patch(
        asking, path, {"address": "부산광역시 수영구 광안해변로 1", "email": "A@B.example"}
    )
    assert answer.status_code == 200
    read = asking.get(path).json()
    assert (read["district_code"], read["email"]) == ("2650000000", "a@b.example")
    assert (read["name"], read["birth_on"]) == ("김하늘", "1984-02-29")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"phone": "12"}, "customers.contact_not_readable"),
        ({"name": "김하늘", "birth_on": "2090-01-01"}, "customers.not_valid"),
        ({"name": "김하늘", "needs": ["dancing"]}, "customers.not_valid"),
        ({"name": "", "phone": ""}, "customers.not_valid"),
        ({"name": "김하늘", "sex": "X"}, "request.invalid"),
    ],
)
def test_what_cannot_be_so_is_refused(asking: Any, body: dict[str, Any], code: str) -> None:
    answer = asking.post("/api/v1/citizens", body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert Citizen.objects.count() == 0


def test_an_alias_answers_as_whom_it_was_merged_into(asking: Any) -> None:
    survivor = citizen_register(CitizenDraft(name="김하늘", phone="01000000001"), by=None, now=NOW)
    alias = citizen_register(CitizenDraft(name="김하늘", phone="01000000002"), by=None, now=NOW)
    alias.state, alias.merged_into = CustomerState.MERGED, survivor
    alias.save()
    assert asking.get(f"/api/v1/citizens/{alias.pk}").json()["id"] == str(survivor.pk)
    found = asking.post("/api/v1/citizens/search", {"query": "01000000002"}).json()["data"]
    assert [one["id"] for one in found] == [str(survivor.pk)]


def test_pages_follow_each_other(asking: Any) -> None:
    made = [
        citizen_register(CitizenDraft(name=f"김{n}", phone=f"0100000{n:04d}"), by=None, now=NOW)
        for n in range(5)
    ]
    first = asking.get("/api/v1/citizens", limit=3).json()
    rest = asking.get("/api/v1/citizens", limit=3, cursor=first["next_cursor"]).json()
    read = [one["id"] for page in (first, rest) for one in page["data"]]
    assert read == [str(citizen.pk) for citizen in reversed(made)]
    assert (first["has_more"], rest["has_more"]) == (True, False)
