"""One psycopg pool per login role, about MAX_POOLS open; the longest unused closes first."""

from __future__ import annotations

import hashlib
import hmac
import select
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from django.conf import settings
from psycopg_pool import ConnectionPool

from tenants.isolation.backend.owing import OwingConnection

_lock = threading.Lock()


def role_password(role: str, *, generation: int = 1) -> str:
    """Derived, so a city opened at run time works in every process: an HMAC."""
    secret: str = settings.CITY_POOLS["MASTER_KEY"]
    message = f"sodam:role:v{generation}:{role}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def check_without_round_trip(connection: Any) -> None:
    """A server that hung up leaves the socket readable: a healthy connection costs one poll()."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
    if poll.poll(0):
        ConnectionPool.check_connection(connection)


class RolePool:
    """What Django takes for the pool of one role. The psycopg pool inside is made on demand."""

    def __init__(self, role: str, params: dict[str, Any], configure: Callable[[Any], Any]) -> None:
        self.role, self._params, self._configure = role, params, configure
        self._inner: ConnectionPool[Any] | None = None
        self._users = 0  # threads that hold or wait for a connection

    def open(self) -> None:
        """Django calls it before every getconn(), which does it."""

    def getconn(self) -> Any:
        with _lock:
            self._users += 1
            inner = self._inner = self._inner or self._new_pool()
            unused = _take_unused(self)
        for pool in unused:
            pool.close(timeout=1.0)
        try:
            return inner.getconn()
        except BaseException:
            self._done()
            raise

    def _new_pool(self) -> ConnectionPool[Any]:
        pool: ConnectionPool[Any] = ConnectionPool(
            kwargs=self._params | {"autocommit": True},
            connection_class=OwingConnection,
            name=self.role,
            open=False,
            configure=self._configure,
            check=check_without_round_trip,
            **settings.CITY_POOLS["POOL"],
        )
        pool.open()
        return pool

    def putconn(self, connection: Any) -> None:
        try:
            connection._pool.putconn(connection)  # a pool closed meanwhile closes it
        finally:
            self._done()

    def _done(self) -> None:
        with _lock:
            self._users -= 1

    def take_inner(self) -> ConnectionPool[Any] | None:
        inner, self._inner = self._inner, None
        return inner

    @property
    def idle(self) -> bool:
        return self._users == 0


_made: dict[tuple[str, str], RolePool] = {}
_open: OrderedDict[RolePool, None] = OrderedDict()


def _take_unused(used_now: RolePool) -> list[ConnectionPool[Any]]:
    """Under _lock. More than MAX_POOLS stay open only while more than that are in use."""
    _open[used_now] = None
    _open.move_to_end(used_now)
    surplus = max(0, len(_open) - settings.CITY_POOLS["MAX_POOLS"])
    closing = [pool for pool in _open if pool.idle][:surplus]
    for pool in closing:
        del _open[pool]
    return [inner for pool in closing if (inner := pool.take_inner())]


def pool_for(
    alias: str, role: str, params: Callable[[], dict[str, Any]], configure: Callable[[Any], Any]
) -> RolePool:
    pool = _made.get((alias, role))
    if pool is None:  # setdefault is atomic: one wins
        pool = _made.setdefault((alias, role), RolePool(role, params(), configure))
    return pool


def close_pools(alias: str) -> None:
    """Close every pool of the alias (tests, shutdown)."""
    with _lock:
        mine = [_made.pop(key) for key in list(_made) if key[0] == alias]
        for pool in mine:
            _open.pop(pool, None)
        inner = [pool.take_inner() for pool in mine]
    for each in inner:
        if each:
            each.close()


def forget_pool(role: str) -> None:
    """Close this role's pools: the role was dropped, or is another one of the same name."""
    with _lock:
        mine = [_made.pop(key) for key in list(_made) if key[1] == role]
        for pool in mine:
            _open.pop(pool, None)
        inner = [pool.take_inner() for pool in mine]
    for each in inner:
        if each:
            each.close(timeout=1.0)


def forget_pools() -> None:
    """After fork(): the threads are gone and the sockets are the parent's."""
    global _lock
    _lock = threading.Lock()
    _made.clear()
    _open.clear()
