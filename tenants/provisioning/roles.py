"""SQL that makes roles and grants. Run by the owner, never by a web process.

The owner makes all tables; a city's role gets rights on its own schema only, and nothing shared.
The ministry has two logins: `rollup` reads one table of each city and writes the published ones,
`ministry` reads the published ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from psycopg import sql
from psycopg.sql import Composed, Identifier, Literal

from tenants.context import city_role, ministry_role, platform_role, rollup_role
from tenants.isolation.pools import role_password

CONNECTION_LIMIT = 20  # per city role: the noisy-neighbour fence

_PLATFORM_READS = (
    "tenants_city",
    "tenants_host",
    "tenants_backup",
    "tenants_region",
    "tenants_regioncode",
    "tenants_regionpopulation",
    "django_content_type",
    "django_migrations",
)
_PLATFORM_WRITES = (
    "tenants_accounts_user",
    "django_session",
    "account_%",
    "socialaccount_%",
    "mfa_%",
)


FACTS_TABLE = "core_kpis_monthfact"  # the one table of a city that leaves it, without persons
LOG_TABLES = "core_audit_disclosure"  # the access log's tables begin so
_PUBLISHED = "core_national_reports_"


@dataclass(frozen=True, slots=True)
class OwnerRole:
    """The role that owns every table, and its password (known to the owner's process only)."""

    name: str
    password: str


def owner_role_name() -> str:
    return f"{settings.CITY_POOLS['ROLE_PREFIX']}owner"


def database_sql(database: str, owner: OwnerRole) -> list[Composed]:
    """Once per database, as superuser: owner and platform roles, extensions, nothing public."""
    names = {"db": Identifier(database), "o": Identifier(owner.name)}
    statements = (
        "REVOKE ALL ON DATABASE {db} FROM PUBLIC",
        "GRANT CREATE, TEMP ON DATABASE {db} TO {o}",
        "GRANT CONNECT ON DATABASE {db} TO {o} WITH GRANT OPTION",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE, CREATE ON SCHEMA public TO {o} WITH GRANT OPTION",
        "CREATE SCHEMA IF NOT EXISTS extensions",
        "GRANT USAGE ON SCHEMA extensions TO PUBLIC",
        "CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA extensions",
        "CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA extensions",
    )
    return [sql.SQL(statement).format(**names) for statement in statements]


def role_sql(name: str, password: str, options: str) -> Composed:
    """Create the role or bring it to these options: safe to run again."""
    create = sql.SQL("CREATE ROLE {r} LOGIN {o} PASSWORD {p}")
    alter = sql.SQL("ALTER ROLE {r} LOGIN {o} PASSWORD {p}")
    names: dict[str, Any] = {
        "r": Identifier(name),
        "o": sql.SQL(options),
        "p": Literal(password),
    }
    return sql.SQL(
        "DO $do$ BEGIN IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = {n}) "
        "THEN {a}; ELSE {c}; END IF; END $do$"
    ).format(n=Literal(name), a=alter.format(**names), c=create.format(**names))


def platform_sql(database: str) -> list[Composed]:
    """As owner, before the shared migrations: the shared schema's roles and what they may enter."""
    owner = Identifier(owner_role_name())
    functions = "ALTER DEFAULT PRIVILEGES FOR ROLE {o} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"
    fence = f"NOINHERIT CONNECTION LIMIT {CONNECTION_LIMIT}"
    return [
        *_shared_role_sql(database, platform_role(), "NOINHERIT"),
        *_shared_role_sql(database, rollup_role(), fence),
        *_shared_role_sql(database, ministry_role(), fence),
        sql.SQL(functions).format(o=owner),
    ]


def _shared_role_sql(database: str, role: str, options: str) -> list[Composed]:
    names = {"db": Identifier(database), "r": Identifier(role)}
    statements = (
        "ALTER ROLE {r} IN DATABASE {db} SET search_path = public, extensions",
        "GRANT CONNECT ON DATABASE {db} TO {r}",
        "GRANT USAGE ON SCHEMA public TO {r}",
    )
    made = role_sql(role, role_password(role), options)
    return [made, *(sql.SQL(statement).format(**names) for statement in statements)]


def platform_grants_sql() -> Composed:
    """As owner, after the shared migrations. Reads the directory, writes accounts and sessions."""
    reads = " OR ".join(f"tablename LIKE '{name}'" for name in _PLATFORM_READS)
    writes = " OR ".join(f"tablename LIKE '{name}'" for name in _PLATFORM_WRITES)
    return sql.SQL(
        "DO $do$ DECLARE t text; BEGIN "
        "FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND ({r}) LOOP "
        "EXECUTE format('GRANT SELECT ON public.%I TO %I', t, {p}); END LOOP; "
        "FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND ({w}) LOOP "
        "EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO %I', t, {p}); "
        "END LOOP; EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO %I', {p}); "
        "END $do$"
    ).format(
        r=sql.SQL(reads),
        w=sql.SQL(writes),
        p=Literal(platform_role()),
    )


def operation_grants_sql() -> Composed:
    """As owner, after the shared migrations: operations are asked for, agreed to, cancelled;
    announcements are written.

    Of a city the platform's pages may change what operators decide without the owner; nobody but
    the owner removes anything.
    """
    return sql.SQL(
        "GRANT SELECT, INSERT, UPDATE ON public.tenants_operation, public.tenants_operationstep,"
        " public.tenants_operationline TO {p}; "
        "GRANT SELECT, INSERT, UPDATE ON public.tenants_platformnotice TO {p}; "
        "GRANT UPDATE (status, is_trial, public_at, ring, limits, contacts)"
        " ON public.tenants_city TO {p}"
    ).format(p=Identifier(platform_role()))


def audit_grants_sql() -> Composed:
    """As owner, after the shared migrations: what operators did is added and sealed, no more.

    Sealing names the seal of an entry and locks the last seal, which takes a right to change it;
    the tables' triggers refuse any other change, and every removal.
    """
    return sql.SQL(
        "GRANT SELECT, INSERT ON public.core_audit_auditentry, public.core_audit_auditseal TO {p}; "
        "GRANT UPDATE (seal_id) ON public.core_audit_auditentry TO {p}; "
        "GRANT UPDATE (entries) ON public.core_audit_auditseal TO {p}"
    ).format(p=Identifier(platform_role()))


def published_grants_sql() -> Composed:
    """As owner, after the shared migrations: the ministry's tables, and no other shared one."""
    return sql.SQL(
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {ro}, {mi}; DO $do$ DECLARE t text; BEGIN "
        "FOR t IN SELECT tablename FROM pg_tables"
        " WHERE schemaname = 'public' AND starts_with(tablename, {published}) LOOP "
        "EXECUTE format('GRANT SELECT ON public.%I TO %I', t, {mi_name}); "
        "EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO %I', t, {ro_name}); "
        "END LOOP; END $do$"
    ).format(
        ro=Identifier(rollup_role()),
        mi=Identifier(ministry_role()),
        ro_name=Literal(rollup_role()),
        mi_name=Literal(ministry_role()),
        published=Literal(_PUBLISHED),
    )


def facts_grants_sql() -> Composed:
    """As owner: every city's table of monthly facts, to be read by `rollup`. One statement."""
    return sql.SQL(
        "DO $do$ DECLARE s text; BEGIN FOR s IN SELECT t.schemaname FROM pg_tables t"
        " JOIN public.tenants_city c ON c.schema_name = t.schemaname"
        " WHERE t.tablename = {table} LOOP "
        "EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', s, {role}); "
        "EXECUTE format('GRANT SELECT ON %I.%I TO %I', s, {table}, {role}); END LOOP; END $do$"
    ).format(table=Literal(FACTS_TABLE), role=Literal(rollup_role()))


def city_sql(database: str, code: str) -> list[Composed]:
    """As owner, before the city's tables: its role, its schema, and rights on what comes there."""
    role = city_role(code)
    names = {
        "db": Identifier(database),
        "s": Identifier(code),
        "r": Identifier(role),
        "o": Identifier(owner_role_name()),
    }
    options = f"NOINHERIT CONNECTION LIMIT {CONNECTION_LIMIT}"
    default = "ALTER DEFAULT PRIVILEGES FOR ROLE {o} IN SCHEMA {s} GRANT "
    statements = (
        "ALTER ROLE {r} IN DATABASE {db} SET search_path = {s}, extensions",
        "GRANT CONNECT ON DATABASE {db} TO {r}",
        "CREATE SCHEMA IF NOT EXISTS {s} AUTHORIZATION {o}",
        "GRANT USAGE ON SCHEMA {s} TO {r}",
        default + "SELECT, INSERT, UPDATE, DELETE ON TABLES TO {r}",
        default + "USAGE ON SEQUENCES TO {r}",
        default + "EXECUTE ON FUNCTIONS TO {r}",
    )
    made = role_sql(role, role_password(role), options)
    return [made, *(sql.SQL(statement).format(**names) for statement in statements)]


def after_tables_sql(code: str) -> Composed:
    """As owner, after the city's tables were made or migrated. Safe to run again.

    What has been migrated is the owner's to say; the monthly facts may be read by `rollup`; the
    access log may be added to and read.
    """
    return sql.SQL(
        "REVOKE INSERT, UPDATE, DELETE ON {s}.django_migrations FROM {r}; "
        "DO $do$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables"
        " WHERE schemaname = {code} AND starts_with(tablename, {log}) LOOP "
        "EXECUTE format('REVOKE UPDATE, DELETE ON %I.%I FROM %I', {code}, t, {role}); "
        "END LOOP; END $do$; "
        "GRANT USAGE ON SCHEMA {s} TO {ro}; GRANT SELECT ON {s}.{facts} TO {ro}"
    ).format(
        s=Identifier(code),
        r=Identifier(city_role(code)),
        ro=Identifier(rollup_role()),
        facts=Identifier(FACTS_TABLE),
        code=Literal(code),
        role=Literal(city_role(code)),
        log=Literal(LOG_TABLES),
    )
