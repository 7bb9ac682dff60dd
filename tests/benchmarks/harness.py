"""How a figure is measured, judged and said. Every suite is a module with `run()`.

A suite yields `Figure`s. Times and rates are measured in interleaved rounds (A B A B …), because
the machine is never quiet; counts (statements, round trips) are exact and need one look. A goal
that lies inside the quartiles of the rounds' ratios is a "tie": this machine cannot say.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal, TypeVar

Exact = Mapping[str, int | float | str]
Measure = Callable[[], float]
ROUNDS, SMALL_ROUNDS = 7, 1
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of `make bench`. `value` and `baseline_value` are medians, in `unit`.

    `ratio` is how many times better ours is (the median of the rounds' ratios, since a machine that
    slows down slows both of a round); None for a count.
    `goal` is the least ratio wanted; for a count, the most that is allowed. `quartiles` are those
    of the rounds' ratios. `exact` holds what was counted per operation and what was looked at.
    """

    name: str
    value: float
    unit: str
    baseline: str
    baseline_value: float | None
    ratio: float | None
    rounds: int
    goal: float
    holds: bool | Literal["tie"]
    quartiles: tuple[float, float] | None = None
    exact: Exact = field(default_factory=dict)


def is_small() -> bool:
    """Is this the tiny run of `make test`? Then sizes and rounds are small, and ratios idle."""
    return os.environ.get("SODAM_BENCH_SIZE", "full") == "small"


def sized(full: T, *, small: T) -> T:
    """A size of the data, or a number of repetitions: `voices = sized(100_000, small=300)`."""
    return small if is_small() else full


def interleaved(
    name: str,
    *,
    ours: Measure,
    baseline: Measure,
    goal: float,
    unit: str,
    baseline_name: str,
    is_rate: bool = False,
    rounds: int = ROUNDS,
    exact: Exact | None = None,
) -> Figure:
    """Measure both in turns, A B A B, and judge. Each call answers one number in `unit`.

    The ratio is baseline ÷ ours for times, ours ÷ baseline for rates: more is better. Warm both up
    before (`ours(); baseline()`) when the first call is not like the others.
    """
    pairs = [(ours(), baseline()) for _ in range(sized(rounds, small=SMALL_ROUNDS))]
    ratios = [_ratio(mine, theirs, is_rate=is_rate) for mine, theirs in pairs]
    value, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    spread = ratios if ratios[1:] else ratios * 2  # a single round has no quartiles but itself
    low, middle, high = statistics.quantiles(spread, n=4, method="inclusive")
    return Figure(
        name=name,
        value=_short(value),
        unit=unit,
        baseline=baseline_name,
        baseline_value=_short(other),
        ratio=_short(middle),
        rounds=len(pairs),
        goal=goal,
        holds="tie" if low <= goal <= high else low > goal,
        quartiles=(_short(low), _short(high)),
        exact=dict(exact or {}),
    )


def counted(
    name: str,
    count: float,
    *,
    goal: float,
    unit: str,
    baseline_name: str = "",
    baseline_count: float | None = None,
    exact: Exact | None = None,
) -> Figure:
    """An exact count (statements, round trips, lines of difference): at most `goal` is allowed."""
    return Figure(
        name=name,
        value=count,
        unit=unit,
        baseline=baseline_name,
        baseline_value=baseline_count,
        ratio=None,
        rounds=1,
        goal=goal,
        holds=count <= goal,
        exact=dict(exact or {}),
    )


def show(figure: Figure) -> None:
    """One JSON line on stdout, for programs; one sentence on stderr, for people."""
    sys.stdout.write(json.dumps(asdict(figure), ensure_ascii=False) + "\n")
    sys.stdout.flush()
    say(sentence(figure))


def sentence(figure: Figure) -> str:
    """`opening.city: 0.61 s, 9.2 times …; goal 6.6: holds`."""
    judged = {True: "holds", False: "MISSED", "tie": "tie"}[figure.holds]
    told = f"{figure.name}: {figure.value:g} {figure.unit}"
    if figure.baseline:
        told += f" against {figure.baseline_value} ({figure.baseline})"
    wanted = f"at most {figure.goal:g}"
    if figure.ratio is not None:
        told += f" = {figure.ratio:g}x"
        wanted = f"at least {figure.goal:g}x"
    return f"{told}; goal {wanted}: {judged}"


def say(message: str) -> None:
    """To people, beside the figures."""
    sys.stderr.write(f"bench: {message}\n")
    sys.stderr.flush()


def timed(action: Callable[[], object], *, repeat: int = 1) -> Measure:
    """A measure of seconds: how long one of `repeat` calls takes."""

    def measure() -> float:
        started = time.perf_counter()
        for _ in range(repeat):
            action()
        return (time.perf_counter() - started) / repeat

    return measure


def all_figures(run: Callable[[], Iterator[Figure]]) -> list[Figure]:
    """Run a suite, showing each figure as soon as it is known."""
    figures = []
    for figure in run():
        show(figure)
        figures.append(figure)
    return figures


def _ratio(mine: float, theirs: float, *, is_rate: bool) -> float:
    return mine / theirs if is_rate else theirs / mine


def _short(value: float) -> float:
    """Four significant digits: more is noise."""
    return float(f"{value:.4g}")
