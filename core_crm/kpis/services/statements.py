"""The two statements that compute facts: days from the city's rows, months from the days.

All text here is our own: column names and expressions. Values go in as parameters.
"""

from __future__ import annotations

from core_crm.kpis.services.spans import Condition
from core_crm.kpis.types import MEASURES
from core_crm.surveys.types import SCORED_ITEMS

DAY = "({at} AT TIME ZONE 'Asia/Seoul')::date"
KEYS = (
    "day",
    "department_id",
    "officer_id",
    "petition_class",
    "is_compound",
    "channel",
    "category_id",
)
OF_THE_VOICE = "v.petition_class, v.is_compound, v.channel, v.category_id"
COUNTED = "NOT v.is_test AND"
"""What a city only tried out before it opened to the public counts nowhere. No figure has it."""
SETTLED = "v.outcome IN ('answered', 'unable')"

DELETE_DAY_FACTS = "DELETE FROM core_kpis_dayfact WHERE "
DELETE_FACT_DAYS = "DELETE FROM core_kpis_factday WHERE "
DELETE_MONTHS = "DELETE FROM core_kpis_monthfact WHERE "
"""Each with a condition after it. Django's own delete would read every row first."""

CLOSED = {
    "closed": "1",
    **{
        outcome: f"(v.outcome = '{outcome}')::int"
        for outcome in ("answered", "unable", "withdrawn", "transferred")
    },
    "settled": f"({SETTLED})::int",
    "on_time": f"({SETTLED} AND coalesce(v.answered_at, v.closed_at) <= v.due_at)::int",
    "allowed_minutes": f"CASE WHEN {SETTLED} THEN coalesce(v.allowed_minutes, 0) ELSE 0 END",
    "used_minutes": f"CASE WHEN {SETTLED} THEN coalesce(v.used_minutes, 0) ELSE 0 END",
}
RATED = {
    "invited": "1",
    "rated": "(a.id IS NOT NULL)::int",
    **{f"{item}_sum": f"coalesce(a.{item}, 0)" for item in SCORED_ITEMS},
    **{f"{item}_count": f"(a.{item} IS NOT NULL)::int" for item in SCORED_ITEMS},
    "solved": "coalesce(a.is_solved, FALSE)::int",
    "unsolved": "coalesce(NOT a.is_solved, FALSE)::int",
}


def days_sql(*, received: Condition, closed: Condition, recorded: Condition) -> str:
    """Facts of days, and a line with each day's digest. The last parameter: when it is."""
    keys, names = ", ".join(KEYS), ", ".join(MEASURES)
    added = ", ".join(f"sum({name}) AS {name}" for name in MEASURES)
    told = ", ".join(f"coalesce({key}::text, '-')" for key in KEYS)
    return f"""
WITH told AS (
  SELECT {DAY.format(at="v.received_at")} AS day, v.department_id, NULL::uuid AS officer_id,
         {OF_THE_VOICE}, {_columns({"received": "1"})}
  FROM core_voices_voice v WHERE {COUNTED} ({received.sql})
  UNION ALL
  SELECT {DAY.format(at="v.closed_at")}, v.department_id, v.officer_id,
         {OF_THE_VOICE}, {_columns(CLOSED)}
  FROM core_voices_voice v WHERE {COUNTED} ({closed.sql})
  UNION ALL
  SELECT {DAY.format(at="i.recorded_at")}, i.department_id, i.officer_id,
         {OF_THE_VOICE}, {_columns(RATED)}
  FROM core_surveys_surveyinvitation i
  JOIN core_voices_voice v ON v.id = i.voice_id
  LEFT JOIN core_surveys_surveyanswer a ON a.invitation_id = i.id
  WHERE {COUNTED} ({recorded.sql})
), added AS (
  SELECT {keys}, {added} FROM told GROUP BY {keys}
), written AS (
  INSERT INTO core_kpis_dayfact (id, {keys}, {names})
  SELECT gen_random_uuid(), {keys}, {names} FROM added
)
INSERT INTO core_kpis_factday (id, day, rows, digest, computed_at)
SELECT gen_random_uuid(), day, count(*), {_digest("line", "line")}, %s
FROM (SELECT day, concat_ws(' ', {told}, {names}) AS line FROM added) lines
GROUP BY day
"""  # noqa: S608 - our own text


TREE = """
tree AS (
  SELECT id, code, name_ko, code AS bureau_code, name_ko AS bureau_name
  FROM core_staff_department WHERE parent_id IS NULL
  UNION ALL
  SELECT d.id, d.code, d.name_ko, tree.bureau_code, tree.bureau_name
  FROM core_staff_department d JOIN tree ON d.parent_id = tree.id
)"""
"""Every department with the root above it; of a root, itself."""


def months_sql(*, day: Condition) -> str:
    """Facts of months in their three slices. The first parameter: when it is."""
    names = ", ".join(MEASURES)
    added = ", ".join(f"sum({name}) AS {name}" for name in MEASURES)
    return f"""
WITH RECURSIVE {TREE}, added AS (
  SELECT date_trunc('month', day)::date AS month,
         CASE WHEN grouping(department_id) = 0 THEN 'department'
              WHEN grouping(category_id) = 0 THEN 'category' ELSE 'channel' END AS slice,
         department_id, category_id, channel, petition_class, is_compound, {added}
  FROM core_kpis_dayfact WHERE {day.sql}
  GROUP BY GROUPING SETS (
    (date_trunc('month', day), department_id, petition_class, is_compound),
    (date_trunc('month', day), category_id, petition_class),
    (date_trunc('month', day), channel))
)
INSERT INTO core_kpis_monthfact
  (id, month, slice, bureau_code, bureau_name, department_code, department_name,
   category_code, category_name, channel, petition_class, is_compound, computed_at, {names})
SELECT gen_random_uuid(), month, slice,
       coalesce(tree.bureau_code, ''), coalesce(tree.bureau_name, ''),
       coalesce(tree.code, ''), coalesce(tree.name_ko, ''),
       coalesce(c.code, ''), coalesce(c.label_ko, ''),
       coalesce(added.channel, ''), coalesce(added.petition_class, ''), is_compound, %s, {names}
FROM added
LEFT JOIN tree ON tree.id = added.department_id
LEFT JOIN core_voices_category c ON c.id = added.category_id
"""  # noqa: S608 - our own text


RENAME_DEPARTMENTS = f"""
WITH RECURSIVE {TREE}
UPDATE core_kpis_monthfact m SET bureau_code = tree.bureau_code, bureau_name = tree.bureau_name,
       department_name = tree.name_ko
FROM tree WHERE m.slice = 'department' AND m.department_code = tree.code
  AND (m.bureau_code, m.bureau_name, m.department_name)
      IS DISTINCT FROM (tree.bureau_code, tree.bureau_name, tree.name_ko)
"""  # noqa: S608 - our own text
"""A department keeps its code; its name and the bureau above it are today's."""

RENAME_CATEGORIES = """
UPDATE core_kpis_monthfact m SET category_name = c.label_ko
FROM core_voices_category c
WHERE m.slice = 'category' AND m.category_code = c.code AND m.category_name <> c.label_ko
"""


def total_sql() -> str:
    """How many facts up to a day, and the digest over all days' digests."""
    return f"""
SELECT coalesce(sum(rows), 0)::bigint AS rows, {_digest("day || ' ' || digest", "day")} AS digest
FROM core_kpis_factday WHERE day <= %s
"""  # noqa: S608 - our own text


def _columns(told: dict[str, str]) -> str:
    """All measures in their order: those a source tells of, 0 for the others."""
    return ", ".join(f"{told.get(name, '0')} AS {name}" for name in MEASURES)


def _digest(line: str, order: str) -> str:
    """SHA-256 of all lines, in an order no locale changes."""
    collate = ' COLLATE "C"' if line == order else ""
    lines = f"coalesce(string_agg({line}, chr(10) ORDER BY {order}{collate}), '')"
    return f"encode(sha256(convert_to({lines}, 'UTF8')), 'hex')"
