"""Which city a name leads to: changes are seen at once where a mark says so; copies stay apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest
from django.conf import settings
from django.db import transaction

from tenants import directory
from tenants.cities import city_change, city_publish, city_set_trial, city_suspend
from tenants.context import serving_city, serving_platform
from tenants.errors import CitySuspended, UnknownCity
from tenants.models import City
from tenants.sql import tuples
from tenants.stamp import directory_changed
from tests.support import cluster

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.fixture
def looked_at_once(cities: None) -> Iterator[None]:
    """Every call looks at the mark; afterwards the two cities are as they were."""
    before = settings.CITY_POOLS["DIRECTORY_LOOK_SECONDS"]
    settings.CITY_POOLS["DIRECTORY_LOOK_SECONDS"] = 0.0
    directory.refresh()
    yield
    settings.CITY_POOLS["DIRECTORY_LOOK_SECONDS"] = before
    as_owner("UPDATE tenants_city SET status = 'open', is_trial = false, ring = 1, limits = '{}'")
    as_owner("DELETE FROM tenants_host WHERE domain LIKE '%copy%'")
    as_owner("DELETE FROM tenants_city WHERE code LIKE '%copy%'")
    directory.refresh()


def as_owner(statement: str) -> None:
    with psycopg.connect(cluster.owner_url(), autocommit=True) as owner:
        owner.execute(statement.encode())


COPIED = """
INSERT INTO tenants_city (schema_name, code, region_code, purpose, name_ko, name_en, short_name_ko,
    status, is_trial, official_site, standard_version, plugin, ring, generation, limits, contacts)
SELECT 'busan_copy', 'busan_copy', 'busan', 'copy', name_ko, name_en, short_name_ko,
    'not_open', false, official_site, standard_version, plugin, ring, generation, limits, contacts
FROM tenants_city WHERE code = 'busan'
"""
ITS_HOST = """
INSERT INTO tenants_host (domain, is_primary, tenant_id)
SELECT 'busan-copy.localhost', true, id FROM tenants_city WHERE code = 'busan_copy'
"""


@pytest.fixture
def a_copy(looked_at_once: None) -> None:
    """Rows as a restore makes them, under another code; it is not open yet."""
    as_owner(COPIED)
    as_owner(ITS_HOST)


def test_a_change_without_a_mark_is_not_looked_for_and_with_one_it_is_seen(
    looked_at_once: None,
) -> None:
    as_owner("UPDATE tenants_city SET status = 'suspended' WHERE code = 'busan'")
    assert directory.by_host("busan.localhost").status == "open"
    directory_changed()
    with pytest.raises(CitySuspended):
        directory.by_host("busan.localhost")
    assert directory.open_city_codes() == ["seoul"]


def test_in_the_middle_of_a_citys_work_what_is_known_must_do(looked_at_once: None) -> None:
    with serving_city("seoul"), transaction.atomic():
        as_owner("UPDATE tenants_city SET status = 'suspended' WHERE code = 'busan'")
        directory_changed()
        assert directory.by_host("busan.localhost").status == "open"
    with pytest.raises(CitySuspended):
        directory.by_host("busan.localhost")


def test_suspended_by_the_web_the_city_is_gone_at_once_and_back_again(
    looked_at_once: None,
) -> None:
    city_suspend("busan")
    with pytest.raises(CitySuspended):
        directory.by_host("busan.localhost")
    city_suspend("busan", suspended=False)
    assert directory.by_host("busan.localhost").code == "busan"


def test_a_city_in_trial_sends_nothing_until_it_is_public(looked_at_once: None) -> None:
    city_set_trial("busan", is_trial=True)
    assert not directory.by_code("busan").sends
    city_publish("busan", now=NOW)
    published = directory.by_code("busan")
    assert published.sends
    first = published.public_at
    city_publish("busan", now=datetime(2027, 1, 1, tzinfo=UTC))
    assert directory.by_code("busan").public_at == first


def test_limits_and_the_ring_are_changed_without_the_owner(looked_at_once: None) -> None:
    city_change("busan", limits={"storage_gb": 7}, ring=0)
    with serving_platform():
        city = City.objects.get(code="busan")
    assert (city.limits, city.ring) == ({"storage_gb": 7}, 0)
    with pytest.raises(UnknownCity):
        city_change("nowhere", ring=0)


def test_a_city_that_is_being_made_is_served_for_its_own_steps_only(a_copy: None) -> None:
    directory_changed()
    assert directory.by_code("busan_copy").region_code == "busan"
    with pytest.raises(UnknownCity):
        directory.by_host("busan-copy.localhost")
    assert "busan_copy" not in directory.open_city_codes()


def test_a_copy_answers_but_has_no_jobs_and_sends_nothing(a_copy: None) -> None:
    as_owner("UPDATE tenants_city SET status = 'open' WHERE code = 'busan_copy'")
    directory_changed()
    found = directory.by_host("busan-copy.localhost")
    assert (found.code, found.is_service, found.sends) == ("busan_copy", False, False)
    assert "busan_copy" not in directory.open_city_codes()


def backend_of(city: str) -> int:
    with serving_city(city):
        return int(tuples("SELECT pg_backend_pid()")[0][0])


def test_a_city_made_anew_is_not_asked_by_connections_of_the_old(cities: None) -> None:
    """Its login has the old one's name and is another: who logged in as the old sees nothing."""
    directory.refresh()
    before = backend_of("busan")
    directory.refresh()
    assert backend_of("busan") == before
    known = directory._snapshot.codes
    known["busan"] = replace(known["busan"], generation=known["busan"].generation + directory.ROW)
    directory.refresh()
    assert backend_of("busan") != before
