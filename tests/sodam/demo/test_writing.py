"""Phrases put together read as one sentence after another."""

from __future__ import annotations

import pytest

from sodam.demo.facts import categories, department_of
from sodam.demo.places import Place
from sodam.demo.wordings import topics
from sodam.demo.writing import Blanks, is_past

BLANKS = Blanks(Place("해운대구", "우동", "약국 앞 골목"), 3, "어제", "지난주부터")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("가로등이 꺼져 있습니다.", False),
        ("버스를 30분 기다렸습니다.", True),
        ("여권을 신청했는데 소식이 없습니다.", True),
        ("냄새가 올라옵니다.", False),
    ],
)
def test_a_past_verb_is_recognised_by_its_final(sentence: str, expected: bool) -> None:
    assert is_past(sentence) is expected


def test_the_time_fits_the_verb() -> None:
    assert (
        BLANKS.fill("{when} {place} 불이 꺼졌습니다.") == "어제 우동 약국 앞 골목 불이 꺼졌습니다."
    )
    assert BLANKS.fill("{when} {dong} 물이 샙니다.") == "지난주부터 우동 물이 샙니다."


def test_every_category_of_the_standard_has_at_least_twelve_problems() -> None:
    assert set(topics()) | {"unsure"} == set(categories())
    for topic in topics().values():
        assert len(topic.problems) >= 12


def test_every_phrase_can_be_filled_and_every_problem_can_be_refused() -> None:
    for topic in topics().values():
        for problem in topic.problems:
            assert topic.unable_for(problem)
            assert sum(problem.weight_in(month) for month in range(1, 13)) > 0
            for way in problem.ways:
                for phrase in (*way.titles, way.what, *way.effects, *way.done):
                    assert "{" not in BLANKS.fill(phrase)


def test_every_role_of_a_problem_leads_to_a_department_in_each_city() -> None:
    for topic in topics().values():
        for problem in topic.problems:
            if problem.role:
                assert department_of("busan", problem.role).code
