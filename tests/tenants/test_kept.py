"""What is kept for a moment: per city, per argument, and not for longer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings

from tenants.context import current_city, serving_city
from tenants.isolation.kept import kept_a_moment

pytestmark = pytest.mark.usefixtures("cities")


@pytest.fixture
def minutes() -> Iterator[None]:
    """Kept for a minute while the test runs."""
    settings.CITY_POOLS["KEPT_SECONDS"] = 60.0
    yield
    settings.CITY_POOLS["KEPT_SECONDS"] = 0.0


def test_each_city_and_each_question_has_an_answer_of_its_own(minutes: None) -> None:
    asked: list[str] = []

    @kept_a_moment
    def greeting(*, name: str = "") -> str:
        asked.append(name)
        return f"{current_city().code} {name}"

    for _twice in range(2):
        with serving_city("busan"):
            assert (greeting(name="a"), greeting(name="b")) == ("busan a", "busan b")
        with serving_city("seoul"):
            assert greeting(name="a") == "seoul a"
    assert asked == ["a", "b", "a"]


def test_what_is_raised_is_asked_again(minutes: None) -> None:
    tries = iter([ZeroDivisionError(), None])

    @kept_a_moment
    def greeting() -> str:
        if failure := next(tries):
            raise failure
        return "hello"

    with serving_city("busan"):
        with pytest.raises(ZeroDivisionError):
            greeting()
        assert greeting() == "hello"


def test_after_its_time_it_is_asked_again() -> None:
    asked: list[int] = []

    @kept_a_moment
    def greeting() -> int:
        asked.append(1)
        return len(asked)

    with serving_city("busan"):
        assert (greeting(), greeting()) == (1, 2)
