"""`POST /api/v1/voices` against a bare Django view that inserts one row into the same table.

Both run as the product runs (gunicorn, gthread, as many processes and threads) on the same server,
table, indexes, login role and `synchronous_commit`, with the same loader. Ours does all of it: key,
limit, validation, statutory clock, workflow, citizen, history, audit, event, message, and the
answer kept under the request's Idempotency-Key, in one transaction. Nobody works off what was
queued meanwhile, as nobody does for the yardstick.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import psycopg
from django.test import Client
from psycopg.sql import SQL, Identifier

from core_crm.customers.services import citizen_find_or_create
from core_crm.messaging.models import OutgoingMessage
from core_crm.staff.services import api_key_create
from core_crm.voices.models import Category, Voice
from tenants import sql
from tenants.context import city_role, serving_city
from tests.benchmarks.harness import Figure, counted, interleaved, say, sized
from tests.benchmarks.loader import Load
from tests.benchmarks.serving import REPOSITORY, served
from tests.benchmarks.trips import Trips, trips_of
from tests.benchmarks.yardstick import address
from tests.support import cluster
from tests.support.voices import an_office

CITY, HOST = "busan", "busan.localhost"
GOAL, MOST_ROUND_TRIPS = 0.6, 5
SECONDS, KEYS = sized(4.0, small=0.3), 64  # one key may send 600 requests a minute
ROUND = KEYS * 5 * 97  # after so many requests key, category and text are the same again
FAR = 3000 * ROUND  # no loader comes so far
TOPICS = ("가로등이 꺼져 있습니다", "보도블록이 깨졌습니다", "쓰레기 수거가 안 됩니다")
TEXT = "사흘째 그대로여서 밤에 다니기 어렵습니다. 빠른 조치를 부탁드립니다. " * 2


@dataclass(frozen=True)
class World:
    """What the requests need: keys of programs, categories, and a citizen for the bare rows."""

    keys: tuple[str, ...]
    categories: tuple[str, ...]
    citizen: str
    run: str = field(default_factory=lambda: uuid4().hex[:8])

    def body(self, number: int) -> bytes:
        """A voice of somebody new; about 500 bytes."""
        voice = {
            "title": f"{TOPICS[number % len(TOPICS)]} {number}",
            "body": f"{number % 97}번 마을 시민공원 앞입니다. {TEXT}",
            "channel": "api",
            "category": self.categories[number % len(self.categories)],
            "citizen": {"name": "홍길동", "phone": f"010{number % 10**8:08d}"},
        }
        return json.dumps(voice).encode()

    def headers(self, number: int) -> dict[str, str]:
        key = self.keys[number % len(self.keys)]
        return {"Authorization": f"Bearer {key}", "Idempotency-Key": f"{self.run}-{number}"}


def run() -> Iterator[Figure]:
    world = _world()
    _lift_the_fence()
    for number in (FAR, FAR + ROUND):  # now the key is touched, and the catalogue kept
        _post(world, number)
    facts = _facts(trips_of(partial(_post, world, FAR + 2 * ROUND)), world)
    yield counted(
        "posting.round_trips",
        int(facts["round_trips"]),
        goal=MOST_ROUND_TRIPS,
        unit="round trips",
        baseline_name="a bare view that inserts one row",
        baseline_count=int(facts["baseline_round_trips"]),
        exact=facts,
    )
    with served("sodam.wsgi:application", {}) as port, _bare(world) as bare_port:
        ours = Load(port, partial(_request, "/api/v1/voices", world))
        bare = Load(bare_port, partial(_request, "/voices", world))
        before = _written()
        ours.rate(SECONDS)
        bare.rate(SECONDS)
        yield interleaved(
            "posting.rate",
            ours=lambda: ours.rate(SECONDS),
            baseline=lambda: bare.rate(SECONDS),
            goal=GOAL,
            unit="voices/s",
            baseline_name="a bare view that inserts one row",
            is_rate=True,
            exact=facts,
        )
        _check(before, ours=ours.answered, bare=bare.answered)


def _world() -> World:
    now = datetime.now(UTC)
    with serving_city(CITY):
        an_office()
        made = [api_key_create(name=f"{n}", scopes=["voices:write"], now=now) for n in range(KEYS)]
        return World(
            keys=tuple(raw for _key, raw in made),
            categories=tuple(Category.objects.values_list("code", flat=True)),
            citizen=str(citizen_find_or_create(name="기준", phone="01000000000", now=now).id),
        )


def _lift_the_fence() -> None:
    """Two servers log in as one role: more connections than a city may have in life."""
    with psycopg.connect(cluster.start_once()["superuser_url"], autocommit=True) as server:
        server.execute(SQL("ALTER ROLE {} CONNECTION LIMIT 80").format(Identifier(city_role(CITY))))


def _post(world: World, number: int) -> None:
    """One voice in this process, as a program files it."""
    client = Client(headers={"host": HOST, **world.headers(number)})
    body = world.body(number)
    answer = client.post("/api/v1/voices", body, content_type="application/json")
    if answer.status_code != 201:
        raise RuntimeError(answer.content.decode())


def _facts(mine: Trips, world: World) -> dict[str, int | str]:
    """What one voice asks of the database, what a bare row does, and how both are committed."""
    with serving_city(CITY):
        (settings,) = sql.rows(
            "SELECT current_setting('synchronous_commit') AS synchronous_commit,"
            " current_setting('fsync') AS fsync"
        )
    command = [sys.executable, "-m", "tests.benchmarks.plain.bare_trips", world.body(1).decode()]
    theirs = subprocess.run(
        command, cwd=REPOSITORY, env=_bare_environment(world), capture_output=True, check=True
    )
    return {**mine.exact(), **json.loads(theirs.stdout), **settings}


def _bare_environment(world: World) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.plain.bare",
        "SODAM_BENCH_PLAIN_URL": address(CITY),
        "SODAM_BENCH_CITIZEN": world.citizen,
    }


def _bare(world: World) -> AbstractContextManager[int]:
    return served("tests.benchmarks.plain.bare_view:application", _bare_environment(world))


def _request(path: str, world: World, number: int) -> bytes:
    body = world.body(number)
    lines = {
        "Host": HOST,
        **world.headers(number),
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body


def _written() -> tuple[int, int]:
    with serving_city(CITY):
        return Voice.objects.count(), OutgoingMessage.objects.count()


def _check(before: tuple[int, int], *, ours: int, bare: int) -> None:
    """Each answer stands for a row, each of ours for a message too; else nothing was measured."""
    voices, messages = (now - then for now, then in zip(_written(), before, strict=True))
    if (voices, messages) != (ours + bare, ours):
        raise RuntimeError(f"{ours} + {bare} answers, but {voices} voices, {messages} messages")
    say(f"posting: {ours} voices with all that belongs to them, {bare} bare rows")
