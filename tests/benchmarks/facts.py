"""Facts: the report by month and department against the raw rows, and what a refresh costs.

The yardstick is the one statement that gives the same report from the voices themselves.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg

from core_crm.customers.models import Citizen
from core_crm.kpis.models import DayFact, DirtyDay
from core_crm.kpis.services import facts_refresh
from core_crm.staff.services import department_load
from core_crm.staff.types import DepartmentRow
from tenants.context import serving_city
from tenants.sql import execute, rows
from tests.benchmarks.harness import Figure, interleaved, sized
from tests.support.voices import load_catalogue, person

DEPARTMENTS = 60
NOW = datetime(2026, 12, 31, 9, tzinfo=UTC)

FILL = """
INSERT INTO core_voices_voice (
  id, ref, title, body, category_id, petition_class, is_compound, is_joint, channel, citizen_id,
  location, attributes, language, reply_channel, is_public, received_at, clock_from_at, period_unit,
  period_amount, due_at, original_due_at, due_steps, progress_notice_at, status, phase,
  workflow_code, workflow_digest, department_id, officer_id, answered_at, closed_at,
  allowed_minutes, used_minutes, outcome, public_reason, reopened_count, version, updated_at,
  search_terms)
SELECT gen_random_uuid(), 'BN-' || n, '보도블록이 깨졌습니다 ' || n, repeat('가나다라마바사 ', 30),
  cs[1 + die %% cardinality(cs)],
  (ARRAY['statutory','inquiry','grievance','suggestion','other'])[1 + die / 7 %% 5],
  die / 7 %% 15 = 0, FALSE, (ARRAY['portal','phone','counter'])[1 + die / 11 %% 3], %s,
  '', '{}', 'ko', '', FALSE, at, at, 'days', 7,
  at + interval '9 days', at + interval '9 days', '[]', at + interval '30 days',
  'closed', 'closed', 'voice', '', ds[1 + die / 13 %% cardinality(ds)],
  os[1 + die / 17 %% cardinality(os)],
  CASE WHEN n %% 10 < 9 THEN at + took END, CASE WHEN n %% 10 < 9 THEN at + took END,
  CASE WHEN n %% 10 < 9 THEN 3360 END, CASE WHEN n %% 10 < 9 THEN 480 + n %% 4000 END,
  CASE WHEN n %% 10 < 9 THEN (ARRAY['answered','answered','answered','unable'])[1 + n %% 4]
       ELSE '' END,
  'x', 0, 3, at + took, '{}'
FROM (SELECT n, hashint4(n) & 2147483647 AS die,
             timestamptz '2026-01-01 00:00+09' + n * (interval '364 days' / %s) AS at,
             interval '1 hour' * (n %% 300) AS took
      FROM generate_series(0, %s - 1) n) given,
     (SELECT array_agg(id ORDER BY id) AS ds FROM core_staff_department WHERE kind <> 'bureau') d,
     (SELECT array_agg(id ORDER BY id) AS os FROM core_staff_official) o,
     (SELECT array_agg(id ORDER BY id) AS cs FROM core_voices_category) c
"""
ASK = """
INSERT INTO core_surveys_surveyinvitation (id, voice_id, ref, closing_no, department_id, officer_id,
  citizen_id, token_digest, recorded_at, closes_at, message_key)
SELECT gen_random_uuid(), id, ref, 1, department_id, officer_id, citizen_id, md5(ref),
  closed_at, closed_at + interval '14 days', ''
FROM core_voices_voice WHERE closed_at IS NOT NULL
"""
RATE = """
INSERT INTO core_surveys_surveyanswer (id, invitation_id, speed, kindness, fairness, convenience,
  comment, is_solved, at)
SELECT gen_random_uuid(), id, 1 + length(ref) %% 5, 4, 3, NULL, '', TRUE, recorded_at
FROM core_surveys_surveyinvitation WHERE right(ref, 1) IN ('1', '4', '7')
"""
RAW = """
SELECT date_trunc('month', v.closed_at AT TIME ZONE 'Asia/Seoul')::date AS month, d.code,
       count(*) AS settled,
       count(*) FILTER (WHERE v.answered_at <= v.due_at) AS on_time,
       sum(v.allowed_minutes)::bigint AS allowed, sum(v.used_minutes)::bigint AS used
FROM core_voices_voice v JOIN core_staff_department d ON d.id = v.department_id
WHERE v.outcome IN ('answered', 'unable') AND v.closed_at IS NOT NULL
GROUP BY 1, 2 ORDER BY 1, 2
"""
FACTS = """
SELECT month, department_code AS code, sum(settled)::bigint AS settled,
       sum(on_time)::bigint AS on_time, sum(allowed_minutes)::bigint AS allowed,
       sum(used_minutes)::bigint AS used
FROM core_kpis_monthfact WHERE slice = 'department'
GROUP BY 1, 2 HAVING sum(settled) > 0 ORDER BY 1, 2
"""


def run() -> Iterator[Figure]:
    """A city of 100,000 voices of one year, filled by SQL."""
    voices = sized(100_000, small=400)
    with serving_city("busan"):
        _fill(voices, officials=sized(120, small=6))
        full = _seconds(lambda: facts_refresh(now=NOW, full=True))
        again = _seconds(lambda: facts_refresh(now=NOW, full=True))
        _analyze()
        days = [_one_day() for _ in range(5)]
        told, expected = rows(FACTS), rows(RAW)
        assert told == expected, "the report from facts is not that of the rows"
        yield interleaved(
            "facts.month_department_report",
            ours=lambda: _seconds(lambda: rows(FACTS)) * 1000,
            baseline=lambda: _seconds(lambda: rows(RAW)) * 1000,
            goal=15.0,
            unit="ms",
            baseline_name="the same report by SQL over the voices",
            exact={
                "voices": voices,
                "rows": len(told),
                "day_facts": DayFact.objects.count(),
                "full_refresh_seconds": round(min(full, again), 2),
                "one_day_refresh_ms": round(sorted(days)[2] * 1000, 1),
            },
        )


def _fill(voices: int, *, officials: int) -> None:
    department_load(
        [
            DepartmentRow(code="b", name_ko="가나국", kind="bureau"),
            *(
                DepartmentRow(code=f"b.d{n}", name_ko=f"{n}과", parent_code="b")
                for n in range(DEPARTMENTS)
            ),
        ]
    )
    load_catalogue()
    for n in range(officials):
        person(f"o{n}", f"담당{n}", None, "officer")
    citizen = Citizen.objects.create(name="김철수", is_anonymous=True, created_at=NOW)
    execute(FILL, [citizen.id, voices, voices])
    execute(ASK)
    execute(RATE)
    _analyze()


def _analyze() -> None:
    """As autovacuum would soon: a city's own login may not."""
    with psycopg.connect(os.environ["SODAM_OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute("ANALYZE")


def _one_day() -> float:
    DirtyDay.objects.create(day=datetime(2026, 6, 15, tzinfo=UTC).date())
    return _seconds(lambda: facts_refresh(now=NOW))


def _seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
