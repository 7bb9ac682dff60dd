"""Counting a segment over five conditions, against its bare SQL written by hand.

Citizens are the generator's crowd; every third agreed to surveys by text message. Both sides must
count the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core_crm.customers.selectors import citizen_source
from core_crm.segments.selectors import condition_count, read_condition
from sodam.demo.crowd import crowd_write
from tenants import sql
from tenants.context import serving_city
from tests.benchmarks.harness import Figure, interleaved, say, sized, timed

CITIZENS = sized(100_000, small=600)
TODAY = date(2026, 11, 25)
CONDITION = {
    "all": [
        {"op": "ge", "field": "age", "value": 65},
        {"op": "eq", "field": "sex", "value": "F"},
        {"op": "eq", "field": "has_phone", "value": True},
        {"op": "eq", "field": "language", "value": "ko"},
        {"op": "eq", "field": "consent.survey.sms", "value": True},
    ]
}
BARE = """
SELECT count(*) AS found FROM core_customers_citizen AS c
WHERE c.state = 'active' AND NOT c.is_restricted
  AND EXTRACT(YEAR FROM AGE(DATE '2026-11-25', c.birth_on))::int >= 65
  AND c.sex = 'F' AND c.phone <> '' AND c.language = 'ko'
  AND EXISTS (SELECT 1 FROM core_customers_consent AS s WHERE s.citizen_id = c.id AND s.is_given
    AND s.purpose = 'survey' AND s.channel = 'sms'
    AND (s.asked_again_on IS NULL OR s.asked_again_on >= DATE '2026-11-25'))
"""
CONSENTS = """
INSERT INTO core_customers_consent (id, citizen_id, purpose, channel, is_given, text_code,
  text_digest, source, since)
SELECT uuidv7(), id, 'survey', 'sms', true, '', '', 'filing', now()
FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM core_customers_citizen) AS c
WHERE place %% 3 = 0
"""


def run() -> Iterator[Figure]:
    say(f"segments: writing {CITIZENS:,} citizens")
    crowd_write("busan", count=CITIZENS, seed=1)
    with serving_city("busan"):
        sql.execute(CONSENTS)
        sql.execute("ANALYZE core_customers_citizen")
        sql.execute("ANALYZE core_customers_consent")
        yield count_figure(CITIZENS)


def _as_a_page_does() -> int:
    """From the document: read, checked and counted, the fields built once."""
    source = citizen_source(today=TODAY)
    predicate = read_condition(CONDITION, source=source)
    return condition_count(predicate, today=TODAY, source=source)


def count_figure(citizens: int) -> Figure:
    """Ours and the bare statement in the city being served."""
    predicate = read_condition(CONDITION)
    ours, bare = condition_count(predicate, today=TODAY), sql.rows(BARE)[0]["found"]
    if ours != bare or not ours:
        raise AssertionError(f"{ours} by the segment, {bare} by hand")
    return interleaved(
        "segments.count",
        ours=timed(_as_a_page_does),
        baseline=timed(lambda: sql.rows(BARE)),
        goal=round(1 / 1.2, 3),  # at most 1.2 times as long
        unit="s, five conditions",
        baseline_name="its bare SQL",
        exact={"citizens": citizens, "found": ours},
    )
