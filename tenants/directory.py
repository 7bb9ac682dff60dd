"""Host name -> city, city code -> city. Read as the platform role and kept in the process."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from django.conf import settings

from tenants import sql
from tenants.errors import CitySuspended, UnknownCity
from tenants.serving import serving_platform
from tenants.types import OPEN, SUSPENDED, CityRef

_SERVED = """
SELECT c.code, c.name_ko, c.name_en, c.short_name_ko, c.status, c.official_site, c.standard_version,
       c.plugin, coalesce(h.domain, '') AS host
FROM tenants_city c LEFT JOIN tenants_host h ON h.tenant_id = c.id
WHERE c.status IN (%s, %s) ORDER BY h.is_primary DESC, h.domain
"""


@dataclass(slots=True)
class _Snapshot:
    loaded: float = float("-inf")
    codes: dict[str, CityRef] = field(default_factory=dict)
    hosts: dict[str, CityRef] = field(default_factory=dict)


_snapshot = _Snapshot()
_lock = threading.Lock()


def refresh() -> None:
    """Read the directory again now (after a city was opened or suspended)."""
    global _snapshot
    codes: dict[str, CityRef] = {}
    hosts: dict[str, CityRef] = {}
    with _lock, serving_platform():
        for row in sql.rows(_SERVED, [OPEN, SUSPENDED]):
            ref = codes.setdefault(row["code"], CityRef(**row))  # its primary host comes first
            hosts[row["host"]] = ref
        _snapshot = _Snapshot(time.monotonic(), codes, hosts)


def _fresh() -> _Snapshot:
    seconds: float = settings.CITY_POOLS["DIRECTORY_SECONDS"]
    if time.monotonic() - _snapshot.loaded >= seconds:
        refresh()
    return _snapshot


def open_city_codes() -> list[str]:
    """Codes of the cities that are open now, sorted; at most DIRECTORY_SECONDS old."""
    return sorted(code for code, ref in _fresh().codes.items() if ref.status == OPEN)


def by_code(code: str) -> CityRef:
    """The city of this code. A code not known yet is looked up again at most once a second."""
    found = _snapshot.codes.get(code)
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
