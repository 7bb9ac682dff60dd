"""Which city is being served. Lives in a ContextVar, never on a connection or a thread.

There is no default city: outside `with serving_city(…)` every road to a city's data ends in NoCity.
"""

from __future__ import annotations

import re
from contextvars import Token
from dataclasses import dataclass
from typing import Protocol, cast

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections
from django.db.utils import DEFAULT_DB_ALIAS
from django.utils.asyncio import async_unsafe

from tenants.directory import CityRef, by_code, by_host, open_city_codes
from tenants.errors import NoCity, UnknownCity
from tenants.scope import Scope, current, current_or_none, current_scope

__all__ = [
    "CityRef",
    "by_host",
    "city_role",
    "current_city",
    "current_city_or_none",
    "open_city_codes",
    "platform_role",
    "serving_city",
    "serving_platform",
]

PLATFORM_SCHEMA = "public"
_CODE = re.compile(r"[a-z][a-z0-9_]{1,47}")


class _HeldConnection(Protocol):
    """What the scope asks of `tenants.isolation.backend`."""

    held_role: str | None

    def release_for(self, role: str) -> None: ...
    def close(self) -> None: ...


def city_role(code: str) -> str:
    """The login role of a city. Raises UnknownCity for what cannot be a city code."""
    if not _CODE.fullmatch(code) or code.startswith("pg_") or code == PLATFORM_SCHEMA:
        raise UnknownCity("시·도 코드로 쓸 수 없는 이름입니다.", code=code)
    return f"{settings.CITY_POOLS['ROLE_PREFIX']}c_{code}"


def platform_role() -> str:
    """The login role of the platform's own pages: it reads shared tables, no city's."""
    return f"{settings.CITY_POOLS['ROLE_PREFIX']}platform"


def current_city() -> CityRef:
    """The city being served. Raises NoCity outside of one, and in the platform's own pages."""
    city = current().city
    if city is None:
        raise NoCity("The platform is being served here, not a city.")
    return city


def current_city_or_none() -> CityRef | None:
    scope = current_or_none()
    return scope.city if scope else None


def serving_city(city: CityRef | str) -> Serving:
    """Serve one city: `with serving_city("busan"):` or `async with serving_city("busan"):`."""
    known = by_code(city) if isinstance(city, str) else city
    return Serving(known.code, city_role(known.code), known)


def serving_platform() -> Serving:
    """Serve the platform's own pages, with a role that has no right in any city."""
    return Serving(PLATFORM_SCHEMA, platform_role(), None)


@dataclass(slots=True)
class Serving:
    """One stretch of work in one city. For one use; never inside another's transaction."""

    schema: str
    role: str
    city: CityRef | None
    _scope: Scope | None = None
    _token: Token[Scope | None] | None = None
    _nested: bool = False

    def _begin(self) -> Scope:
        if self._token is not None:
            raise RuntimeError("serving_city(...) objects are for one use; make a new one.")
        outer = current_or_none()
        self._nested = outer is not None and outer.role == self.role
        self._scope = Scope(self.schema, self.role, self.city)
        self._token = current_scope.set(self._scope)
        return self._scope

    def _end(self) -> None:
        if self._token is None or self._scope is None:
            raise RuntimeError("serving_city(...) was left without having been entered.")
        self._scope.open = False
        current_scope.reset(self._token)

    @async_unsafe("In async code write `async with serving_city(city):`.")
    def __enter__(self) -> Scope:
        outer = current_or_none()
        if outer is None or outer.role != self.role:
            _connection().release_for(self.role)
        return self._begin()

    def __exit__(self, *exc: object) -> None:
        self._end()
        if not self._nested:
            _connection().close()

    async def __aenter__(self) -> Scope:
        return self._begin()

    async def __aexit__(self, *exc: object) -> None:
        self._end()
        if not self._nested:
            await sync_to_async(_close_if_held_by)(self.role)


def _connection() -> _HeldConnection:
    return cast(_HeldConnection, connections[DEFAULT_DB_ALIAS])


def _close_if_held_by(role: str) -> None:
    if _connection().held_role == role:
        _connection().close()
