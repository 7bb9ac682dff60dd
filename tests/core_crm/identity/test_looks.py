"""Colours that can be read, and words a government calls things by."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from core_crm.identity import city_looks, city_words, contrast, is_readable, shades
from core_crm.identity.contrast import mixed
from core_crm.identity.types import Branding, Terminology
from tests.conftest import ServedCity

HEX = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#0b50d0", "#ffffff", 6.83),
    ],
)
def test_contrast_is_what_wcag_says(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@given(HEX, HEX)
def test_contrast_has_no_order_and_lies_between_one_and_twenty_one(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001


@given(HEX)
def test_a_colour_is_taken_exactly_when_it_can_be_read_on_every_ground(colour: str) -> None:
    if is_readable(colour):
        assert Branding(colour=colour).colour == colour
        assert contrast(colour, "#ffffff") >= 4.5
        assert contrast(colour, shades(colour)[5]) >= 4.5
    else:
        with pytest.raises(ValidationError, match=r"4\.5:1"):
            Branding(colour=colour)


@given(HEX)
def test_shades_go_from_light_to_dark(colour: str) -> None:
    steps = [shades(colour)[step] for step in sorted(shades(colour))]
    assert all(re.fullmatch("#[0-9a-f]{6}", one) for one in steps)
    assert shades(colour)[60] == colour
    assert contrast(steps[0], "#000000") >= contrast(steps[-1], "#000000")


def test_nothing_mixed_in_changes_nothing() -> None:
    assert mixed("#0b50d0", "#ffffff", 0) == "#0b50d0"
    assert mixed("#0b50d0", "#ffffff", 1) == "#ffffff"


def test_a_city_without_wishes_has_the_standards_words_and_looks(busan: ServedCity) -> None:
    assert city_words().call_centre.phone == "120"
    assert city_words().residents.ko == "시민"
    assert city_looks().colour == "#0b50d0"
    assert city_looks().footer == {}


@pytest.mark.parametrize("phone", ["", "120번", "1", "-120", "+82-51"])
def test_a_phone_that_cannot_be_dialled_is_refused(phone: str, busan: ServedCity) -> None:
    body = city_words().model_dump()
    body["call_centre"]["phone"] = phone
    with pytest.raises(ValidationError):
        Terminology.model_validate(body)
