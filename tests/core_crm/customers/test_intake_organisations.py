"""Rows of a directory becoming bodies: the odd forms of telephones, matched, filled, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest

from core_crm.customers.models import ContactPoint, Organisation
from core_crm.customers.services.intake_organisations import OrganisationRows
from core_crm.imports.types import MatchPolicy, RowOutcome, RowResult, Taking
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-25 10:00")
NURSERY = {
    "name": "소담어린이집",
    "trade": "국공립",
    "phone": "051-123-4567~9, 4570 (내선 12)",
    "address": "부산광역시 중구 망양로 900 (대청동4가)",
    "capacity": "99",
    "vehicle": "운영",
}


def taking(policy: MatchPolicy = MatchPolicy.FILL, **more: Any) -> Taking:
    given = {"batch_id": uuid4(), "source": "어린이집 명단", "policy": policy, "now": NOW}
    return Taking(**{"acquired_list_id": None, **given, **more})


def take(*rows: Mapping[str, str], by: Taking | None = None) -> list[RowResult]:
    return OrganisationRows().take(rows, by or taking())


def kept(result: RowResult) -> Organisation:
    return Organisation.objects.get(pk=result.object_id)


def the_id(result: RowResult) -> UUID:
    assert result.object_id is not None
    return result.object_id


def test_a_row_of_a_directory_is_kept_with_all_its_numbers_and_facts(busan: ServedCity) -> None:
    (result,) = take(NURSERY)
    body = kept(result)
    assert (body.name, body.trade, body.kind) == ("소담어린이집", "국공립", "other")
    assert (body.phone, body.district_code[:5]) == ("+82511234567", "26110")
    assert body.facts == {"정원": 99, "통학차량": "운영"}
    further = ContactPoint.objects.get(organisation=body)
    assert (further.value, further.extension, further.source) == (
        "+82511234570",
        "12",
        "어린이집 명단",
    )


@pytest.mark.parametrize(
    ("phone", "e164"),
    [
        ("(051)120", "+8251120"),
        ("888-1234", "+82518881234"),
        ("518881234", "+82518881234"),
        ("(대표) 051)888-1234", "+82518881234"),
        ("-", ""),
    ],
)
def test_telephones_as_directories_write_them(busan: ServedCity, phone: str, e164: str) -> None:
    (result,) = take(NURSERY | {"phone": phone})
    assert kept(result).phone == e164


def test_the_same_body_again_is_found_by_number_telephone_or_address(busan: ServedCity) -> None:
    numbered = NURSERY | {"registration_no": "123-45-67890"}
    (first,) = take(NURSERY)
    again = take(NURSERY, NURSERY | {"phone": ""}, numbered, numbered | {"name": "새 이름"})
    assert {one.object_id for one in again} == {first.object_id}
    assert [one.outcome for one in again] == [
        RowOutcome.SKIPPED,
        RowOutcome.SKIPPED,
        RowOutcome.UPDATED,
        RowOutcome.SKIPPED,
    ]
    elsewhere = {"name": "소담어린이집", "address": "부산광역시 서구 구덕로 1"}
    assert take(elsewhere)[0].outcome == RowOutcome.CREATED


def test_policies(busan: ServedCity) -> None:
    (first,) = take(NURSERY)
    more = NURSERY | {"trade": "민간", "email": "a@example.com", "capacity": "20", "employees": "3"}
    assert take(more, by=taking(MatchPolicy.SKIP))[0].outcome == RowOutcome.SKIPPED
    take(more)
    assert (kept(first).trade, kept(first).email) == ("국공립", "a@example.com")
    assert kept(first).facts["정원"] == 99
    take(more, by=taking(MatchPolicy.OVERWRITE))
    assert (kept(first).trade, kept(first).facts["정원"]) == ("민간", 20)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "가" * 121}, "name"),
        ({"phone": "없음"}, "phone"),
        ({"kind": "우주선"}, "kind"),
        ({"registration_no": "12"}, "registration_no"),
        ({"website": "http://"}, "website"),
        ({"representative_name": "900301-1234567"}, "representative_name"),
    ],
)
def test_a_refused_row_names_its_field(busan: ServedCity, row: dict[str, str], field: str) -> None:
    (result,) = take(NURSERY | row)
    assert (result.outcome, result.field) == (RowOutcome.REFUSED, field)
    assert result.reason


def test_taken_back(busan: ServedCity) -> None:
    (old,) = take(NURSERY)
    created, changed = take(NURSERY | {"name": "다른집"}, NURSERY | {"email": "a@example.com"})
    kind = OrganisationRows()
    assert kind.used([the_id(created)], None) == set()
    kind.remove([the_id(created)])
    assert not Organisation.objects.filter(pk=created.object_id).exists()
    change = (the_id(old), changed.before, changed.after)
    assert kind.restore([change], now=NOW) == {old.object_id}
    assert kept(old).email == ""
    assert kind.used([the_id(old)], None) == {old.object_id}
