"""Which parts without an address of their own are alive: a mark at the broker that goes out."""

from __future__ import annotations

from redis.exceptions import RedisError

from tenants.isolation.broker import broker_client

PROVISIONER = "provisioner"
SECONDS = 15


def alive_mark(part: str) -> None:
    """I live; said again before `SECONDS` are over. A broker that is away stops nothing."""
    try:
        broker_client().set(_key(part), b"1", ex=SECONDS)
    except RedisError:
        return


def is_alive(part: str) -> bool:
    """Was it heard of in the last `SECONDS`? No while the broker is away."""
    try:
        return bool(broker_client().exists(_key(part)))
    except RedisError:
        return False


def _key(part: str) -> str:
    return f"sodam:alive:{part}"
