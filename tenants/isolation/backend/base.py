"""Django database backend: the city being served decides the login role, and so the pool.

No SET is sent to choose a city: the search_path is a property of the login role. There is no
default city: without a scope every road to a cursor ends in NoCity. Private names of Django's and
psycopg's connections are used; their versions are pinned by the lock, the tests are the alarm.
"""

from __future__ import annotations

import os
from typing import Any
from weakref import WeakSet

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql.introspection import DatabaseIntrospection
from django.db.utils import DEFAULT_DB_ALIAS, DatabaseError
from django_tenants.postgresql_backend import base as stock
from psycopg.errors import InvalidSavepointSpecification
from psycopg_pool import PoolTimeout, TooManyRequests

from tenants.errors import CityPoolExhausted, CitySwitchInTransaction, NoCity
from tenants.isolation.backend.owing import Kind, OwingCursor
from tenants.isolation.pools import RolePool, close_pools, forget_pools, pool_for, role_password
from tenants.scope import current, forget_after_fork


class DatabaseWrapper(stock.DatabaseWrapper):  # type: ignore[misc]  # django_tenants has no types
    """One wrapper per thread; holds at most one connection, of the role being served."""

    introspection_class = DatabaseIntrospection  # the stock one sends SET search_path

    def __init__(self, settings_dict: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
        # Not stock.__init__: it would select the public schema, an ambient default.
        self.search_path_set_schemas: None = None
        self._setting_search_path = False
        self._held: RolePool | None = None  # whose connection self.connection is
        self._raw: Any = None
        self._closing = False
        self._cursors: WeakSet[Any] = WeakSet()
        stock.original_backend.DatabaseWrapper.__init__(self, settings_dict, alias)

    @property
    def connection(self) -> Any:
        """The psycopg connection, only for code serving the city it belongs to."""
        if self._held is not None and not self._closing and self._held.role != current().role:
            raise CitySwitchInTransaction(f"The connection held here is of {self._held.role}.")
        return self._raw

    @connection.setter
    def connection(self, value: Any) -> None:
        self._raw = value

    # What django-tenants' helpers read. Derived from the scope, so nothing here can go stale.
    @property
    def schema_name(self) -> str:
        return current().schema

    @property
    def tenant(self) -> Any:
        return current().city

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        raise NoCity("set_tenant()/schema_context() do not exist here: `with serving_city(city):`.")

    @property
    def held_role(self) -> str | None:
        return self._held.role if self._held else None

    def _handle_search_path(self, cursor: Any = None) -> None:
        """The login role carries the search_path."""

    # The one gate: cursor(), chunked_cursor(), atomic() and get_autocommit() all pass here.
    def ensure_connection(self) -> None:
        self.release_for(current().role)
        super().ensure_connection()

    def release_for(self, role: str) -> None:
        """Give back the connection of any other role; never in the middle of its transaction."""
        if self.held_role in (None, role):
            return
        if self.in_atomic_block or not self.autocommit:
            raise CitySwitchInTransaction(
                f"Cannot serve {role}: a transaction of {self.held_role} is open."
            )
        self.close()

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        role = current().role
        own = {"user": role, "password": role_password(role), "application_name": role}
        return params | own | {"cursor_factory": OwingCursor}

    @property
    def pool(self) -> RolePool | None:
        if self.alias == NO_DB_ALIAS:
            return None
        role = current().role
        return pool_for(self.alias, role, self.get_connection_params, self._configure_connection)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        pool = self.pool
        if pool is None:
            raise NoCity("The maintenance alias has no pool.")
        try:
            connection = super().get_new_connection(conn_params)
        except (PoolTimeout, TooManyRequests) as error:
            limit = settings.CITY_POOLS["POOL"]["max_size"]
            raise CityPoolExhausted(f"Pool of {pool.role}: {error} (max {limit}).") from error
        self._held = pool
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = super().create_cursor(name)
        self._cursors.add(cursor)
        return cursor

    # Where a transaction and its parts begin and end is said with the next statement.
    def _set_autocommit(self, autocommit: bool) -> None:
        self.connection.owed.clear()
        if not autocommit:
            self.connection.owed.add(Kind.BEGIN, "BEGIN")

    def _savepoint(self, sid: str) -> None:
        text = self.ops.savepoint_create_sql(sid)
        self.connection.owed.add(Kind.SAVEPOINT, text, savepoint=sid)

    def _savepoint_commit(self, sid: str) -> None:
        if self.connection.owed.release(sid, self.ops.savepoint_commit_sql(sid)):
            with self.wrap_database_errors:
                self.connection.settle()

    def _savepoint_rollback(self, sid: str) -> None:
        """A savepoint the server never made was refused with what came before it: the outer
        block's own failure, which its COMMIT will say."""
        if self.connection.owed.forget_after(sid):
            return
        try:
            super()._savepoint_rollback(sid)
        except DatabaseError as refused:
            if not isinstance(refused.__cause__, InvalidSavepointSpecification):
                raise

    def close(self) -> None:
        self._closing = True
        try:
            super().close()
        finally:
            self._closing = False

    def _close(self) -> None:
        held, connection = self._held, self._raw
        if held is None or connection is None:
            return
        self._raw, self._held = None, None
        connection.owed.clear()
        cursors, self._cursors = list(self._cursors), WeakSet()
        with self.wrap_database_errors:
            try:
                for cursor in cursors:  # an .iterator() left open must not read on from the pool
                    cursor.close()
            finally:
                held.putconn(connection)  # the pool it came from, whatever is current now

    def close_if_unusable_or_obsolete(self) -> None:
        """At the edges of a request nothing may be held; outside a city this must not ask whose."""
        if self._held is not None and not self.in_atomic_block:
            self.close()

    def close_pool(self) -> None:
        close_pools(self.alias)


def _after_fork() -> None:
    forget_pools()
    forget_after_fork()
    for connection in connections.all(initialized_only=True):
        if isinstance(connection, DatabaseWrapper):
            connection._raw, connection._held, connection.in_atomic_block = None, None, False


os.register_at_fork(after_in_child=_after_fork)
