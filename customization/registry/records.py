"""A plugin's records in the city being served, as its functions may ask for them (Tier 1)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import JSONField, OuterRef, Subquery, TextField
from django.db.models.functions import Cast

from core_crm.common.contributions import Added, RecordField
from customization.registry.errors import PluginMisbehaved
from customization.registry.models import PluginRecord
from tenants import sql

MOST_BYTES, MOST_FOUND, MOST_KEY = 16_384, 200, 80
STATEMENT_MILLISECONDS = 300
_KIND = re.compile(r"[a-z][a-z0-9_]{0,47}")


def record_data(added: Added[RecordField], *, row: str) -> Subquery[JSONField[Any, Any]]:
    """For queries: the data of the record whose key is the id that `row` leads to; null if none."""
    key = Cast(OuterRef(row), TextField())
    found = PluginRecord.objects.filter(plugin=added.plugin, kind=added.what.kind, key=key)
    return Subquery(found.values("data")[:1], output_field=JSONField())


class Keeper:
    """The records of one plugin. Every statement has a time limit, and undoes itself alone."""

    def __init__(self, plugin: str, *, may_write: bool) -> None:
        self._plugin, self._may_write = plugin, may_write

    def get(self, kind: str, key: str) -> Mapping[str, Any] | None:
        """The data of a record, or None."""
        with _limited():
            found = self._rows(kind).filter(key=_key(key)).values_list("data", flat=True)
            data: Mapping[str, Any] | None = found.first()
        return data

    def put(self, kind: str, key: str, data: Mapping[str, Any], *, schema_version: int = 1) -> None:
        """Write or replace one. Raises PluginMisbehaved where nothing may be written."""
        if not self._may_write:
            raise PluginMisbehaved("records are written by an Action only")
        row = PluginRecord(
            plugin=self._plugin,
            kind=_kind(kind),
            key=_key(key),
            data=_data(data),
            schema_version=schema_version,
        )
        with _limited():
            PluginRecord.objects.bulk_create(
                [row],
                update_conflicts=True,
                unique_fields=["plugin", "kind", "key"],
                update_fields=["data", "schema_version"],
            )

    def find(self, kind: str, equal: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
        """(key, data) of those whose data contains `equal`, by key; the first 200."""
        with _limited():
            rows = self._rows(kind).filter(data__contains=dict(equal)).order_by("key")
            return list(rows.values_list("key", "data")[:MOST_FOUND])

    def _rows(self, kind: str) -> Any:
        return PluginRecord.objects.filter(plugin=self._plugin, kind=_kind(kind))


@contextmanager
def _limited() -> Iterator[None]:
    """A savepoint in which no statement takes longer; afterwards the limit is what it was."""
    with transaction.atomic():
        (before,) = sql.rows("SELECT current_setting('statement_timeout') AS was")
        _limit(f"{STATEMENT_MILLISECONDS}ms")
        yield
        _limit(before["was"])


def _limit(value: str) -> None:
    sql.execute("SELECT set_config('statement_timeout', %s, true)", [value])


def _kind(kind: str) -> str:
    if not isinstance(kind, str) or not _KIND.fullmatch(kind):
        raise PluginMisbehaved(f"the kind of record {kind!r} is no code")
    return kind


def _key(key: str) -> str:
    if not isinstance(key, str) or not 0 < len(key) <= MOST_KEY or "\x00" in key:
        raise PluginMisbehaved(f"a record's key is text of 1 to {MOST_KEY} letters")
    return key


def _data(data: Mapping[str, Any]) -> dict[str, Any]:
    try:
        text = json.dumps(dict(data), ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as refused:
        raise PluginMisbehaved(f"the record is no JSON: {refused}") from refused
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES or "\\u0000" in text:
        raise PluginMisbehaved(f"a record has at most {MOST_BYTES} bytes and no NUL")
    kept: dict[str, Any] = json.loads(text)
    return kept
