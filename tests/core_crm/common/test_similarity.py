"""How alike names and addresses are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_crm.common.similarity import (
    AddressLikeness,
    NameLikeness,
    address_likeness,
    name_likeness,
)

HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("other", "likeness"),
    [
        ("김하늘", NameLikeness.SAME),
        ("김 하늘", NameLikeness.SPACED),
        ("김하느ㄹ", NameLikeness.SPACED),
        ("ㄱㅣㅁㅎㅏㄴㅡㄹ", NameLikeness.SPACED),
        ("하늘 김", NameLikeness.TURNED),
        ("KIM Ha-neul", NameLikeness.SPELLED),
        ("haneul gim", NameLikeness.SPELLED),
        ("金河늘", NameLikeness.SPELLED),
        ("김하눌", NameLikeness.CLOSE),
        ("김늘하", NameLikeness.CLOSE),
        ("김하준", NameLikeness.OTHER),
        ("이하늘", NameLikeness.OTHER),
        ("Kim Minjun", NameLikeness.OTHER),
        ("", NameLikeness.UNKNOWN),
        ("·", NameLikeness.UNKNOWN),
    ],
)
def test_a_name_as_it_is_written_again(other: str, likeness: NameLikeness) -> None:
    assert name_likeness("김하늘", other) == likeness


@pytest.mark.parametrize(
    ("hangul", "other"),
    [
        ("김민정", "金敏貞"),
        ("이영희", "李英姬"),
        ("박준영", "Joon-young PARK"),
        ("이서연", "Rhee Seo Yun"),
        ("최은주", "CHOI EUNJOO"),
        ("남궁민수", "Namgung Minsoo"),
    ],
)
def test_a_name_in_other_signs(hangul: str, other: str) -> None:
    assert name_likeness(hangul, other) == NameLikeness.SPELLED
    assert name_likeness("정다운", other) == NameLikeness.OTHER


@given(HANGUL, HANGUL)
def test_the_order_of_two_names_does_not_matter(one: str, other: str) -> None:
    assert name_likeness(one, other) == name_likeness(other, one)
    assert name_likeness(one, one) == NameLikeness.SAME


@pytest.mark.parametrize(
    ("other", "detail", "likeness"),
    [
        ("부산광역시 해운대구 센텀중앙로97", "101동1203호", AddressLikeness.HOME),
        ("부산광역시 해운대구 센텀중앙로 97 (우동)", "102동 304호", AddressLikeness.BUILDING),
        ("부산광역시 해운대구 센텀중앙로 79", "101동 1203호", AddressLikeness.OTHER),
        ("부산 해운대구 센텀중앙로 97", "101동 1203호", AddressLikeness.HOME),
        ("", "", AddressLikeness.UNKNOWN),
    ],
)
def test_an_address_as_it_is_written_again(
    other: str, detail: str, likeness: AddressLikeness
) -> None:
    here = "부산광역시 해운대구 센텀중앙로 97"
    assert address_likeness(here, "101동 1203호", other, detail) == likeness
