"""A reference survives a telephone line: one wrong sign or two swapped ones are always noticed."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_crm.common.references import ALPHABET, PREFIXES, is_valid, new_reference, normalise

SIGNS = string.digits + string.ascii_uppercase
references = st.builds(
    new_reference,
    city_code=st.sampled_from(sorted(PREFIXES)),
    received_on=st.dates(min_value=date(2006, 1, 1), max_value=date(2099, 12, 31)),
    attempt=st.sampled_from([0, 3]),
)


def places(ref: str) -> list[int]:
    return [place for place, sign in enumerate(ref) if sign != "-"]


def test_a_reference_names_city_and_month() -> None:
    ref = new_reference(city_code="busan", received_on=date(2026, 11, 24))
    assert ref.startswith("BS-2611-")
    assert len(ref) == len("BS-2611-7K4M-3")


def test_no_two_governments_share_a_prefix() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES) == 16


@given(references)
def test_what_we_give_out_is_valid_and_easy_to_read_aloud(ref: str) -> None:
    assert is_valid(ref)
    chosen = ref.split("-", 2)[2].replace("-", "")
    assert set(chosen) <= set(ALPHABET)
    assert not set(ALPHABET) & set("0O1IL")


@given(references)
def test_every_single_wrong_sign_is_caught(ref: str) -> None:
    for place in places(ref):
        for sign in set(SIGNS) - {ref[place]}:
            assert not is_valid(ref[:place] + sign + ref[place + 1 :])


@given(references)
def test_every_swap_of_neighbours_is_caught(ref: str) -> None:
    signs = ref.replace("-", "")
    for place in range(len(signs) - 1):
        first, second = signs[place], signs[place + 1]
        if first != second:
            assert not is_valid(signs[:place] + second + first + signs[place + 2 :])


@given(references)
def test_a_lost_sign_is_caught(ref: str) -> None:
    assert not is_valid(ref[:-1])


@pytest.mark.parametrize(
    "typed", ["bs26117k4m{}", " BS 2611 7K4M {} ", "BS–2611–7K4M–{}", "ＢＳ-2611-7K4M-{}"]
)
def test_case_blanks_dashes_and_wide_letters_do_not_matter(typed: str) -> None:
    valid = [sign for sign in SIGNS if is_valid(f"BS-2611-7K4M-{sign}")]
    assert len(valid) <= 1
    sign = valid[0] if valid else "?"
    assert is_valid(typed.format(sign)) == bool(valid)
    assert normalise(typed.format("A")) == "BS-2611-7K4M-A"


@given(st.text(max_size=40))
def test_any_text_at_all_gets_an_answer(text: str) -> None:
    assert not is_valid(text) or normalise(normalise(text)) == normalise(text)
