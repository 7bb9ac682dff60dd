"""Who may be the same person: found by any of what two records share, and who is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core_crm.customers.models import Citizen
from core_crm.customers.selectors import draft_of, possible_duplicates
from core_crm.customers.services import citizen_register, contact_add, household_join
from core_crm.customers.types import CitizenDraft
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 09:00")
SKY = CitizenDraft(
    name="김하늘",
    phone="010-0000-4211",
    email="sky@citizen.example",
    address="부산광역시 해운대구 센텀중앙로 97",
    address_detail="101동 1203호",
    birth_on=date(1984, 2, 9),
    sex="F",
)


def register(draft: CitizenDraft = SKY, **changes: Any) -> Citizen:
    return citizen_register(replace(draft, **changes), by=None, now=NOW)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"name": "김 하늘", "email": ""}, {"name_spaced", "phone_same", "home_same"}),
        ({"name": "김하눌", "birth_on": None}, {"name_close", "phone_same"}),
        ({"name": "Kim Haneul", "address": "", "email": ""}, {"name_spelled", "birth_same"}),
        ({"phone": "010-0000-9999", "email": ""}, {"phone_other", "birth_same", "home_same"}),
        ({"birth_on": date(1984, 9, 2), "email": ""}, {"birth_swapped", "phone_same"}),
        ({"phone": "", "birth_on": None, "address": ""}, {"name_same", "email_same"}),
        ({"phone": "010-0000-9999", "email": "", "birth_on": None}, {"home_same", "name_same"}),
    ],
)
def test_somebody_written_down_again_is_found(
    busan: ServedCity, changes: dict[str, Any], codes: set[str]
) -> None:
    sky = register()
    found = possible_duplicates(replace(SKY, **changes))
    assert [one.citizen for one in found] == [sky]
    assert codes <= {one.code for one in found[0].evidence}
    assert 0.5 <= found[0].score < 1


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "김바다", "birth_on": date(2015, 3, 3), "sex": "M"},  # the child, by her phone
        {"name": "김구름"},  # a twin: all the same but the name
        {"phone": "010-0000-9999", "email": "", "address": "부산광역시 중구 중앙대로 1",
         "birth_on": date(1991, 5, 6)},  # a namesake
        {"name": "박별", "email": "", "birth_on": None, "address": ""},  # the number went on
    ],
)  # fmt: skip
def test_family_twins_and_namesakes_are_not(busan: ServedCity, changes: dict[str, Any]) -> None:
    register()
    assert possible_duplicates(replace(SKY, **changes)) == []


def test_a_contact_of_before_speaks_for_one_person(busan: ServedCity) -> None:
    sky = register()
    contact_add(sky, kind="mobile", value="010-0000-7777", by=None, now=NOW)
    found = possible_duplicates(CitizenDraft(name="김하늘", phone="010 0000 7777"))
    assert [one.citizen for one in found] == [sky]
    assert "contact_before" in {one.code for one in found[0].evidence}


def test_who_lives_together_is_rather_two(busan: ServedCity) -> None:
    sky, sister = register(), register(name="김하눌", birth_on=None)
    asked = draft_of(sister)
    assert [one.citizen for one in possible_duplicates(asked, but=sister.pk)] == [sky]
    household_join(sister, with_citizen=sky, by=None, now=NOW)
    found = possible_duplicates(asked, but=sister.pk)
    assert "family" in {one.code for each in found for one in each.evidence}


def test_nobody_is_found_by_nothing(busan: ServedCity) -> None:
    register(phone="", email="", birth_on=None, address="")
    assert possible_duplicates(CitizenDraft()) == []
    assert possible_duplicates(CitizenDraft(name="김하늘")) == []
