"""A city is compared with a freshly migrated one, line by line; whatever differs is seen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.differing import CHANGES
from tests.support.scenes import facts_of


@pytest.fixture(scope="module")
def facts(cities: None) -> dict[str, Any]:
    return facts_of("tests.support.differing")


def test_every_city_is_a_freshly_migrated_one_to_the_line(facts: dict[str, Any]) -> None:
    for city in facts["whole"]:
        assert city["differences"] == []
        assert (city["schema_diff_lines"], city["grants"], city["owner"], city["walls"]) == (0,) * 4
        assert city["version"] == city["reference_version"]
    assert {"busan", "seoul"} <= {city["code"] for city in facts["whole"]}


def test_of_the_reference_nothing_is_left_and_the_kept_one_judges_the_same(
    facts: dict[str, Any],
) -> None:
    assert facts["left_behind"] == [0]
    assert set(facts["again"]) == {0}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_schema_is_a_line_of_difference(facts: dict[str, Any], change: str) -> None:
    assert facts["changes"][change], f"{change}: nothing was seen"


def test_changed_rights_are_told_apart_from_changed_tables(facts: dict[str, Any]) -> None:
    rights = [name for name, lines in facts["changes"].items() if lines[0][1:].startswith("right")]
    assert {name for name in CHANGES if " right" in name} <= set(rights)
    assert all(
        line in ("-right table core_voices_voice: city login UPDATE",)
        for line in facts["changes"]["a right less"]
    )


def test_a_city_that_lacks_a_migration_says_so_by_its_version(facts: dict[str, Any]) -> None:
    behind = facts["behind"]
    assert not behind["is_whole"]
    assert behind["version"] != behind["reference_version"]
    assert behind["schema_diff_lines"] == 1
    assert any("migrations are missing" in finding for finding in behind["findings"])
