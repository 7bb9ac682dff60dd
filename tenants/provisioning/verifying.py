"""Is a city whole, and are its walls up? Findings in words, none when all is well."""

from __future__ import annotations

from tenants.context import city_role, ministry_role, rollup_role
from tenants.provisioning.applied import cities_behind
from tenants.provisioning.owner import rows
from tenants.provisioning.roles import FACTS_TABLE, owner_role_name

_CHECKS = {
    "a table is owned by another role than the owner": (
        "SELECT count(*) FROM pg_tables WHERE schemaname = %(code)s AND tableowner <> %(owner)s"
    ),
    "the city's role is a member of another role": (
        "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
        " WHERE r.rolname = %(role)s"
    ),
    "the city's role may use another schema": (
        "SELECT count(*) FROM pg_namespace WHERE nspname NOT IN (%(code)s, 'extensions',"
        " 'pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg_toast%%'"
        " AND has_schema_privilege(%(role)s, oid, 'USAGE')"
    ),
    "the city's role lacks a right on a table of its own": (
        "SELECT count(*) FROM pg_tables WHERE schemaname = %(code)s"
        " AND tablename <> 'django_migrations' AND NOT has_table_privilege(%(role)s,"
        " format('%%I.%%I', schemaname, tablename), 'SELECT')"
    ),
    "the login rollup cannot read the monthly facts": (
        "SELECT count(*) FROM pg_tables WHERE schemaname = %(code)s AND tablename = %(facts)s"
        " AND NOT (has_schema_privilege(%(rollup)s, %(code)s, 'USAGE') AND has_table_privilege("
        "%(rollup)s, format('%%I.%%I', schemaname, tablename), 'SELECT'))"
    ),
    "the login rollup has a right beyond the monthly facts": (
        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = %(code)s AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ("
        "has_table_privilege(%(rollup)s, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')"
        " OR has_any_column_privilege(%(rollup)s, c.oid, 'INSERT, UPDATE, REFERENCES')"
        " OR c.relname <> %(facts)s AND has_any_column_privilege(%(rollup)s, c.oid, 'SELECT'))"
    ),
    "the login ministry has a right in the city": (
        "SELECT count(*) FROM pg_namespace WHERE nspname = %(code)s"
        " AND has_schema_privilege(%(ministry)s, oid, 'USAGE, CREATE')"
    ),
    "a function runs with its owner's rights": (
        "SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname = %(code)s AND p.prosecdef"
    ),
}


def city_verify(code: str) -> list[str]:
    """Every finding as a sentence; empty when schema, migrations, owner and grants are right."""
    findings = []
    behind = cities_behind([code])
    if behind:
        findings.append(f"{behind[code]} migrations are missing")
    names = {
        "code": code,
        "role": city_role(code),
        "owner": owner_role_name(),
        "rollup": rollup_role(),
        "ministry": ministry_role(),
        "facts": FACTS_TABLE,
    }
    for finding, query in _CHECKS.items():
        count = rows(query, names)[0][0]
        if count:
            findings.append(f"{finding} ({count})")
    return findings
