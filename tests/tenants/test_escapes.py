"""What a city's login may do, if a bug or injected SQL tries: nothing beyond its own schema."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from tenants.context import serving_city, serving_platform

pytestmark = pytest.mark.usefixtures("cities")

ATTEMPTS = [
    "SELECT * FROM seoul.tenants_accounts_user",
    "SELECT * FROM public.tenants_accounts_user",
    "SELECT * FROM public.tenants_city",
    "SELECT * FROM public.django_session",
    "SET search_path = seoul; SELECT * FROM tenants_accounts_user",
    "SET ROLE {prefix}c_seoul",
    "SET ROLE {prefix}owner",
    "SET SESSION AUTHORIZATION {prefix}c_seoul",
    "SELECT set_config('role', '{prefix}c_seoul', false)",
    "SELECT query_to_xml('select * from seoul.tenants_accounts_user', true, true, '')",
    "RESET ROLE; SELECT * FROM seoul.tenants_accounts_user",
    "CREATE TABLE busan.mine (id int)",
    "CREATE TABLE public.mine (id int)",
    "CREATE SCHEMA mine",
    "DROP TABLE busan.django_session",
    "ALTER TABLE busan.django_session DISABLE ROW LEVEL SECURITY",
    "INSERT INTO busan.django_migrations (app, name, applied) VALUES ('a', 'b', now())",
    "COPY (SELECT 1) TO PROGRAM 'cat'",
    "COPY busan.django_session TO '/tmp/x'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT lo_import('/etc/passwd')",
    "GRANT {prefix}c_seoul TO CURRENT_USER",
    "ALTER ROLE {prefix}c_seoul PASSWORD 'x'",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "CREATE ROLE mine",
    "CREATE EXTENSION dblink",
    "CREATE DATABASE mine",
]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_citys_login_cannot(attempt: str) -> None:
    statement = attempt.replace("{prefix}", _prefix())
    with serving_city("busan"), pytest.raises(DatabaseError) as refused:
        connection.cursor().execute(statement)
    assert any(
        word in str(refused.value)
        for word in (
            "denied",
            "must be",
            "does not exist",
            "not permitted",
            "must have",
            "Only roles",
        )
    )


def test_a_city_cannot_give_its_own_schema_away() -> None:
    with serving_city("busan"):
        connection.cursor().execute(
            f"GRANT USAGE ON SCHEMA busan TO {_prefix()}c_seoul"
        )  # a warning
    with serving_city("seoul"), pytest.raises(DatabaseError, match="permission denied"):
        connection.cursor().execute("TABLE busan.django_session")


def test_the_platforms_login_has_no_right_in_any_city() -> None:
    for statement in ("SELECT * FROM busan.django_session", "TABLE seoul.tenants_accounts_user"):
        with serving_platform(), pytest.raises(DatabaseError, match="permission denied"):
            connection.cursor().execute(statement)


def test_a_missing_table_is_an_error_and_never_falls_through_to_the_shared_schema() -> None:
    with serving_city("busan"), pytest.raises(DatabaseError, match="does not exist"):
        connection.cursor().execute("SELECT * FROM tenants_city")


def _prefix() -> str:
    from django.conf import settings

    return str(settings.CITY_POOLS["ROLE_PREFIX"])
