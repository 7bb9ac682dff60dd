"""A city with hundreds of thousands of voices, in a minute or two: for suites that need a history.

A few thousand texts are put together from phrases; each becomes many voices by one INSERT..SELECT,
with its own place name, reference, dates and state. The same count gives the same voices, always.
Written by the superuser, without the secondary indexes, which are built anew at the end.

Like in a city of several years, 97 of 100 voices are closed; the open ones are the youngest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import psycopg
from django.conf import settings
from psycopg.sql import SQL, Identifier

from core_crm.common.search import search_terms
from core_crm.customers.models import Citizen
from core_crm.staff.models import Official
from core_crm.staff.services import department_load
from core_crm.staff.types import DepartmentRow
from tenants.context import serving_city
from tests.benchmarks.harness import sized
from tests.support import cluster
from tests.support.voices import JOINED_AT, load_catalogue, person

TEXTS, DEPARTMENTS = sized(4000, small=100), sized(40, small=3)
OFFICIALS, CITIZENS = sized(80, small=3), sized(200, small=5)
LAST_DAY = "2026-03-01 00:00+09"
COMMON = "교통"  # in every tenth text, as in the plan's measurement
_SUBJECTS = {  # what is written about -> how often, of a thousand
    "교통신호가 너무 짧습니다": 100,
    "맨홀 뚜껑이 덜컹거립니다": 25,
    "보도블록이 깨져 위험합니다": 90,
    "가로등이 며칠째 꺼져 있습니다": 80,
    "불법주차 때문에 지나갈 수 없습니다": 120,
    "공원 놀이터 그네가 망가졌습니다": 70,
    "하수구에서 악취가 올라옵니다": 75,
    "음식물 쓰레기가 수거되지 않았습니다": 95,
    "버스정류장 의자를 놓아 주십시오": 60,
    "밤늦게까지 공사 소음이 납니다": 85,
    "길고양이 먹이 때문에 다툼이 있습니다": 30,
    "여권 발급이 언제 되는지 궁금합니다": 65,
    "지방세 고지서를 다시 받고 싶습니다": 55,
    "도서관 열람실을 늘려 주십시오": 50,
}
_PARTS = (
    "매일 다니는 길이라 더 걱정이 됩니다.",
    "지난주에도 말씀드렸는데 그대로입니다.",
    "어르신과 아이들이 많이 다니는 곳입니다.",
    "사진을 함께 보내니 살펴봐 주십시오.",
    "비가 오면 물이 고여서 돌아가야 합니다.",
    "담당하시는 분께서 나와 보시면 좋겠습니다.",
    "언제쯤 고쳐지는지 알려 주시기 바랍니다.",
    "이웃들도 모두 불편해하고 있습니다.",
    "저녁 여섯 시가 지나면 특히 심합니다.",
    "작년 봄에 한 번 손을 보았던 자리입니다.",
)
_FIRST, _LAST = 0xAC00, 0xD7A3

_STAGE = "CREATE TEMP TABLE texts (n int PRIMARY KEY, title text, body text, terms varchar(4)[])"
_FILL = """
INSERT INTO core_voices_voice (
  id, ref, title, body, category_id, petition_class, is_compound, is_joint, channel, citizen_id,
  location, attributes, language, reply_channel, is_public, received_at, clock_from_at, period_unit,
  period_amount, due_at, original_due_at, due_steps, progress_notice_at, status, phase,
  workflow_code, workflow_digest, department_id, officer_id, answered_at, closed_at,
  allowed_minutes, used_minutes, outcome, public_reason, reopened_count, version, updated_at,
  search_terms)
SELECT overlay(overlay(md5(given.n::text) PLACING '7' FROM 13 FOR 1) PLACING '8' FROM 17
    FOR 1)::uuid,
  'SC-' || lpad(given.n::text, 9, '0'), t.title || ' ' || place, t.body,
  cs[1 + die %% cardinality(cs)],
  (ARRAY['inquiry', 'grievance', 'suggestion', 'other'])[1 + die / 7 %% 4], FALSE, FALSE,
  (ARRAY['portal', 'phone', 'counter', 'email'])[1 + die / 11 %% 4],
  zs[1 + die / 5 %% cardinality(zs)], '', '{}', 'ko', '', FALSE, at, at, 'days', 7,
  at + interval '9 days', at + interval '9 days', '[]', at + interval '30 days',
  CASE WHEN is_closed THEN 'closed' ELSE open_state END,
  CASE WHEN is_closed THEN 'closed' ELSE open_state END, 'voice', '',
  ds[1 + die / 13 %% cardinality(ds)],
  CASE WHEN open_state = 'received' AND NOT is_closed THEN NULL
       ELSE os[1 + die / 17 %% cardinality(os)] END,
  CASE WHEN is_closed THEN at + took END, CASE WHEN is_closed THEN at + took END,
  CASE WHEN is_closed THEN 3360 END, CASE WHEN is_closed THEN 480 + die %% 4000 END,
  CASE WHEN is_closed THEN 'answered' ELSE '' END, '', 0, 3, at + interval '1 day',
  t.terms || ARRAY[right(t.title, 1) || left(place, 1), place,
                   right(place, 1) || left(t.body, 1)]::varchar(4)[]
FROM (
  SELECT n, die,
    chr(%(first)s + die %% %(signs)s) || chr(%(first)s + die / 131 %% %(signs)s) AS place,
    %(last)s::timestamptz - (%(count)s - n) * (interval '1 day' * %(days)s / %(count)s) AS at,
    interval '1 hour' * (1 + die %% 200) AS took,
    n <= %(count)s * 97 / 100 AS is_closed,
    (ARRAY['received', 'assigned', 'in_progress', 'in_progress'])[1 + die / 3 %% 4] AS open_state
  FROM (SELECT n, hashint4(n) & 2147483647 AS die FROM generate_series(1, %(count)s) n) dice
) given
JOIN texts t ON t.n = given.die / 19 %% %(texts)s,
  (SELECT array_agg(id ORDER BY id) AS ds FROM core_staff_department WHERE kind <> 'bureau') d,
  (SELECT array_agg(id ORDER BY id) AS os FROM core_staff_official) o,
  (SELECT array_agg(id ORDER BY id) AS cs FROM core_voices_category) c,
  (SELECT array_agg(id ORDER BY id) AS zs FROM core_customers_citizen) z
"""
_INDEXES = """
SELECT i.indexname, i.indexdef FROM pg_indexes i
WHERE schemaname = current_schema() AND tablename = 'core_voices_voice' AND NOT EXISTS (
    SELECT 1 FROM pg_constraint
    WHERE conname = i.indexname AND connamespace = current_schema()::regnamespace)
"""


def fill(code: str, count: int, *, days: int = 1800) -> Official:
    """`count` voices of so many days, the last of February 2026 the youngest, in an empty city.

    Answers an official who may see all of them.
    """
    with serving_city(code):
        chief = _an_office()
    with _superuser(code) as raw:
        _stage_texts(raw)
        with _without_indexes(raw):
            raw.execute(
                _FILL.encode(),
                {
                    "count": count,
                    "days": days,
                    "texts": TEXTS,
                    "last": LAST_DAY,
                    "first": _FIRST,
                    "signs": _LAST - _FIRST + 1,
                },
            )
        raw.execute("VACUUM ANALYZE core_voices_voice, core_customers_citizen, core_staff_official")
    return chief


def _an_office() -> Official:
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
    for n in range(OFFICIALS):
        person(f"o{n}", f"담당{n}", None, "officer")
    Citizen.objects.bulk_create(
        Citizen(name=f"시민{n}", is_anonymous=True, created_at=JOINED_AT) for n in range(CITIZENS)
    )
    return person("chief", "박과장", None, "admin")


def analyse(schema: str) -> None:
    """What the server would do by itself a minute later: dead rows away, statistics anew."""
    with _superuser(schema) as raw:
        raw.execute("VACUUM ANALYZE")


@contextmanager
def _superuser(code: str) -> Iterator[psycopg.Connection]:
    """Who may leave out the look-ups of foreign keys: what they refer to was read just before."""
    name = str(settings.DATABASES["default"]["NAME"])
    with psycopg.connect(
        cluster.start_once()["superuser_url"], dbname=name, autocommit=True
    ) as raw:
        raw.execute(SQL("SET search_path = {}, extensions").format(Identifier(code)))
        raw.execute("SET maintenance_work_mem = '512MB'")
        raw.execute("SET synchronous_commit = off")
        raw.execute("SET session_replication_role = replica")
        yield raw


def _stage_texts(raw: psycopg.Connection) -> None:
    dice = Random(20260301)  # noqa: S311 - the same texts each time
    subjects, weights = list(_SUBJECTS), list(_SUBJECTS.values())
    raw.execute(_STAGE.encode())
    with raw.cursor().copy("COPY texts FROM STDIN") as copy:
        for n in range(TEXTS):
            title = dice.choices(subjects, weights)[0]
            name = "".join(chr(dice.randint(_FIRST, _LAST)) for _ in range(3))
            body = f"{name}동에서 씁니다. {title}. " + " ".join(dice.sample(_PARTS, 4))
            copy.write_row((n, title, body, search_terms(title=title, body=body)))


@contextmanager
def _without_indexes(raw: psycopg.Connection) -> Iterator[None]:
    """Building an index at the end costs a fraction of keeping it up a million times."""
    found = raw.execute(_INDEXES.encode()).fetchall()
    for name, _ in found:
        raw.execute(SQL("DROP INDEX {}").format(Identifier(name)))
    yield
    for _, definition in found:
        raw.execute(definition.encode())
