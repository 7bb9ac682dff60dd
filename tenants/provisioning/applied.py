"""Which migrations each city has. Cheap: most starts need none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tenants.models import City
from tenants.provisioning.owner import raw_connection
from tenants.schema import Key, migrations_on_disk

# The rows of many schemas, whose names the server itself knows, in one query: only query_to_xml
# runs a statement that is put together in the query. A schema without the table has none.
_APPLIED = """
SELECT code, ring,
    CASE WHEN to_regclass(format('%%I.django_migrations', code)) IS NOT NULL THEN
    substring(query_to_xml(format(
        'SELECT string_agg(app || '' '' || name, '','') AS m FROM %%I.django_migrations', code),
        false, true, '')::text FROM '<m>(.*)</m>') END
FROM public.tenants_city
WHERE CASE WHEN %s::text[] IS NULL THEN status <> ALL(%s) ELSE code = ANY(%s) END
ORDER BY ring, code
"""


@dataclass(frozen=True, slots=True)
class CityHistory:
    """A city, the ring in which it is migrated (0 first), and the migrations it has."""

    code: str
    ring: int
    keys: frozenset[Key]


def city_histories(codes: Sequence[str] | None = None) -> list[CityHistory]:
    """Of these cities, or of every one that is served, in the order of rings. One query.

    A code that no city has is left out; one without tables has no migrations.
    """
    wanted = None if codes is None else list(codes)
    not_served = [City.Status.NOT_OPEN.value, City.Status.CLOSED.value]
    found = raw_connection().execute(_APPLIED, [wanted, not_served, wanted]).fetchall()
    return [CityHistory(code, ring, _keys(text)) for code, ring, text in found]


def applied_migrations(codes: Sequence[str] | None = None) -> dict[str, frozenset[Key]]:
    """City -> the migrations it has."""
    return {one.code: one.keys for one in city_histories(codes)}


def _keys(text: str | None) -> frozenset[Key]:
    """`voices 0001_initial,staff 0001_initial` as pairs."""
    parts = (one.partition(" ") for one in (text or "").split(",") if one)
    return frozenset((app, name) for app, _, name in parts)


def cities_behind(codes: Sequence[str] | None = None) -> dict[str, int]:
    """City -> how many migrations it lacks, asked in one query for all."""
    wanted = migrations_on_disk()
    lacking = {code: len(wanted - have) for code, have in applied_migrations(codes).items()}
    return {code: count for code, count in lacking.items() if count}
