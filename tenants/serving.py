"""Entering and leaving: one stretch of work with one login role. The city's walls begin here."""

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

from tenants.errors import UnknownCity
from tenants.scope import Scope, current_or_none, current_scope, refuse_if_barred
from tenants.types import CityRef

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


def rollup_role() -> str:
    """The login role that carries facts to the ministry: each city's monthly facts, no more."""
    return f"{settings.CITY_POOLS['ROLE_PREFIX']}rollup"


def ministry_role() -> str:
    """The login role of the ministry's figures: it reads what is published, and nothing else."""
    return f"{settings.CITY_POOLS['ROLE_PREFIX']}ministry"


def serving_platform() -> Serving:
    """Serve the platform's own pages, with a role that has no right in any city."""
    return Serving(PLATFORM_SCHEMA, platform_role(), None)


def serving_rollup() -> Serving:
    """Read the monthly facts of every city and write the ministry's tables. For jobs only."""
    return Serving(PLATFORM_SCHEMA, rollup_role(), None)


def serving_ministry() -> Serving:
    """Read the ministry's tables: no city, no account, no session."""
    return Serving(PLATFORM_SCHEMA, ministry_role(), None)


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
        refuse_if_barred()
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
        refuse_if_barred()
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
