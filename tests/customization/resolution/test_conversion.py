"""Documents written in an older shape are read as today's; what was published never changes."""

from __future__ import annotations

from typing import Any

import pytest

from core_crm.extension_points import digest_of
from customization.documents.models import DocumentBody, Manifest
from customization.documents.selectors import in_force
from customization.documents.services import rollback
from customization.resolution.conversion import (
    FIRST_KINDS,
    SCHEMA_VERSION,
    STEPS,
    as_first_shape,
    converted,
)
from customization.resolution.judging import findings
from customization.resolution.standard import standard_tree, standard_versions
from customization.resolution.trees import put
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 10:00")


def test_every_older_shape_has_its_step() -> None:
    assert sorted(STEPS) == list(range(1, SCHEMA_VERSION))


@pytest.mark.parametrize("version", standard_versions())
def test_there_and_back_is_the_same(version: str) -> None:
    standard = standard_tree(version)
    old = as_first_shape(standard)
    assert set(old) == FIRST_KINDS
    assert "weight" not in old["kpi"]["on_time"]
    assert converted(old, shape=1, ground=standard) == standard


def test_a_citys_own_word_survives_the_conversion_and_the_result_is_right() -> None:
    standard = standard_tree()
    old = as_first_shape(standard)
    put(old, ("calendar", "office", "opens_at"), "08:30")
    put(old, ("kpi", "own", "x"), 1)
    before = repr(old)
    new = converted(old, shape=1, ground=standard)
    assert new["calendar"]["office"]["opens_at"] == "08:30"
    assert new["kpi"]["own"] == {"x": 1}
    assert repr(old) == before
    del new["kpi"]["own"]
    assert findings(new, standard) == ()


def test_todays_shape_is_left_as_it_is() -> None:
    standard = standard_tree()
    assert converted(standard, shape=SCHEMA_VERSION, ground={}) == standard


def test_a_manifest_of_the_first_shape_is_read_and_rolled_back_to(busan: ServedCity) -> None:
    number = in_force().number + 1
    old = as_first_shape(in_force().tree)
    put(old, ("calendar", "office", "opens_at"), "08:30")
    Manifest.objects.create(
        number=number,
        effective_from=NOW.replace(year=2030),
        standard_version="1.0",
        documents=_kept(old),
        schema_version=1,
        digest=digest_of(old),
    )
    found = in_force()
    assert found.tree["calendar"]["office"]["opens_at"] == "08:30"
    assert set(found.tree) == set(standard_tree())
    assert found.digest == digest_of(old)
    again = rollback(number, now=NOW, actor=None)
    assert again.schema_version == SCHEMA_VERSION
    assert in_force().tree == found.tree


def _kept(tree: dict[str, Any]) -> dict[str, dict[str, str]]:
    named: dict[str, dict[str, str]] = {}
    for kind, codes in tree.items():
        for code, body in codes.items():
            DocumentBody.objects.get_or_create(digest=digest_of(body), defaults={"body": body})
            named.setdefault(kind, {})[code] = digest_of(body)
    return named
