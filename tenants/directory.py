"""Host name -> city, city code -> city. Read as the platform role and kept in the process."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from django.conf import settings

from tenants.errors import CitySuspended, UnknownCity

OPEN, SUSPENDED = "open", "suspended"


@dataclass(frozen=True, slots=True)
class CityRef:
    """What every part of the product may know of the city it serves."""

    code: str
    name_ko: str
    name_en: str
    short_name_ko: str
    status: str
    official_site: bool
    standard_version: str
    plugin: str
    host: str

    @property
    def schema_name(self) -> str:
        return self.code


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
    from tenants.context import serving_platform
    from tenants.selectors import directory_rows

    with _lock, serving_platform():
        refs, hosts = directory_rows()
        _snapshot = _Snapshot(time.monotonic(), {ref.code: ref for ref in refs}, hosts)


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
