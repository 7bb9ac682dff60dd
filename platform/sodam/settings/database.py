"""Which database, and by which backend: a serving process has no owner's password."""

from __future__ import annotations

from typing import Any

from sodam.settings.environment import Environment

SERVING, OWNER = "tenants.isolation.backend", "django_tenants.postgresql_backend"


def databases(env: Environment) -> dict[str, dict[str, Any]]:
    """The one database: behind the walls of `tenants` when serving, as its owner when migrating.

    Before the first start there is no address: any use of the database then fails at connecting.
    """
    owner = env.is_owner
    address = env.owner_database if owner else env.database
    options = dict(address.options) if address else {}
    return {
        "default": {
            "ENGINE": OWNER if owner else SERVING,
            "NAME": address.name if address else "sodam",
            "HOST": address.host if address else "127.0.0.1",
            "PORT": address.port if address else 1,
            "USER": address.user if address and owner else "",
            "PASSWORD": address.password if address and owner else "",
            "CONN_MAX_AGE": 0,
            "DISABLE_SERVER_SIDE_CURSORS": True,  # right behind PgBouncer's transaction mode too
            "OPTIONS": {"connect_timeout": 5, "keepalives_idle": 30, **options},
        }
    }
