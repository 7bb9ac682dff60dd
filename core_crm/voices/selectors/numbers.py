"""Plain figures a city shows everybody."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from core_crm.calendars import SEOUL
from core_crm.voices.types import PublicNumbers
from tenants import sql

MONTH = """
WITH taken AS (
    SELECT v.outcome, v.answered_at, v.received_at, v.due_at, coalesce(c.code, '') AS category
    FROM core_voices_voice v LEFT JOIN core_voices_category c ON c.id = v.category_id
    WHERE v.received_at >= %s AND v.received_at < %s AND NOT v.is_test
), counted AS (
    SELECT category, count(*) AS n FROM taken GROUP BY category
)
SELECT count(*) AS received,
       count(*) FILTER (WHERE outcome = 'answered') AS answered,
       count(*) FILTER (WHERE outcome = 'unable') AS unable,
       count(answered_at) AS settled,
       count(*) FILTER (WHERE answered_at <= due_at) AS in_time,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM answered_at - received_at))
           FILTER (WHERE answered_at IS NOT NULL) AS median_seconds,
       (SELECT coalesce(jsonb_object_agg(category, n), '{}') FROM counted) AS by_category
FROM taken
"""


def public_numbers(month: str) -> PublicNumbers:
    """What became of the voices received in a month (`2026-11`), in one query."""
    start = datetime.fromisoformat(f"{month}-01").replace(tzinfo=SEOUL)
    end = start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    found = sql.rows(MONTH, [start, end])[0]
    settled, median = found["settled"], found["median_seconds"]
    return PublicNumbers(
        month=month,
        received=found["received"],
        answered=found["answered"],
        unable=found["unable"],
        median_days=None if median is None else round(float(median) / 86400, 1),
        within_due_percent=round(100 * found["in_time"] / settled, 1) if settled else None,
        by_category=_mapping(found["by_category"]),
    )


def _mapping(value: Any) -> dict[str, int]:
    """The driver gives jsonb as text where Django has taken its loader away."""
    read = json.loads(value) if isinstance(value, str) else value
    return {str(code): int(n) for code, n in dict(read or {}).items()}
