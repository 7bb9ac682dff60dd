"""Which migrations the served city has, and what a set of them is called."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from tenants import schema, sql
from tenants.errors import NoCity
from tenants.schema import city_migrations, has_migration, migrations_on_disk, version_of
from tests.conftest import ServedCity


def test_a_city_of_this_release_has_every_migration_there_is(busan: ServedCity) -> None:
    assert city_migrations() == migrations_on_disk()
    assert has_migration("core_voices", "0001_initial")
    assert not has_migration("core_voices", "9999_of_tomorrow")


def test_what_was_migrated_meanwhile_is_known_after_a_few_seconds(
    busan: ServedCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = frozenset(city_migrations() - {("core_voices", "0001_initial")})
    monkeypatch.setattr(schema, "_kept", {"busan": (schema.time.monotonic(), missing)})
    assert not has_migration("core_voices", "0001_initial")
    monkeypatch.setattr(schema, "KEPT_SECONDS", 0.0)
    assert has_migration("core_voices", "0001_initial")


def test_outside_of_a_city_nobody_can_say(cities: None) -> None:
    with pytest.raises(NoCity):
        has_migration("core_voices", "0001_initial")


def test_equal_sets_have_equal_versions_and_no_set_has_none() -> None:
    one, other = {("a", "0001"), ("b", "0001")}, {("b", "0001"), ("a", "0001")}
    assert version_of(one) == version_of(other)
    assert version_of(one).startswith("2-")
    assert version_of(one) != version_of({("a", "0001"), ("b", "0002")})
    assert version_of(set()) == ""


def test_a_city_may_read_its_history_and_not_write_it(busan: ServedCity) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        sql.execute("DELETE FROM django_migrations")
