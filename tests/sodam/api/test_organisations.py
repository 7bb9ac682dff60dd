"""Bodies over the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core_crm.audit.models import Disclosure
from core_crm.customers.models import Organisation

Maker = Callable[..., Any]
A_CENTRE = {
    "name": "소담어린이집",
    "kind": "institution",
    "trade": "어린이집",
    "phone": "051-000-1234",
    "registration_no": "123-45-67890",
    "address": "부산광역시 중구 소담로 1",
    "facts": {"capacity": 49},
}


def test_a_body_is_written_down_changed_and_read(program: Maker) -> None:
    asking = program("organisations:read", "organisations:write")
    made = asking.post("/api/v1/organisations", A_CENTRE)
    assert made.status_code == 201
    path = f"/api/v1/organisations/{made.json()['id']}"
    answer = asking.client.patch(
        path,
        {"phone": "051-000-9999"},
        content_type="application/json",
        headers=asking._headers(),
    )
    assert answer.status_code == 200
    read = asking.get(path).json()
    assert (read["phone"], read["district_code"]) == ("+82510009999", "2611000000")
    assert (read["registration_no"], read["facts"]) == ("1234567890", {"capacity": 49})
    assert Disclosure.objects.get().subject_kind == "organisation"


def test_a_number_that_is_known_is_a_conflict(program: Maker) -> None:
    asking = program("organisations:read", "organisations:write")
    asking.post("/api/v1/organisations", A_CENTRE)
    again = asking.post("/api/v1/organisations", {**A_CENTRE, "name": "다른 이름"})
    assert (again.status_code, again.json()["code"]) == (409, "customers.known_already")
    assert Organisation.objects.count() == 1


def test_the_list_holds_bodies_of_the_kind_asked_for(program: Maker) -> None:
    asking = program("organisations:read", "organisations:write")
    asking.post("/api/v1/organisations", A_CENTRE)
    listed = asking.get("/api/v1/organisations", kind="institution").json()["data"]
    assert [one["name"] for one in listed] == ["소담어린이집"]
    assert asking.get("/api/v1/organisations", kind="company").json()["data"] == []
