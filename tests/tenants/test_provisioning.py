"""Opening a city: by replay, all or nothing, the same schema as by migration."""

from __future__ import annotations

import pytest
from django.db.utils import DatabaseError

from tenants import directory, sql
from tenants.context import serving_city, serving_platform
from tenants.models import City
from tenants.provisioning.replay import script_of
from tests.support import cluster

pytestmark = pytest.mark.usefixtures("cities")

SHAPE = """
SELECT table_name, column_name, data_type, is_nullable, column_default
FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, 2
"""
INDEXES = """
SELECT indexname, replace(indexdef, %s, '') AS d FROM pg_indexes WHERE schemaname = %s ORDER BY 1
"""
CONSTRAINTS = """
SELECT conname, replace(pg_get_constraintdef(c.oid), %s, '') AS d FROM pg_constraint c
JOIN pg_namespace n ON n.oid = connamespace WHERE nspname = %s ORDER BY 1, 2
"""


def shape_of(code: str) -> list[object]:
    with serving_city(code):
        return [
            sql.rows(SHAPE),
            sql.rows(INDEXES, [f"{code}.", code]),
            sql.rows(CONSTRAINTS, [f"{code}.", code]),
        ]


def test_an_index_made_beside_the_traffic_is_replayed_in_a_transaction() -> None:
    """Found by `make drill`: with such a migration no city could be opened or restored."""
    kept = "COMMENT ON INDEX a IS 'CREATE INDEX CONCURRENTLY'"
    script = script_of(['CREATE INDEX CONCURRENTLY "a" ON "t" ("c")', kept])
    assert script == f'CREATE INDEX "a" ON "t" ("c");\n{kept};\n'


def test_a_replayed_city_equals_a_migrated_one() -> None:
    assert shape_of("busan") == shape_of("seoul")
    assert len(shape_of("busan")[0]) > 50  # type: ignore[arg-type]


def test_opening_a_third_city_makes_it_answer_and_opening_it_again_changes_nothing() -> None:
    cluster.run_as_owner("open", "jeju")
    cluster.run_as_owner("open", "jeju")
    directory.refresh()
    assert directory.by_host("jeju.localhost").name_ko == "제주특별자치도"
    with serving_city("jeju"):
        assert sql.rows("SELECT current_schema() AS s") == [{"s": "jeju"}]
    with serving_platform():
        assert City.objects.filter(code="jeju").count() == 1
    assert shape_of("jeju") == shape_of("busan")


def test_the_platform_cannot_change_a_city() -> None:
    with serving_platform(), pytest.raises(DatabaseError, match="permission denied"):
        City.objects.filter(code="busan").update(name_ko="다른 이름")
