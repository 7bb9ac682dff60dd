"""A city's schema as lines of text, from the catalog: two cities can be compared line by line.

Columns, constraints, indexes, sequences, views, functions, triggers, policies, owners, rights and
comments, each with the city's own names taken out. No `pg_dump` is needed, and one query asks all.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from psycopg.sql import SQL, Identifier, Literal

from tenants.context import city_role
from tenants.provisioning.owner import raw_connection

# What stands in a definition without its schema belongs to the city: its schema is first on the
# path. `kind` and `name` order the lines; a table's columns keep their own order.
_SHAPE = """
WITH s AS (SELECT oid, nspname, nspowner, nspacl FROM pg_namespace WHERE nspname = {code}),
t AS (SELECT c.* FROM pg_class c JOIN s ON s.oid = c.relnamespace),
rights AS (
    SELECT 'schema' AS what, 'city' AS name, nspowner AS owner,
           coalesce(nspacl, acldefault('n', nspowner)) AS acl FROM s
    UNION ALL SELECT CASE relkind WHEN 'S' THEN 'sequence' ELSE 'table' END, relname, relowner,
           coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END,
           relowner)) FROM t WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    UNION ALL SELECT 'column', t.relname || '.' || a.attname, t.relowner, a.attacl
           FROM pg_attribute a JOIN t ON t.oid = a.attrelid WHERE a.attacl IS NOT NULL
    UNION ALL SELECT 'function', p.oid::regprocedure::text, p.proowner,
           coalesce(p.proacl, acldefault('f', p.proowner))
           FROM pg_proc p JOIN s ON s.oid = p.pronamespace
    UNION ALL SELECT 'default ' || d.defaclobjtype::text, 'of ' || pg_get_userbyid(d.defaclrole),
           d.defaclrole, d.defaclacl FROM pg_default_acl d JOIN s ON s.oid = d.defaclnamespace
),
lines AS (
    SELECT 'column' AS kind, t.relname AS name, a.attnum::int AS place,
        format('%s.%s %s%s%s%s%s%s', t.relname, a.attname, format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
            CASE WHEN a.attidentity <> '' THEN ' identity ' || a.attidentity::text ELSE '' END,
            CASE WHEN a.attgenerated <> '' THEN ' generated ' || a.attgenerated::text ELSE '' END,
            coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''),
            CASE WHEN a.attcollation <> y.typcollation
                THEN ' collate ' || a.attcollation::regcollation::text ELSE '' END) AS line
    FROM t JOIN pg_attribute a ON a.attrelid = t.oid JOIN pg_type y ON y.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
    WHERE t.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL SELECT 'relation', relname, 0, format('%s %s owner %s%s%s%s%s%s', relkind, relname,
            pg_get_userbyid(relowner), CASE WHEN relpersistence <> 'p' THEN ' unlogged' ELSE '' END,
            CASE WHEN relrowsecurity THEN ' row security' ELSE '' END,
            CASE WHEN relforcerowsecurity THEN ' forced' ELSE '' END,
            coalesce(' ' || reloptions::text, ''), coalesce(' ' || pg_get_partkeydef(oid), ''))
    FROM t WHERE relkind NOT IN ('i', 'I', 't')
    UNION ALL SELECT 'inherits', c.relname, 0,
            format('%s from %s', c.relname, i.inhparent::regclass)
    FROM pg_inherits i JOIN t c ON c.oid = i.inhrelid
    UNION ALL SELECT 'constraint', t.relname, 0, format('%s.%s %s', t.relname, c.conname,
            pg_get_constraintdef(c.oid)) FROM pg_constraint c JOIN t ON t.oid = c.conrelid
    UNION ALL SELECT 'index', i.relname, 0, pg_get_indexdef(i.oid)
            || CASE WHEN x.indisvalid AND x.indisready THEN '' ELSE ' INVALID' END
            || CASE WHEN x.indisreplident THEN ' replica identity' ELSE '' END
    FROM pg_index x JOIN t i ON i.oid = x.indexrelid
    UNION ALL SELECT 'sequence', t.relname, 0,
            format('%s %s from %s by %s in %s..%s cycle %s owned %s', t.relname,
            format_type(q.seqtypid, NULL), q.seqstart, q.seqincrement, q.seqmin, q.seqmax,
            q.seqcycle, (
                SELECT format('%s.%s%s', o.refobjid::regclass, b.attname, o.deptype)
                FROM pg_depend o JOIN pg_attribute b
                ON b.attrelid = o.refobjid AND b.attnum = o.refobjsubid
                WHERE o.objid = t.oid AND o.classid = 'pg_class'::regclass
                AND o.deptype IN ('a', 'i')))
    FROM pg_sequence q JOIN t ON t.oid = q.seqrelid
    UNION ALL SELECT 'view', relname, 0, relname || ' as ' || pg_get_viewdef(oid)
    FROM t WHERE relkind IN ('v', 'm')
    UNION ALL SELECT 'function', p.proname, 0, pg_get_functiondef(p.oid) || ' owner '
            || pg_get_userbyid(p.proowner)
    FROM pg_proc p JOIN s ON s.oid = p.pronamespace WHERE p.prokind IN ('f', 'p')
    UNION ALL SELECT 'trigger', t.relname, 0, pg_get_triggerdef(g.oid) || ' ' || g.tgenabled::text
    FROM pg_trigger g JOIN t ON t.oid = g.tgrelid WHERE NOT g.tgisinternal
    UNION ALL SELECT 'foreign key checks', t.relname, 0, format('%s %s %s', t.relname, c.conname,
            string_agg(g.tgenabled::text, '' ORDER BY g.tgtype))
    FROM pg_trigger g JOIN t ON t.oid = g.tgrelid JOIN pg_constraint c ON c.oid = g.tgconstraint
    WHERE g.tgisinternal GROUP BY t.relname, c.conname
    UNION ALL SELECT 'rule', t.relname, 0, pg_get_ruledef(r.oid)
    FROM pg_rewrite r JOIN t ON t.oid = r.ev_class WHERE r.rulename <> '_RETURN'
    UNION ALL SELECT 'policy', t.relname, 0, format('%s.%s %s %s %s %s %s', t.relname, p.polname,
            p.polcmd, p.polpermissive, p.polroles::regrole[],
            pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
    FROM pg_policy p JOIN t ON t.oid = p.polrelid
    UNION ALL SELECT 'type', y.typname, 0, format('%s %s %s %s %s', y.typtype, y.typname,
            format_type(y.typbasetype, y.typtypmod), y.typdefault,
            (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder)
            FROM pg_enum e WHERE e.enumtypid = y.oid))
    FROM pg_type y JOIN s ON s.oid = y.typnamespace WHERE y.typtype IN ('e', 'd', 'r')
    UNION ALL SELECT 'comment', t.relname, coalesce(d.objsubid, 0), format('%s %s', t.relname,
            d.description) FROM pg_description d JOIN t ON t.oid = d.objoid
            AND d.classoid = 'pg_class'::regclass
    UNION ALL SELECT 'statistics', x.stxname, 0, pg_get_statisticsobjdef(x.oid)
    FROM pg_statistic_ext x JOIN s ON s.oid = x.stxnamespace
    UNION ALL SELECT 'owner', 'city', 0, 'schema owner ' || pg_get_userbyid(nspowner) FROM s
    UNION ALL SELECT 'right', r.what || r.name, 0, format('%s %s: %s %s%s', r.what, r.name,
            CASE WHEN e.grantee = 0 THEN 'public' ELSE pg_get_userbyid(e.grantee) END,
            e.privilege_type, CASE WHEN e.is_grantable THEN ' with grant' ELSE '' END)
    FROM rights r CROSS JOIN LATERAL aclexplode(r.acl) e
    UNION ALL SELECT 'migration', app, 0, format('%s %s', app, name) FROM {history}
)
SELECT kind || ' ' || line FROM lines ORDER BY kind COLLATE "C", name COLLATE "C", place,
    line COLLATE "C"
"""


def shape_of(code: str) -> list[str]:
    """Every line of the city's schema; `city` stands where its name was, also in its login's.

    Raises UndefinedTable for a schema without tables.
    """
    raw = raw_connection()
    query = SQL(_SHAPE).format(code=Literal(code), history=Identifier(code, "django_migrations"))
    with raw.transaction():
        raw.execute(SQL("SET LOCAL search_path = {}, extensions").format(Identifier(code)))
        found = raw.execute(query).fetchall()
    return [_without_names(line, code) for (line,) in found]


def differences(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The lines that stand in one only: `-` in the first, `+` in the second."""
    if list(one) == list(other):
        return []
    found = difflib.unified_diff(one, other, "one", "other", lineterm="", n=0)
    return [line for line in found if not line.startswith(("---", "+++", "@@"))]


def _without_names(line: str, code: str) -> str:
    """One line, `city` for the schema and `city login` for its role."""
    plain = " ".join(line.split()).replace(city_role(code), "city login")
    return re.sub(rf'(?<![A-Za-z0-9_]){code}(?=\.|"\.)', "city", plain)
