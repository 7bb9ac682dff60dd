"""Host name -> city, city code -> city. Read as the platform role and kept in the process.

A change is announced by a mark at the broker (`tenants.stamp`), looked at every two seconds. A city
that is being made is known by its code only: its own steps may serve it, no host name leads there.
"""

from __future__ import annotations

import json
import threading
import time
from asyncio import get_running_loop
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from tenants import sql
from tenants.errors import CitySuspended, UnknownCity
from tenants.isolation.pools import forget_pool
from tenants.scope import current_or_none
from tenants.serving import city_role, platform_role, serving_platform
from tenants.stamp import directory_stamp
from tenants.types import NOT_OPEN, OPEN, SUSPENDED, CityRef, NoticeFacts

_SERVED = """
SELECT c.code, c.name_ko, c.name_en, c.short_name_ko, c.status, c.official_site, c.standard_version,
       c.plugin, c.region_code, c.purpose, c.is_trial, c.public_at,
       c.id::bigint * 100000 + c.generation AS generation,
       c.limits, coalesce(h.domain, '') AS host
FROM tenants_city c LEFT JOIN tenants_host h ON h.tenant_id = c.id
WHERE c.status = ANY(%s) ORDER BY h.is_primary DESC, h.domain
"""
_NOTICES = """
SELECT cities, tone, words_ko, words_en, starts_at, ends_at
FROM tenants_platformnotice WHERE ends_at > now() ORDER BY ends_at
"""
NEVER = float("-inf")
ROW = 100_000  # a city that is made anew is another row
KNOWN = [OPEN, SUSPENDED, NOT_OPEN]


@dataclass(slots=True)
class _Snapshot:
    loaded: float = NEVER
    stamp: bytes | None = None
    codes: dict[str, CityRef] = field(default_factory=dict)
    hosts: dict[str, CityRef] = field(default_factory=dict)
    notices: Sequence[NoticeFacts] = ()


_snapshot = _Snapshot()
_looked = NEVER
_lock = threading.Lock()


def refresh() -> None:
    """Read the directory again now (after a city was opened or suspended)."""
    with _lock:
        _read()


def _read() -> None:
    """The mark before the rows: what changes between the two is seen at the next look."""
    global _snapshot, _looked
    codes: dict[str, CityRef] = {}
    hosts: dict[str, CityRef] = {}
    stamp = directory_stamp()
    with serving_platform():
        for row in sql.rows(_SERVED, [KNOWN]):
            row["limits"] = json.loads(row["limits"])
            ref = codes.setdefault(row["code"], CityRef(**row))  # its primary host comes first
            if ref.status != NOT_OPEN:
                hosts[row["host"]] = ref
        notices = [_notice(row) for row in sql.rows(_NOTICES)]
    gone = [code for code, ref in _snapshot.codes.items() if _row(codes.get(code)) != _row(ref)]
    _snapshot = _Snapshot(time.monotonic(), stamp, codes, hosts, notices)
    for code in gone:  # its login is another one, or none: connections of the old see nothing
        forget_pool(city_role(code))
    _looked = time.monotonic()


def _row(ref: CityRef | None) -> int | None:
    return ref.generation // ROW if ref else None


def _notice(row: dict[str, Any]) -> NoticeFacts:
    cities = row.pop("cities")
    known = json.loads(cities) if isinstance(cities, str) else cities
    return NoticeFacts(cities=tuple(known), **row)


def notices() -> Sequence[NoticeFacts]:
    """Announcements that are not over, coming ones included; at most seconds old."""
    return _fresh().notices


def _fresh() -> _Snapshot:
    """At most seconds old. In the middle of a city's work what is known must do."""
    seen = _snapshot
    if _is_old(seen) and (seen.loaded == NEVER or _may_look()):
        with _lock:
            if _snapshot is seen:  # who waited for the lock finds it read
                _read()
    return _snapshot


def _is_old(seen: _Snapshot) -> bool:
    global _looked
    now = time.monotonic()
    if now - seen.loaded >= settings.CITY_POOLS["DIRECTORY_SECONDS"]:
        return True
    if now - _looked < settings.CITY_POOLS["DIRECTORY_LOOK_SECONDS"]:
        return False
    _looked = now
    return directory_stamp() != seen.stamp


def _may_look() -> bool:
    """The directory is another login's: asking it gives a city's connection and cursors back."""
    scope = current_or_none()
    if scope is None:
        return not _is_in_event_loop()
    return scope.role == platform_role() and not connections[DEFAULT_DB_ALIAS].in_atomic_block


def _is_in_event_loop() -> bool:
    try:
        get_running_loop()
    except RuntimeError:
        return False
    return True


def open_city_codes() -> list[str]:
    """Codes of the governments that are open now, sorted; copies of them are not among them."""
    known = _fresh().codes.items()
    return sorted(code for code, ref in known if ref.status == OPEN and ref.is_service)


def by_code(code: str) -> CityRef:
    """The city of this code. A code not known yet is looked up again at most once a second."""
    found = _fresh().codes.get(code)
    if found is None and time.monotonic() - _snapshot.loaded >= 1.0:
        refresh()
        found = _snapshot.codes.get(code)
    if found is None:
        raise UnknownCity("그런 시·도가 없습니다.", code=code)
    return found


def by_host(host: str) -> CityRef:
    """The city that answers at this host name (lower case, without port)."""
    found = _fresh().hosts.get(host)
    if found is None:
        raise UnknownCity("이 주소를 쓰는 시·도가 없습니다.", host=host)
    if found.status == SUSPENDED:
        raise CitySuspended(
            "지금은 이용할 수 없습니다. 잠시 뒤에 다시 찾아 주세요.", city=found.code
        )
    return found
