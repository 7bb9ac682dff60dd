"""The database and Python choose the same rows: what a preview counts is who is written to."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from core_crm.common.predicates import Predicate, matcher, to_q
from tenants.context import serving_city
from tests.core_crm.common.predicates.people import (
    COUNT,
    PEOPLE,
    TODAY,
    Person,
    any_predicate,
    people,
)

Rows = list[dict[str, Any]]
ROUNDS, TREES = 6, 250  # 1,500 trees


@pytest.fixture(scope="module")
def rows(cities: None) -> Iterator[Rows]:
    with serving_city("busan"), people() as made:
        yield made


def by_database(predicate: Predicate) -> set[int]:
    chosen = Person.objects.filter(to_q(predicate, PEOPLE, today=TODAY))
    return set(chosen.values_list("id", flat=True))


def by_python(predicate: Predicate, rows: Rows) -> set[int]:
    holds = matcher(predicate, PEOPLE, today=TODAY)
    return {row["id"] for row in rows if holds(row)}


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_trees_at_random_choose_the_same_people_in_both(rows: Rows, seed: int) -> None:
    random = Random(seed)  # noqa: S311  # the same trees every time
    chosen = set()
    for _tree in range(TREES):
        predicate = any_predicate(random)
        found = by_python(predicate, rows)
        assert by_database(predicate) == found, predicate.model_dump_json()
        chosen.add(len(found))
    assert {0, COUNT} <= chosen  # the trees tell people apart
    assert len(chosen) > TREES / 3
