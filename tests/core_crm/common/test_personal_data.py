"""Names, phones and addresses as people without the right see them, and phones in one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_crm.common.personal_data import mask_email, mask_name, mask_phone, normalise_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("홍길동", "홍*동"),
        ("김수", "김*"),
        ("남궁민수", "남**수"),
        ("김", "*"),
        ("", ""),
        ("Nguyen Thi", "N***** T**"),
        ("남궁 민수", "남* 민*"),
        ("X", "X*"),
    ],
)
def test_a_name_keeps_its_ends(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("+821000004211", "010-****-4211"),
        ("+82510004211", "051-****-4211"),
        ("+8220004211", "02-****-4211"),
        ("+8215881234", "1588-****"),
        ("", ""),
    ],
)
def test_a_phone_hides_its_middle(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


def test_an_e_mail_address_keeps_two_letters_and_its_domain() -> None:
    assert mask_email("minsu.kim@citizen.example") == "mi***@citizen.example"
    assert mask_email("nonsense") == "********"


@given(st.text(alphabet="0123456789", min_size=8, max_size=8))
def test_the_middle_of_a_mobile_number_is_never_shown(eight: str) -> None:
    assert mask_phone(f"+8210{eight}") == f"010-****-{eight[4:]}"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("010-0000-1234", "+821000001234"),
        ("010 0000 1234", "+821000001234"),
        ("010.0000.1234", "+821000001234"),
        ("０１０-００００-１２３４", "+821000001234"),
        ("+82 10-0000-1234", "+821000001234"),
        ("+82 010-0000-1234", "+821000001234"),
        ("051-000-1234", "+82510001234"),
        ("051)000-1234", "+82510001234"),
        ("(051)000-1234", "+82510001234"),
        ("(대표) 051-000-1234", "+82510001234"),
        ("051-000-1234~9", "+82510001234"),
        ("051-000-1234∼9", "+82510001234"),
        ("051-000-1234, 1235", "+82510001234"),
        ("051-000-1234/051-000-1299", "+82510001234"),
        ("051-000-1234 및 051-000-1299", "+82510001234"),
        ("051-000-1234(내선 12)", "+82510001234"),
        ("051-000-1234 ext. 12", "+82510001234"),
        ("051–000–1234", "+82510001234"),
        ("02-000-1234", "+8220001234"),
        ("1588-1234", "+8215881234"),
        ("070-0000-1234", "+827000001234"),
        ("+1 202-555-0143", "+12025550143"),
    ],
)
def test_odd_forms_of_directories_are_understood(written: str, kept: str) -> None:
    assert normalise_phone(written) == kept


@pytest.mark.parametrize("written", ["", "없음", "-", "888-1234", "12", "0" * 40, "abc", "~"])
def test_what_is_no_phone_is_nothing(written: str) -> None:
    assert normalise_phone(written) == ""


def test_a_number_without_area_code_gets_the_citys() -> None:
    assert normalise_phone("888-1234", area_code="051") == "+82518881234"
    assert normalise_phone("02-000-1234", area_code="051") == "+8220001234"


@given(st.text(max_size=30))
def test_any_text_at_all_is_a_number_or_nothing(text: str) -> None:
    found = normalise_phone(text)
    assert found == "" or found.startswith("+")
    assert normalise_phone(found) == found
