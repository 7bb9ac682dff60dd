"""One change after another in Seoul, each taken back: what of it the shape of a schema shows.

Run as the owner's process; tells the facts as JSON. The reference is really migrated once.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import django

CHANGES = {
    "a column more": "ALTER TABLE core_audit_auditseal ADD COLUMN more int",
    "a column less": "ALTER TABLE core_files_storedfile DROP COLUMN {column} CASCADE",
    "another default": "ALTER TABLE core_files_storedfile ALTER COLUMN {column} SET DEFAULT NULL",
    "another type": "ALTER TABLE core_files_storedfile ALTER COLUMN {column} TYPE varchar(7)"
    " USING NULL",
    "an index less": "DROP INDEX {index}",
    "an index more": "CREATE INDEX more ON core_audit_auditseal (id)",
    "a constraint less": "ALTER TABLE core_voices_voice DROP CONSTRAINT {constraint}",
    "a trigger off": "ALTER TABLE core_audit_auditseal DISABLE TRIGGER audit_only_added",
    "a foreign key less": "ALTER TABLE core_voices_voice DROP CONSTRAINT {reference}",
    "a function changed": "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE"
    " plpgsql AS 'BEGIN RETURN NEW; END'",
    "a table more": "CREATE TABLE more (id int)",
    "a view": "CREATE VIEW more AS SELECT 1 AS one",
    "a right less": "REVOKE UPDATE ON core_voices_voice FROM {role}",
    "a right more": "GRANT UPDATE ON django_migrations TO {role}",
    "a right for the ministry": "GRANT SELECT ON core_voices_voice TO {ministry}",
    "a right on one column": "GRANT SELECT (title) ON core_voices_voice TO {ministry}",
    "a default right more": "ALTER DEFAULT PRIVILEGES IN SCHEMA seoul GRANT TRUNCATE ON TABLES"
    " TO {role}",
    "no default rights": "ALTER DEFAULT PRIVILEGES IN SCHEMA seoul REVOKE ALL ON TABLES"
    " FROM {role}",
    "a right to make tables": "GRANT CREATE ON SCHEMA seoul TO {role}",
    "row security": "ALTER TABLE core_voices_voice ENABLE ROW LEVEL SECURITY",
    "not logged": "CREATE UNLOGGED TABLE more (id int)",
    "a filling factor": "ALTER TABLE core_voices_voice SET (fillfactor = 50)",
    "an identity's start": "ALTER TABLE account_emailaddress ALTER COLUMN id SET START 5",
    "a migration forgotten": "DELETE FROM django_migrations WHERE app = 'core_voices'",
    "a comment": "COMMENT ON TABLE core_voices_voice IS 'more'",
}
_NAMES = """
SELECT (SELECT attname FROM pg_attribute WHERE attrelid = 'seoul.core_files_storedfile'::regclass
          AND attnum > 1 AND atttypid = 'varchar'::regtype ORDER BY attnum LIMIT 1),
       (SELECT indexname FROM pg_indexes i WHERE schemaname = 'seoul'
          AND tablename = 'core_voices_voice' AND NOT EXISTS (SELECT 1 FROM pg_constraint
          WHERE conname = indexname) ORDER BY 1 LIMIT 1),
       (SELECT conname FROM pg_constraint WHERE conrelid = 'seoul.core_voices_voice'::regclass
          AND contype = 'c' ORDER BY 1 LIMIT 1),
       (SELECT conname FROM pg_constraint WHERE conrelid = 'seoul.core_voices_voice'::regclass
          AND contype = 'f' ORDER BY 1 LIMIT 1)
"""


def main() -> None:
    django.setup()
    from tenants.provisioning.owner import raw_connection
    from tenants.provisioning.verifying import cities_verify

    facts: dict[str, Any] = {"whole": [asdict(one) for one in cities_verify()]}
    left = "SELECT count(*) FROM pg_namespace WHERE nspname = 'reference_city'"
    facts["left_behind"] = raw_connection().execute(left.encode()).fetchone()
    facts["changes"] = {name: _lines(statement) for name, statement in CHANGES.items()}
    facts["again"] = [one.schema_diff_lines for one in cities_verify()]
    facts["behind"] = _behind()
    print(json.dumps(facts))  # noqa: T201


def _lines(statement: str) -> list[str]:
    """What the shape shows of this change."""
    from psycopg import Rollback

    from tenants.provisioning.owner import raw_connection
    from tenants.provisioning.reference import reference_shape
    from tenants.provisioning.shape import differences, shape_of

    raw, wanted = raw_connection(), reference_shape()
    with raw.transaction() as change:
        raw.execute("SET LOCAL search_path = seoul, extensions")
        raw.execute(statement.format(**_names()).encode())
        found = differences(wanted, shape_of("seoul"))
        raise Rollback(change)
    return found


def _names() -> dict[str, str]:
    from tenants.context import city_role, ministry_role
    from tenants.provisioning.owner import raw_connection

    found = raw_connection().execute(_NAMES.encode()).fetchone()
    assert found is not None
    names = dict(zip(("column", "index", "constraint", "reference"), found, strict=True))
    return {**names, "role": city_role("seoul"), "ministry": ministry_role()}


def _behind() -> dict[str, Any]:
    """A city that lacks a migration is not whole, and says so by its version."""
    from psycopg import Rollback

    from tenants.provisioning.owner import raw_connection
    from tenants.provisioning.verifying import cities_verify

    raw = raw_connection()
    with raw.transaction() as change:
        raw.execute("DELETE FROM seoul.django_migrations WHERE app = 'core_national_reports'")
        (city,) = cities_verify(["seoul"])
        raise Rollback(change)
    return {**asdict(city), "is_whole": city.is_whole}


if __name__ == "__main__":
    main()
