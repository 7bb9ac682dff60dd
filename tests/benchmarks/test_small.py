"""Every suite runs, tiny, and says what a figure must say. The judging itself by plain numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.benchmarks import suites
from tests.benchmarks.harness import Figure, counted, interleaved, show
from tests.benchmarks.trips import trips_of

KEYS = {"name", "value", "unit", "baseline", "baseline_value", "ratio", "rounds", "goal", "holds"}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SODAM_BENCH_SIZE", "small")


def turns(*seconds: float) -> Iterator[float]:
    yield from seconds


def judged(ours: list[float], baseline: list[float], goal: float, **more: bool) -> Figure:
    mine, theirs = turns(*ours), turns(*baseline)
    return interleaved(
        "judged",
        ours=lambda: next(mine),
        baseline=lambda: next(theirs),
        goal=goal,
        unit="s",
        baseline_name="slow",
        rounds=len(ours),
        **more,
    )


def test_a_goal_below_the_quartiles_holds_above_them_is_missed_and_inside_is_a_tie() -> None:
    ours, baseline = [1.0] * 7, [4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]  # quartiles 5.5 and 8.5
    assert judged(ours, baseline, 5.4).holds is True
    assert judged(ours, baseline, 5.5).holds == "tie"
    assert judged(ours, baseline, 8.5).holds == "tie"
    assert judged(ours, baseline, 8.6).holds is False


def test_the_ratio_is_the_median_of_the_rounds_and_rates_are_better_when_higher() -> None:
    times = judged([2.0, 1.0, 3.0], [4.0, 8.0, 12.0], 1)
    assert (times.value, times.baseline_value, times.ratio) == (2.0, 8.0, 4.0)
    rates = judged([20.0, 10.0, 30.0], [10.0, 5.0, 15.0], 1, is_rate=True)
    assert (rates.ratio, rates.holds) == (2.0, True)


def test_a_count_holds_up_to_its_goal() -> None:
    assert counted("trips", 2, goal=2, unit="round trips").holds is True
    assert counted("trips", 3, goal=2, unit="round trips").holds is False


def test_a_figure_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    show(counted("trips", 2, goal=2, unit="round trips", exact={"statements": 1}))
    (line,) = capsys.readouterr().out.splitlines()
    assert set(json.loads(line)) >= KEYS


def test_round_trips_are_counted_as_the_wire_sees_them(two_cities: tuple[str, str]) -> None:
    from django.db import transaction

    from tenants import sql
    from tenants.context import serving_city

    def three() -> None:
        with serving_city("busan"), transaction.atomic():
            sql.rows("SELECT 1 AS one")

    three()
    seen = trips_of(three)
    assert (seen.round_trips, seen.statements) == (2, 3)  # BEGIN leads the first statement
    assert [text.strip('"') for text in seen.texts] == ["BEGIN\n; SELECT 1 AS one", "COMMIT"]


@pytest.mark.parametrize("name", [name for name in suites.SUITES if not suites.SUITES[name]])
def test_a_suite_of_the_serving_process_says_its_figures(
    name: str, two_cities: tuple[str, str], small: None
) -> None:
    figures = list(suites.suite(name)())
    assert figures
    assert {figure.name.partition(".")[0] for figure in figures} == {name}


@pytest.mark.parametrize("name", [name for name in suites.SUITES if suites.SUITES[name]])
def test_a_suite_of_the_owners_process_says_its_figures(name: str, small: None) -> None:
    figures = [json.loads(line) for line in suites.figures_beside(name).splitlines()]
    assert figures
    assert {figure["name"].partition(".")[0] for figure in figures} == {name}
