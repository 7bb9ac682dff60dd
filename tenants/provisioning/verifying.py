"""Is a city whole, and are its walls up? Findings in words, none when all is well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tenants.context import city_role, ministry_role, rollup_role
from tenants.provisioning.applied import CityHistory, cities_behind, city_histories
from tenants.provisioning.owner import rows
from tenants.provisioning.reference import reference_shape
from tenants.provisioning.roles import FACTS_TABLE, owner_role_name
from tenants.provisioning.shape import differences, shape_of
from tenants.schema import migrations_on_disk, version_of

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


@dataclass(frozen=True, slots=True)
class CityCheck:
    """One city against a freshly migrated one.

    `schema_diff_lines`: lines of the schema that stand in one of the two only, rights, owners and
    recorded migrations included; `grants` and `owner`: those of rights and of owners. `walls`: what
    the checks of roles found. `differences`: the lines, `-` lacking here, `+` too much here.
    """

    code: str
    schema_diff_lines: int
    grants: int
    owner: int
    walls: int
    version: str
    reference_version: str
    findings: list[str]
    differences: list[str]

    @property
    def is_whole(self) -> bool:
        return not self.findings


def cities_verify(codes: Sequence[str] | None = None, *, anew: bool = False) -> list[CityCheck]:
    """These cities or every served one. `anew`: the reference is migrated once more."""
    cities = city_histories(codes)
    wanted = reference_shape(anew=anew) if cities else []
    return [_check(city, wanted) for city in cities]


def _check(city: CityHistory, wanted: list[str]) -> CityCheck:
    walls = city_verify(city.code)
    found = differences(wanted, shape_of(city.code)) if city.keys else ["- every table"]
    version, reference = version_of(city.keys), version_of(migrations_on_disk())
    findings = list(walls)
    if found:
        findings.append(f"the schema differs from a fresh one in {len(found)} lines")
    return CityCheck(
        code=city.code,
        schema_diff_lines=len(found),
        grants=sum(line[1:].startswith("right ") for line in found),
        owner=sum(" owner " in line for line in found),
        walls=len(walls),
        version=version,
        reference_version=reference,
        findings=findings,
        differences=found,
    )


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
