"""Who may log in through PgBouncer: every serving role with its derived password."""

from __future__ import annotations

from tenants import sql
from tenants.isolation.pools import role_password
from tenants.serving import (
    city_role,
    ministry_role,
    platform_role,
    rollup_role,
    serving_platform,
)

SHARED_ROLES = (platform_role, rollup_role, ministry_role)


def shared_userlist() -> str:
    """The roles that stand before any city: known without asking the database."""
    return _lines([role() for role in SHARED_ROLES])


def userlist() -> str:
    """PgBouncer's `auth_file`: the shared roles, and one for each city of whatever state.

    The owner has no entry: what it does needs a session of its own, straight at Postgres.
    """
    with serving_platform():
        codes = [row["code"] for row in sql.rows("SELECT code FROM tenants_city ORDER BY code")]
    return shared_userlist() + _lines([city_role(code) for code in codes])


def _lines(roles: list[str]) -> str:
    return "".join(f'"{role}" "{role_password(role)}"\n' for role in roles)
