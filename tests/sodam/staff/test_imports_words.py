"""Samples of a file tell what a column is, and nobody's data; times are said in words."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sodam.staff.imports_words import sample, steps, tiles, time_left


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("홍길동", "홍*동"),
        ("김수", "김*"),
        ("Nguyen", "N*****"),
        ("010-0000-1234", "010-****-**34"),
        ("01000001234", "010******34"),
        ("1957-03-02", "1957-**-**"),
        ("1957. 3. 2.", "1957-**-**"),
        ("minsu@citizen.example", "mi***@citizen.example"),
        ("부산광역시 중구 가상로 12", "부산광역시 ***"),
        ("", ""),
    ],
)
def test_a_sample_is_covered_by_what_it_looks_like(value: str, shown: str) -> None:
    assert sample(value, "") == shown


def test_a_value_that_is_one_of_a_few_words_is_shown() -> None:
    assert sample("어린이집", "trade") == "어린이집"


def test_the_counts_fill_a_bar_from_left_to_right() -> None:
    counted = SimpleNamespace(created=6, updated=2, skipped=0, refused=2)
    made = tiles(counted)
    assert [(one.start, one.percent) for one in made] == [
        (0.0, 60.0),
        (60.0, 20.0),
        (80.0, 0.0),
        (80.0, 20.0),
    ]


def test_nothing_counted_yet_divides_by_nothing() -> None:
    counted = SimpleNamespace(created=0, updated=0, skipped=0, refused=0)
    assert {one.percent for one in tiles(counted)} == {0.0}


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, ""),
        (1, "곧 끝남"),
        (12, "약 10초 남음"),
        (88, "약 90초 남음"),
        (100, "약 2분 남음"),
        (600, "약 10분 남음"),
    ],
)
def test_the_time_left_is_rounded(seconds: float | None, said: str) -> None:
    assert time_left(seconds) == said


def test_the_steps_before_are_done_and_those_after_are_open() -> None:
    assert [step.css for step in steps(3)] == ["done", "done", "on", ""]
    assert {step.css for step in steps(5)} == {"done"}
