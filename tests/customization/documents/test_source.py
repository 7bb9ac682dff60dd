"""Reading documents in force costs nothing: one look at a stamp every two seconds, no query."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from core_crm.extension_points import document, documents
from customization.documents import source
from customization.documents.services import rollback, upgrade
from customization.documents.source import FRESH_SECONDS, STAMP, documents_kept
from tenants.context import current_city, serving_city
from tenants.isolation.keys import city_cache
from tests.conftest import kst

NOW = kst("2026-11-24 10:00")


@contextmanager
def two_seconds_later() -> Iterator[None]:
    """As if this process had looked at the stamp two seconds ago."""
    documents_kept().looked_at -= FRESH_SECONDS
    yield


def test_a_warm_read_is_no_query_and_one_look_every_two_seconds(
    two_cities: tuple[str, str],
) -> None:
    with serving_city("busan"):
        upgrade("1.1", now=NOW, actor=None)
        document("kpi", "solved_rate")
        looked = documents_kept().looked_at
        with CaptureQueriesContext(connection) as asked:
            begun = monotonic()
            for _ in range(200):
                document("kpi", "solved_rate")
                document("workflow", "voice")
            took = monotonic() - begun
            assert documents_kept().looked_at == looked or took > FRESH_SECONDS
            with two_seconds_later():
                document("kpi", "solved_rate")
            assert documents_kept().looked_at > looked
        assert len(asked) == 0
        assert took / 400 < 0.005


def test_another_processs_change_is_seen_within_two_seconds(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        upgrade("1.1", now=NOW, actor=None)
        kept: Any = documents_kept()
        before = document("kpi", "reduction").digest
        rollback(0, now=NOW, actor=None)
        after = document("kpi", "reduction").digest
        assert after != before
        # This process goes back to what it knew, as one that did not publish would.
        source._kept[source._place()] = kept
        assert document("kpi", "reduction").digest == before
        with two_seconds_later():
            assert document("kpi", "reduction").digest == after


def test_a_lost_stamp_is_put_back_from_the_database(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        number = upgrade("1.1", now=NOW, actor=None).number
        document("kpi", "reduction")
        city_cache().delete(STAMP)
        with two_seconds_later():
            document("kpi", "reduction")
        assert int(city_cache().get(STAMP)) == number


def test_a_city_that_began_with_a_later_release_has_its_documents(
    two_cities: tuple[str, str],
) -> None:
    with serving_city("seoul"):
        began = replace(current_city(), standard_version="1.1")
        assert "solved_rate" not in documents.get().codes("kpi")
    source.forget_all()
    with serving_city(began):
        assert documents.get().get("kpi", "solved_rate").version == "1.1"
        assert document("kpi", "reduction").body["target"] == 55
    source.forget_all()


def test_cities_without_a_manifest_share_what_their_release_says(
    two_cities: tuple[str, str],
) -> None:
    """The same texts, written out once a process; each city looks at its own stamp."""
    kept = []
    for code in two_cities:
        with serving_city(code):
            kept.append(documents_kept())
    assert kept[0].texts is kept[1].texts or kept[0].plugins != kept[1].plugins
    assert kept[0] is not kept[1]
    with serving_city("busan"):
        source.forget_all()
        assert documents_kept().texts is kept[0].texts
