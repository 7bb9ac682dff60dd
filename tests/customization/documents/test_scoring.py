"""Indicators move scores: from when, without anybody's present period being touched."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from customization.documents.services import scores_from
from customization.resolution.operations import operation
from customization.resolution.standard import standard_tree
from customization.resolution.trees import ABSENT, Path, value_at
from tests.conftest import kst

NOW = kst("2026-11-24 10:00")
TREE = standard_tree()


def moved(path: Path, wanted: Any, *, now: datetime = NOW) -> datetime | None:
    return scores_from([operation(path, seen=value_at(TREE, path), wanted=wanted)], TREE, now=now)


@pytest.mark.parametrize(
    ("path", "wanted", "begins"),
    [
        (("kpi", "on_time", "weight"), 20, "2026-12-01"),
        (("kpi", "on_time", "target"), 95, "2026-12-01"),
        (("kpi", "on_time", "period"), "quarter", "2027-01-01"),
        (("kpi", "on_time"), ABSENT, "2026-12-01"),
        (("kpi",), ABSENT, "2026-12-01"),
        (("performance_contract", "customer", "items", "on_time", "weight"), 20, "2027-01-01"),
    ],
)
def test_scores_move_from_the_next_period_on(path: Path, wanted: Any, begins: str) -> None:
    assert moved(path, wanted) == kst(f"{begins} 00:00")


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (("kpi", "on_time", "label", "ko"), "기한"),
        (("kpi", "on_time", "sort"), 5),
        (("calendar", "office", "opens_at"), "08:30"),
    ],
)
def test_words_move_no_score(path: Path, wanted: Any) -> None:
    assert moved(path, wanted) is None


def test_the_day_is_seouls(  # 23:30 UTC of the last of November is December there
) -> None:
    assert moved(("kpi", "on_time", "weight"), 20, now=kst("2026-12-01 08:30")) == kst(
        "2027-01-01 00:00"
    )
