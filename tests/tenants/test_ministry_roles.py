"""What the ministry's two logins may do: by the catalogue, right for right, and by trying."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError

from tenants import sql
from tenants.context import (
    Serving,
    ministry_role,
    rollup_role,
    serving_city,
    serving_ministry,
    serving_platform,
    serving_rollup,
)
from tests.support import cluster

pytestmark = pytest.mark.usefixtures("cities")

FACTS, PUBLISHED = "core_kpis_monthfact", "core_national_reports_"
CITIES = {"busan", "seoul"}

RELATIONS = """
SELECT n.nspname AS schema, c.relname AS name, p.privilege FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) AS p(privilege)
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {ours}
  AND has_any_column_privilege(%(role)s, c.oid, p.privilege)
UNION ALL
SELECT n.nspname, c.relname, p.privilege FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN unnest(ARRAY['DELETE', 'TRUNCATE', 'TRIGGER']) AS p(privilege)
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {ours}
  AND has_table_privilege(%(role)s, c.oid, p.privilege)
"""
OURS = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%%'"
SCHEMAS = f"""
SELECT n.nspname AS name, p.privilege FROM pg_namespace n
CROSS JOIN unnest(ARRAY['USAGE', 'CREATE']) AS p(privilege)
WHERE {OURS} AND n.nspname NOT LIKE 'pg_temp%%'
  AND has_schema_privilege(%(role)s, n.oid, p.privilege)
"""  # noqa: S608 - our own text
SEQUENCES = f"""
SELECT n.nspname AS schema, c.relname AS name FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {OURS} AND CASE c.relkind WHEN 'S'
  THEN has_sequence_privilege(%(role)s, c.oid, 'USAGE, SELECT, UPDATE') END
"""  # noqa: S608 - our own text
FUNCTIONS = f"""
SELECT n.nspname AS schema, p.proname AS name FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE {OURS} AND n.nspname <> 'extensions' AND has_function_privilege(%(role)s, p.oid, 'EXECUTE')
"""  # noqa: S608 - our own text


def asked(query: str, role: str) -> list[tuple[object, ...]]:
    """The catalogue's answer, asked by the owner who may see all."""
    with psycopg.connect(os.environ["SODAM_OWNER_DATABASE_URL"]) as owner:
        text = query.replace("{ours}", OURS).encode()
        return list(owner.execute(text, {"role": role}).fetchall())


def published_tables() -> set[str]:
    with serving_ministry():
        found = sql.rows(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            " AND starts_with(tablename, %s)",
            [PUBLISHED],
        )
    return {row["tablename"] for row in found}


def test_rollup_reads_the_facts_of_each_city_and_writes_what_is_published() -> None:
    facts = {(code, FACTS, "SELECT") for code in _cities()}
    rights = ("SELECT", "INSERT", "UPDATE", "DELETE")
    tables = {("public", name, right) for name in published_tables() for right in rights}
    assert set(asked(RELATIONS, rollup_role())) == facts | tables
    assert len(tables) == 16


def test_ministry_reads_what_is_published_and_no_other_table_of_the_whole_database() -> None:
    tables = {("public", name, "SELECT") for name in published_tables()}
    assert set(asked(RELATIONS, ministry_role())) == tables


def test_they_may_enter_only_the_schemas_they_need() -> None:
    shared = {("public", "USAGE"), ("extensions", "USAGE")}
    assert set(asked(SCHEMAS, ministry_role())) == shared
    mine = shared | {(code, "USAGE") for code in _cities()}
    assert set(asked(SCHEMAS, rollup_role())) == mine


@pytest.mark.parametrize("role", [rollup_role, ministry_role])
@pytest.mark.parametrize("query", [SEQUENCES, FUNCTIONS])
def test_no_sequence_and_no_function_of_ours_is_theirs(role: Callable[[], str], query: str) -> None:
    assert asked(query, role()) == []


@pytest.mark.parametrize("role", [rollup_role, ministry_role])
def test_they_are_members_of_nothing_and_own_nothing(role: Callable[[], str]) -> None:
    name = role()
    member = "SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
    assert asked(f"{member} WHERE r.rolname = %(role)s", name) == []
    owned = "SELECT 1 FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner"
    assert asked(f"{owned} WHERE r.rolname = %(role)s", name) == []
    flags = (
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, rolinherit"
        " FROM pg_roles WHERE rolname = %(role)s"
    )
    assert asked(flags, name) == [(False,) * 6]


def test_the_two_logins_are_served_by_name() -> None:
    who = "SELECT current_user AS role, current_setting('search_path') AS path"
    for serving, role in ((serving_rollup, rollup_role), (serving_ministry, ministry_role)):
        with serving():
            assert sql.rows(who) == [{"role": role(), "path": "public, extensions"}]


BOTH = [
    "SELECT * FROM busan.core_voices_voice",
    "SELECT title FROM seoul.core_voices_voice",
    "SELECT * FROM busan.core_customers_citizen",
    "SELECT * FROM busan.core_kpis_dayfact",
    "SELECT * FROM busan.core_kpis_factday",
    "SELECT * FROM busan.core_audit_auditentry",
    "SELECT * FROM busan.core_surveys_surveyanswer",
    "SELECT * FROM busan.tenants_accounts_user",
    "SELECT * FROM public.tenants_accounts_user",
    "SELECT * FROM public.django_session",
    "SELECT * FROM public.tenants_city",
    "SELECT * FROM public.tenants_regionpopulation",
    "SELECT * FROM public.django_migrations",
    "SET search_path = busan; SELECT * FROM busan.core_voices_voice",
    "SELECT query_to_xml('select * from busan.core_voices_voice', true, true, '')",
    "SELECT table_to_xml('busan.core_customers_citizen', true, true, '')",
    "SELECT (SELECT count(*) FROM busan.core_voices_voice)",
    "WITH x AS (SELECT * FROM seoul.core_customers_citizen) SELECT count(*) FROM x",
    "SELECT 1 UNION ALL SELECT count(*) FROM busan.core_voices_voice",
    "INSERT INTO busan.core_kpis_monthfact SELECT * FROM busan.core_kpis_monthfact",
    "UPDATE busan.core_kpis_monthfact SET received = 0",
    "DELETE FROM busan.core_kpis_monthfact",
    "TRUNCATE busan.core_kpis_monthfact",
    "DO 'BEGIN LOCK TABLE busan.core_kpis_monthfact IN ACCESS EXCLUSIVE MODE; END'",
    "CREATE TABLE public.mine (id int)",
    "CREATE TABLE busan.mine (id int)",
    "CREATE TEMP TABLE mine AS SELECT 1",
    "CREATE VIEW public.mine AS SELECT * FROM core_national_reports_nationalcell",
    "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "ALTER TABLE public.core_national_reports_nationalcell ADD COLUMN mine int",
    "ALTER TABLE public.core_national_reports_nationalcell"
    " DROP CONSTRAINT nationalcell_received_hidden_is_null",
    "DROP TABLE public.core_national_reports_nationalcell",
    "TRUNCATE public.core_national_reports_nationalcell",
    "CREATE TRIGGER mine BEFORE INSERT ON public.core_national_reports_nationalcell"
    " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "SET ROLE {prefix}owner",
    "SET ROLE {prefix}c_busan",
    "SET ROLE {prefix}platform",
    "SET SESSION AUTHORIZATION {prefix}c_busan",
    "RESET ROLE; SELECT * FROM busan.core_voices_voice",
    "SELECT set_config('role', '{prefix}c_busan', false)",
    "GRANT {prefix}c_busan TO CURRENT_USER",
    "GRANT SELECT ON busan.core_voices_voice TO CURRENT_USER",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "ALTER ROLE {prefix}c_busan PASSWORD 'x'",
    "COPY busan.core_voices_voice TO STDOUT",
    "COPY (SELECT 1) TO PROGRAM 'cat'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT * FROM pg_stats_ext_exprs, pg_authid",
    "CREATE EXTENSION dblink",
]
MINISTRY_ONLY = [
    "SELECT * FROM busan.core_kpis_monthfact",
    "SELECT count(*) FROM seoul.core_kpis_monthfact",
    "INSERT INTO core_national_reports_nationalrun (ran_at, cities, cells, failed, digest)"
    " VALUES (now(), 0, 0, '[]', '')",
    "UPDATE core_national_reports_nationalcell SET received = 3",
    "DELETE FROM core_national_reports_nationalcell",
    "DO 'BEGIN LOCK TABLE core_national_reports_nationalrun IN SHARE MODE; END'",
    "SELECT schema_to_xml('busan', true, true, '')",
    "SELECT * FROM core_national_reports_nationalcell FOR UPDATE",
    "SET ROLE {prefix}rollup",
]
REFUSALS = ("denied", "must be", "must have", "not permitted", "Only roles")


@pytest.mark.parametrize("attempt", BOTH)
def test_rollup_cannot(attempt: str) -> None:
    with serving_rollup():
        _is_refused(attempt)


@pytest.mark.parametrize("attempt", [*BOTH, *MINISTRY_ONLY])
def test_ministry_cannot(attempt: str) -> None:
    with serving_ministry():
        _is_refused(attempt)


def _is_refused(attempt: str) -> None:
    """For want of a right, and for no other reason: not because a name does not exist."""
    statement = attempt.replace("{prefix}", settings.CITY_POOLS["ROLE_PREFIX"])
    with pytest.raises(DatabaseError) as refused:
        connection.cursor().execute(statement)
    assert any(word in str(refused.value) for word in REFUSALS)


def test_the_facts_are_all_that_rollup_reads_and_nobody_else_does() -> None:
    with serving_rollup():
        assert sql.rows("SELECT count(*) AS n FROM busan.core_kpis_monthfact")[0]["n"] >= 0
    with serving_platform(), pytest.raises(DatabaseError, match="permission denied"):
        sql.rows("SELECT count(*) FROM busan.core_kpis_monthfact")


def test_a_column_of_statistics_shows_them_nothing_of_a_citys_table() -> None:
    for serving in (serving_rollup, serving_ministry):
        with serving():
            seen = sql.rows(
                "SELECT schemaname, tablename FROM pg_stats WHERE schemaname IN ('busan', 'seoul')"
            )
        assert {row["tablename"] for row in seen} <= (
            {FACTS} if serving is serving_rollup else set()
        )


def test_an_opened_city_is_whole_and_what_is_torn_is_told() -> None:
    assert verified("seoul") == []
    voices, facts = (f"SELECT ON busan.{name}" for name in ("core_voices_voice", FACTS))
    rollup, ministry = rollup_role(), ministry_role()
    with psycopg.connect(os.environ["SODAM_OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute(f"GRANT {voices} TO {rollup}; REVOKE {facts} FROM {rollup}".encode())
        owner.execute(f"GRANT USAGE ON SCHEMA busan TO {ministry}".encode())
        try:
            assert verified("busan") == [
                "the login rollup cannot read the monthly facts (1)",
                "the login rollup has a right beyond the monthly facts (1)",
                "the login ministry has a right in the city (1)",
                "the schema differs from a fresh one in 3 lines",  # each right once more
            ]
        finally:
            owner.execute(f"REVOKE {voices} FROM {rollup}; GRANT {facts} TO {rollup}".encode())
            owner.execute(f"REVOKE USAGE ON SCHEMA busan FROM {ministry}".encode())


def test_a_platform_of_before_gets_roles_and_grants_when_it_is_prepared_again() -> None:
    """An older version had neither: existing cities must be readable after the upgrade."""
    database = settings.DATABASES["default"]["NAME"]
    superuser = cluster.start_once()["superuser_url"]
    with psycopg.connect(os.environ["SODAM_OWNER_DATABASE_URL"], autocommit=True) as owner:
        both = f"{rollup_role()}, {ministry_role()}"
        owner.execute(f"REVOKE USAGE ON SCHEMA public FROM {both}".encode())
        owner.execute(f"REVOKE CONNECT ON DATABASE {database} FROM {both}".encode())
    with psycopg.connect(superuser, dbname=database, autocommit=True) as server:
        for role in (rollup_role(), ministry_role()):
            server.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())
    connection.close_pool()
    assert own("platform", "prepare").returncode == 0
    test_rollup_reads_the_facts_of_each_city_and_writes_what_is_published()
    test_ministry_reads_what_is_published_and_no_other_table_of_the_whole_database()
    assert verified("seoul") == []
    with serving_ministry():
        assert sql.rows("SELECT 1 AS one") == [{"one": 1}]


def test_a_city_of_before_gets_the_grant_when_it_is_migrated() -> None:
    """A migration waits in it (one that touches none of its tables), and the grant is not there."""
    rollup, facts = rollup_role(), f"SELECT ON seoul.{FACTS}"
    with psycopg.connect(os.environ["SODAM_OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute(f"REVOKE {facts} FROM {rollup}".encode())
        owner.execute(f"REVOKE USAGE ON SCHEMA seoul FROM {rollup}".encode())
        owner.execute("DELETE FROM seoul.django_migrations WHERE app = 'core_national_reports'")
    migrated = own("city", "migrate", "--format", "json")
    assert [row["code"] for row in json.loads(migrated.stdout)] == ["seoul"], migrated.stderr
    assert verified("seoul") == []


@pytest.mark.parametrize("serving", [serving_platform, lambda: serving_city("busan")])
def test_no_other_login_reads_what_the_ministry_reads(serving: Callable[[], Serving]) -> None:
    with serving(), pytest.raises(DatabaseError, match="permission denied"):
        sql.rows("SELECT count(*) FROM public.core_national_reports_nationalcell")


def verified(code: str) -> list[str]:
    """What `sodam city verify` finds."""
    said = json.loads(own("city", "verify", code, "--format", "json").stdout)
    found: list[str] = said[0]["findings"]
    return found


def own(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of the owner's process."""
    return subprocess.run(
        [sys.executable, "-m", "sodam.cli", *arguments],
        cwd=cluster.REPOSITORY,
        env={**os.environ, "SODAM_PROCESS": "owner"},
        capture_output=True,
        text=True,
        check=False,
    )


def _cities() -> set[str]:
    with serving_platform():
        found = sql.rows("SELECT code FROM tenants_city WHERE status <> 'not_open'")
    return {row["code"] for row in found} | CITIES
