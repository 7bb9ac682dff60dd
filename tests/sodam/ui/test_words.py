"""Korean ways to write dates, phones and particles; the clock pill's words."""

from __future__ import annotations

import pytest
from django.utils import translation

from sodam.ui import words
from sodam.ui.clocks import clock
from tests.conftest import kst


def test_a_date_is_written_as_korean_offices_write_it() -> None:
    assert words.date_time(kst("2026-03-05 14:00")) == "2026. 3. 5.(목) 14:00"
    assert words.day_sentence(kst("2026-12-03 09:00")) == "12월 3일(목)"


def test_an_english_page_writes_the_date_in_english() -> None:
    with translation.override("en"):
        assert words.date_time(kst("2026-03-05 14:00")) == "Thu 5 Mar 2026 14:00"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+821000001234", "010-0000-1234"),
        ("+82510000142", "051-000-0142"),
        ("+8220000120", "02-000-0120"),
        ("120", "120"),
        ("", ""),
    ],
)
def test_a_phone_is_shown_in_its_local_form(number: str, shown: str) -> None:
    assert words.phone_local(number) == shown


@pytest.mark.parametrize(
    ("word", "pair", "particle"),
    [
        ("도로안전과", "이/가", "가"),
        ("박지훈", "을/를", "을"),
        ("서울", "으로/로", "로"),
        ("부산", "으로/로", "으로"),
        ("BS-2611-7K4M-3", "은/는", "은"),
        ("Busan", "을/를", "를"),
    ],
)
def test_the_particle_fits_the_last_sound(word: str, pair: str, particle: str) -> None:
    assert words.particle(word, pair) == particle


def test_the_clock_says_hours_within_a_working_day_and_days_above() -> None:
    assert clock(2 * 3600 + 38 * 60, used_ratio=0.9, state="running").word == "2시간 38분"
    assert clock(3 * 8 * 3600 + 60, used_ratio=0.1, state="running").word == "D-3"


def test_a_clock_past_its_time_says_so_in_words_and_tone() -> None:
    pill = clock(-4 * 3600, used_ratio=1.2, state="running")
    assert (pill.word, pill.tone) == ("4시간 00분 지남", "over")


def test_a_clock_late_outside_office_hours_counts_no_minutes() -> None:
    assert clock(-1, used_ratio=1.0, state="running").word == "기한 지남"
    assert clock(-61, used_ratio=1.0, state="running").word == "1분 지남"


def test_a_day_left_out_is_no_clock_that_waits() -> None:
    pill = clock(3600, used_ratio=0.5, state="left_out", why="민원 처리에 관한 법률 제22조 제1항")
    assert (pill.word, pill.why) == ("오늘은 세지 않음", "민원 처리에 관한 법률 제22조 제1항")


def test_a_standing_clock_is_called_standing() -> None:
    assert clock(100, used_ratio=0.5, state="paused").tone == "paused"
