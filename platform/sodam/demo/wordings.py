"""The phrases of fixtures/demo, typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sodam.demo.dice import Dice
from sodam.demo.reading import FIXTURES, read_yaml

STRONGLY_SEASONAL, OUT_OF_SEASON = 7, 0.4


@dataclass(frozen=True, slots=True)
class Way:
    """One way a problem shows: what was written, and what was done about exactly that."""

    titles: Sequence[str]
    what: str
    effects: Sequence[str]
    done: Sequence[str]


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of thing people write about."""

    code: str
    ways: Sequence[Way]
    months: Mapping[int, float] = field(default_factory=dict)
    role: str = ""

    def weight_in(self, month: int) -> float:
        """How often it is written about in a month: snow never in July."""
        if not self.months:
            return 1.0
        is_strong = max(self.months.values()) >= STRONGLY_SEASONAL
        return self.months.get(month, 0.0 if is_strong else OUT_OF_SEASON)


@dataclass(frozen=True, slots=True)
class Topic:
    """A category's problems and what belongs to all of them."""

    code: str
    share: float
    seasons: Mapping[int, float]
    asks: Sequence[str]
    unable: Sequence[Mapping[str, Any]]
    supplements: Sequence[Mapping[str, str]]
    notes: Sequence[str]
    problems: Sequence[Problem]

    def problem_in(self, month: int, dice: Dice) -> Problem:
        weights = {index: one.weight_in(month) for index, one in enumerate(self.problems)}
        return self.problems[dice.weighted(weights)]

    def unable_for(self, problem: Problem) -> list[Mapping[str, Any]]:
        """The reasons for refusing that fit a problem."""
        return [one for one in self.unable if problem.code in one.get("only", [problem.code])]

    def problem(self, code: str) -> Problem:
        return next(one for one in self.problems if one.code == code)


@lru_cache(maxsize=32)
def topics(city: str = "") -> dict[str, Topic]:
    """Category code -> its phrases: the standard's categories, and those the city adds."""
    folder = FIXTURES / "demo" / "voices"
    known = {path.stem: read_yaml(path) for path in sorted(folder.glob("*.yaml"))}
    own = read_yaml(FIXTURES / "demo" / "own_voices.yaml")
    known |= {code: own["common"] | body for code, body in own["cities"].get(city, {}).items()}
    return {code: _topic(code, body) for code, body in known.items()}


@lru_cache(maxsize=1)
def phrases() -> dict[str, Any]:
    """What all categories share: greetings, times, spots, comments, names."""
    body: dict[str, Any] = read_yaml(FIXTURES / "demo" / "phrases.yaml")
    return body


def _topic(code: str, body: Mapping[str, Any]) -> Topic:
    return Topic(
        code=code,
        share=body["share"],
        seasons=body["seasons"],
        asks=body["asks"],
        unable=body["unable"],
        supplements=body["supplements"],
        notes=body["notes"],
        problems=[_problem(name, entry) for name, entry in body["problems"].items()],
    )


def _problem(code: str, entry: Mapping[str, Any]) -> Problem:
    return Problem(
        code=code,
        ways=[Way(**way) for way in entry["ways"]],
        months=entry.get("months", {}),
        role=entry.get("role", ""),
    )
