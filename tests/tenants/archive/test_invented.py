"""Values of nobody: the same for the same, never the true one, of a form that fits its column."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_crm.customers.models import E164_PATTERN
from tenants.provisioning.archive.invented import Inventor

ONE, OTHER = Inventor(b"one"), Inventor(b"other")
KINDS = ("name", "phone", "email", "text", "secret")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_value_becomes_the_same_and_in_another_copy_another(kind: str) -> None:
    value = "+821012345678" if kind == "phone" else "김철수가 사는 곳의 이야기 한 토막입니다"
    assert getattr(ONE, kind)(value) == getattr(ONE, kind)(value) != value
    assert getattr(ONE, kind)(value) != getattr(OTHER, kind)(value)


@given(st.lists(st.integers(0, 10**8 - 1), min_size=2, max_size=50, unique=True))
def test_two_mobile_numbers_never_become_one(numbers: list[int]) -> None:
    made = {ONE.phone(f"+8210{number:08}") for number in numbers}
    assert len(made) == len(numbers)
    assert all(re.fullmatch(E164_PATTERN, number) for number in made)


def test_an_invented_number_is_one_digit_too_long_to_be_anybodys() -> None:
    assert len(ONE.phone("+821012345678")) == len("+821012345678") + 1
    assert len(ONE.phone("+82511234567")) == len("+82100012345678")


@given(st.text(min_size=1, max_size=300))
def test_a_text_stays_as_long_as_it_was(text: str) -> None:
    assert len(ONE.text(text)) == len(text)


def test_a_korean_name_stays_korean_and_a_latin_one_latin() -> None:
    assert re.fullmatch("[가-힣]{3}", ONE.name("홍길동"))
    assert ONE.name("Nguyen Thi").isascii()


def test_nothing_is_left_of_lists_and_objects() -> None:
    assert [ONE.empty(value) for value in ('{"a": 1}', "[1]", "{가나,나다}", "글")] == [
        "{}",
        "[]",
        "{}",
        "",
    ]


def test_a_password_becomes_none_that_anybody_could_know() -> None:
    from django.contrib.auth.hashers import is_password_usable

    assert not is_password_usable(ONE.unusable("pbkdf2_sha256$…"))
