"""Segments over the API: sentences and counts, never persons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from core_crm.audit.types import Actor
from core_crm.customers.services import citizen_register
from core_crm.customers.types import CitizenDraft
from core_crm.segments.services import segment_archive, segment_count_keep, segment_create
from core_crm.segments.types import SegmentDraft
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 09:00")
BY = Actor(uuid4(), "정기준")
ELDERS = {"all": [{"op": "ge", "field": "age", "value": 65}]}
Maker = Callable[..., Any]


@pytest.fixture
def elders(busan: ServedCity) -> Any:
    draft = SegmentDraft(code="elders", name="어르신", condition=ELDERS)
    made = segment_create(draft, by=BY, now=NOW)
    for name, year in (("김하늘", 1950), ("이바다", 1955), ("박온유", 2000)):
        citizen_register(CitizenDraft(name=name, birth_on=date(year, 3, 2)), by=None, now=NOW)
    return made


def test_a_segment_is_a_sentence_and_a_count_taken_now(program: Maker, elders: Any) -> None:
    told = program("segments:read").get("/api/v1/segments/elders").json()
    assert (told["code"], told["name"], told["kind"]) == ("elders", "어르신", "live")
    assert "65" in told["sentence"]
    assert told["count"] == 2
    assert told["counted_at"]


def test_the_list_says_what_was_counted_last(program: Maker, elders: Any) -> None:
    asking = program("segments:read")
    before = asking.get("/api/v1/segments").json()
    assert (before["data"][0]["count"], before["has_more"]) == (0, False)
    segment_count_keep(elders, now=NOW, today=NOW.date())
    after = asking.get("/api/v1/segments").json()["data"][0]
    assert (after["count"], after["counted_at"]) == (2, "2026-11-24T09:00:00+09:00")


def test_one_put_away_is_not_listed(program: Maker, elders: Any) -> None:
    segment_archive(elders, is_archived=True, by=BY, now=NOW)
    assert program("segments:read").get("/api/v1/segments").json()["data"] == []


def test_no_name_of_a_citizen_is_told(program: Maker, elders: Any) -> None:
    text = program("segments:read").get("/api/v1/segments/elders").content.decode()
    assert "김하늘" not in text


def test_an_unknown_segment_is_not_there(program: Maker) -> None:
    assert program("segments:read").get("/api/v1/segments/none").status_code == 404
