"""What a login may try, by a bug or by injected SQL, to get out of its city; nothing succeeds.

An escape is a list of statements in one session; one of them has to be refused, and afterwards the
session must still be who it was. Most are refused for want of a right; a few because nothing of
that name is there.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.db.utils import Error
from psycopg import errors as said

from tenants.scope import current

WANT_OF_RIGHT = (said.InsufficientPrivilege,)
NOTHING_THERE = (
    said.UndefinedTable,
    said.UndefinedObject,
    said.UndefinedFunction,
    said.InvalidSchemaName,
    said.InvalidParameterValue,
    said.FeatureNotSupported,
    said.ReadOnlySqlTransaction,
    said.WrongObjectType,
    said.ObjectNotInPrerequisiteState,
)
NOT_SAID_SO = (said.ActiveSqlTransaction, said.SyntaxError, said.CantChangeRuntimeParam)

ATTEMPTS: tuple[str, ...] = (
    # another city's rows, by every way of naming them
    "SELECT * FROM {other}.tenants_accounts_user",
    "SELECT title FROM {other}.core_voices_voice",
    "SELECT count(*) FROM {other}.core_customers_citizen",
    "WITH x AS (SELECT * FROM {other}.core_customers_citizen) SELECT count(*) FROM x",
    "SELECT 1 UNION ALL SELECT count(*) FROM {other}.core_voices_voice",
    "SELECT (SELECT count(*) FROM {other}.core_voices_voice)",
    "TABLE {other}.core_audit_auditentry",
    "SET search_path = {other}; SELECT * FROM tenants_accounts_user",
    "SELECT set_config('search_path', '{other}', false); SELECT * FROM core_voices_voice",
    "SELECT query_to_xml('select * from {other}.tenants_accounts_user', true, true, '')",
    "SELECT table_to_xml('{other}.core_customers_citizen', true, true, '')",
    "SELECT schema_to_xml('{other}', true, true, '') IS NULL, 1 / (SELECT count(*) FROM"
    " {other}.core_voices_voice)",
    "SELECT set_config('role', '{prefix}c_{other}', true),"
    " query_to_xml('select * from {other}.core_voices_voice', true, true, '')",
    "INSERT INTO {other}.django_session VALUES ('a', 'b', now())",
    "UPDATE {other}.core_voices_voice SET title = 'x'",
    "DELETE FROM {other}.core_voices_voice",
    "TRUNCATE {other}.core_voices_voice",
    "DO 'BEGIN LOCK TABLE {other}.core_voices_voice IN ACCESS EXCLUSIVE MODE; END'",
    "COPY {other}.core_voices_voice TO STDOUT",
    "SELECT nextval('{other}.django_migrations_id_seq')",
    # the shared tables
    "SELECT * FROM public.tenants_accounts_user",
    "SELECT * FROM public.tenants_city",
    "SELECT * FROM public.tenants_host",
    "SELECT * FROM public.django_session",
    "SELECT * FROM public.core_national_reports_nationalcell",
    # another login
    "SET ROLE {prefix}c_{other}",
    "SET ROLE {prefix}owner",
    "SET ROLE {prefix}platform",
    "SET LOCAL ROLE {prefix}c_{other}",
    "SET SESSION AUTHORIZATION {prefix}c_{other}",
    "SELECT set_config('role', '{prefix}c_{other}', false)",
    "RESET ROLE; SELECT * FROM {other}.tenants_accounts_user",
    "RESET SESSION AUTHORIZATION; SELECT * FROM {other}.tenants_accounts_user",
    "DISCARD ALL; SELECT * FROM {other}.tenants_accounts_user",
    "GRANT {prefix}c_{other} TO CURRENT_USER",
    "GRANT pg_read_all_data TO CURRENT_USER",
    "ALTER ROLE {prefix}c_{other} PASSWORD 'x'",
    "ALTER ROLE {prefix}owner PASSWORD 'x'",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "ALTER ROLE CURRENT_USER BYPASSRLS",
    "CREATE ROLE mine",
    "REASSIGN OWNED BY {prefix}c_{other} TO CURRENT_USER",
    # things made, changed, taken away
    "CREATE TABLE {own}.mine (id int)",
    "CREATE TABLE public.mine (id int)",
    "CREATE TEMP TABLE mine (id int)",
    "CREATE SCHEMA mine",
    "CREATE VIEW {own}.mine AS SELECT 1",
    "CREATE FUNCTION {own}.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "DROP TABLE {own}.django_session",
    "ALTER TABLE {own}.django_session DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE {own}.core_audit_auditentry DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
    "INSERT INTO {own}.django_migrations (app, name, applied) VALUES ('a', 'b', now())",
    "CREATE EXTENSION dblink",
    "CREATE EXTENSION postgres_fdw",
    "CREATE SERVER x FOREIGN DATA WRAPPER postgres_fdw",
    "CREATE DATABASE mine",
    "CREATE PUBLICATION mine FOR ALL TABLES",
    "CREATE EVENT TRIGGER mine ON ddl_command_end EXECUTE FUNCTION audit_refuse()",
    # the machine, and what the server knows
    "COPY (SELECT 1) TO PROGRAM 'cat'",
    "COPY {own}.django_session TO '/tmp/x'",
    "COPY {own}.django_session FROM '/etc/passwd'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_ls_dir('/')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT lo_export(1, '/tmp/x')",
    "SELECT * FROM pg_authid",
    "SELECT * FROM pg_shadow",
    "SELECT * FROM pg_statistic",
    "SELECT pg_reload_conf()",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE '%c_{other}'"
    " UNION ALL SELECT true FROM {other}.django_session",
    "ALTER SYSTEM SET log_statement = 'all'",
    "SET log_statement = 'all'",
    "LOAD 'auto_explain'",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one attempt. `why` is "" when it got through."""

    attempt: str
    why: str

    @property
    def is_refused(self) -> bool:
        return bool(self.why)


def attempt(statement: str, *, own: str, other: str) -> Verdict:
    """Try it in the city being served, in a session that is given back afterwards."""
    prefix = settings.CITY_POOLS["ROLE_PREFIX"]
    text = statement.format(own=own, other=other, prefix=prefix)
    try:
        with transaction.atomic():
            connection.cursor().execute(text)
    except Error as refused:
        return Verdict(statement, _why(refused.__cause__))
    return Verdict(statement, "")


def _why(refused: BaseException | None) -> str:
    if isinstance(refused, WANT_OF_RIGHT):
        return "no right"
    if isinstance(refused, NOTHING_THERE):
        return "nothing there"
    if isinstance(
        refused, said.ActiveSqlTransaction | said.SyntaxError | said.CantChangeRuntimeParam
    ):
        return "not said so"
    return ""


def all_attempts(*, own: str, other: str) -> list[Verdict]:
    """Every attempt, each followed by asking who one is."""
    found = []
    for statement in ATTEMPTS:
        found.append(attempt(statement, own=own, other=other))
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, session_user")
            if set(cursor.fetchone()) != {current().role}:
                found.append(Verdict(f"{statement} (afterwards)", ""))
    return found
