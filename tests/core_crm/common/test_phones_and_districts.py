"""Telephones in cells of directories, and the district that an address names."""

from __future__ import annotations

import pytest

from core_crm.common.districts import district_name, district_of, districts_of, whole_district
from core_crm.common.phones import PhoneRead, phones_in


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("051-000-1234~9", [PhoneRead("+82510001234", label="~9")]),
        ("(051)120", [PhoneRead("+8251120")]),
        ("888-1234", [PhoneRead("+82518881234")]),
        ("051-000-1234(내선 102)", [PhoneRead("+82510001234", extension="102")]),
        ("051-000-1234 교환 7", [PhoneRead("+82510001234", extension="7", label="교환")]),
        ("대표 051-000-1234", [PhoneRead("+82510001234", label="대표")]),
        ("051-000-1234, 4568", [PhoneRead("+82510001234"), PhoneRead("+82510004568")]),
        (
            "051-000-1234 / 010-0000-1111",
            [PhoneRead("+82510001234"), PhoneRead("+821000001111")],
        ),
        ("없음", []),
        ("", []),
    ],
)
def test_every_number_of_a_cell_is_read(cell: str, read: list[PhoneRead]) -> None:
    assert phones_in(cell, area_code="051") == read


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("부산광역시 해운대구 센텀중앙로 97 (우1동)", "2635051000"),
        ("부산 해운대구 우제2동 1", "2635052000"),
        ("해운대구 우동 123", "2635000000"),
        ("서울특별시 종로구 사직동 1", "1111053000"),
        ("경기도 수원시 장안구 파장동 1", "4111156000"),
        ("세종특별자치시 조치원읍 1", "3611025000"),
        ("강원도 춘천시 중앙로 1", "5111000000"),
        ("소담로 1", ""),
        ("", ""),
    ],
)
def test_an_address_names_its_district_and_nothing_is_guessed(address: str, code: str) -> None:
    assert district_of(address, "busan") == code


def test_districts_have_names_and_neighbourhoods_lie_in_them() -> None:
    assert len(districts_of("busan")) == 16
    assert district_name("2635051000") == "해운대구 우제1동"
    assert district_name(whole_district("2635051000")) == "해운대구"
    assert district_name("2600000000") == "부산"
