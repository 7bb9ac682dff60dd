"""How large the worlds are, and how many voices each person files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sodam.demo.dice import Dice
from sodam.demo.people import voices_per_person
from sodam.demo.sizes import cities_of, voices_of

GOVERNMENTS = ["seoul", "busan", "daegu", "sejong", "jeonnamgwangju"]
RESIDENTS = {"busan": 3_248_359, "seoul": 9_318_500, "jeju": 665_610}


def test_the_full_world_leaves_sejong_for_the_visitor() -> None:
    assert cities_of("full", GOVERNMENTS) == ["busan", "seoul", "daegu", "jeonnamgwangju"]


def test_the_small_world_has_three_cities_of_equal_size() -> None:
    cities = cities_of("small", GOVERNMENTS)
    assert cities == ["busan", "seoul", "jeonnamgwangju"]
    assert {voices_of("small", city, RESIDENTS) for city in cities} == {150}


def test_busan_is_the_largest_and_nobody_is_empty() -> None:
    assert voices_of("full", "busan", RESIDENTS) == 4000
    assert 600 <= voices_of("full", "jeju", RESIDENTS) < voices_of("full", "seoul", RESIDENTS)
    assert voices_of("full", "unknown", RESIDENTS) == 600


@given(voices=st.integers(min_value=30, max_value=3000), seed=st.integers())
def test_people_file_exactly_the_voices_there_are(voices: int, seed: int) -> None:
    counts = voices_per_person(Dice.of(seed), voices)
    assert sum(counts) == voices
    assert min(counts) >= 1


@pytest.mark.parametrize("topic", [("a", 1), ("b", 2)])
def test_dice_of_one_topic_do_not_depend_on_others(topic: tuple[str, int]) -> None:
    Dice.of("something else").random()
    assert Dice.of(*topic).random() == Dice.of(*topic).random()
