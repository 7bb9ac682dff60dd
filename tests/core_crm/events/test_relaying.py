"""Every receiver hears every fact, writes exactly once, and holds up nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from core_crm.common.models import EventDelivery, IdempotencyRecord
from core_crm.common.services import events_relay
from core_crm.common.services.relaying import pause_seconds
from core_crm.events import record
from tenants.context import serving_city
from tests.conftest import ServedCity, kst
from tests.core_crm.events.conftest import KettleBoiled, write, written
from tests.support.cluster import REPOSITORY

NOW = kst("2026-11-24 10:00")


def boil() -> UUID:
    kettle = uuid4()
    with transaction.atomic():
        record(KettleBoiled(kettle))
    return kettle


def later(**amount: int) -> datetime:
    return NOW + timedelta(**amount)


def test_a_fact_reaches_its_receivers_once(busan: ServedCity, listen) -> None:
    heard: list[UUID] = []
    listen("tests.tea", lambda fact: heard.append(fact.kettle_id))
    listen("tests.coffee", lambda fact: write("coffee"))
    kettle = boil()
    assert events_relay(now=NOW) == 2
    assert events_relay(now=NOW) == 0
    assert (heard, written()) == ([kettle], ["coffee"])


def test_a_receiver_that_fails_twice_succeeds_at_the_third_attempt(
    busan: ServedCity, listen
) -> None:
    attempts: list[int] = []

    def shy(fact: KettleBoiled) -> None:
        write(f"attempt {len(attempts)}")
        attempts.append(1)
        if len(attempts) < 3:
            raise ConnectionError("010-0000-1234 did not answer")

    listen("tests.shy", shy)
    boil()
    events_relay(now=NOW)
    waiting = EventDelivery.objects.get()
    assert waiting.error.startswith("ConnectionError at tests.core_crm.events.test_relaying:")
    assert "0000" not in waiting.error
    assert events_relay(now=later(seconds=4)) == 0
    assert events_relay(now=later(seconds=5)) == 1
    assert events_relay(now=later(seconds=14)) == 0
    assert events_relay(now=later(seconds=15)) == 1
    done = EventDelivery.objects.get()
    assert (done.attempts, done.error, done.delivered_at) == (3, "", later(seconds=15))
    assert written() == ["attempt 2"]


def test_a_failing_receiver_holds_up_nobody(busan: ServedCity, listen) -> None:
    def fail(fact: KettleBoiled) -> None:
        write("never kept")
        raise ZeroDivisionError

    listen("tests.broken", fail)
    listen("tests.tea", lambda fact: write(f"tea {fact.kettle_id}"))
    kettles = [boil() for _ in range(3)]
    assert events_relay(now=NOW) == 6
    assert written() == [f"tea {kettle}" for kettle in kettles]


def test_a_receiver_that_fails_only_when_committing_holds_up_nobody(
    two_cities: tuple[str, str], listen
) -> None:
    def owe_a_row(fact: KettleBoiled) -> None:
        """Its foreign key is checked at the commit."""
        EventDelivery.objects.create(event_id=uuid4(), receiver="nobody")

    listen("tests.early", owe_a_row)
    listen("tests.tea", lambda fact: write("tea"))
    with serving_city("busan"):
        boil()
        assert events_relay(now=NOW) == 2
        assert written() == ["tea"]
        kept = EventDelivery.objects.get(receiver="tests.early")
        assert kept.error.startswith("IntegrityError")


def test_an_unknown_receiver_waits_for_the_version_that_knows_it(busan: ServedCity, listen) -> None:
    listen("tests.tea", lambda fact: write("tea"))
    boil()
    EventDelivery.objects.update(receiver="tests.of_tomorrow")
    events_relay(now=NOW)
    assert EventDelivery.objects.get().error.startswith("NoSuchReceiver")
    listen("tests.of_tomorrow", lambda fact: write("tomorrow"))
    events_relay(now=later(seconds=5))
    assert written() == ["tomorrow"]


def test_a_fact_recorded_by_a_receiver_is_delivered_in_the_same_run(
    busan: ServedCity, listen
) -> None:
    def once_more(fact: KettleBoiled) -> None:
        write(str(fact.kettle_id))
        if len(written()) < 3:
            record(KettleBoiled(uuid4()))

    listen("tests.again", once_more)
    boil()
    assert events_relay(now=NOW) == 3
    assert len(written()) == 3


def test_pauses_double_up_to_an_hour() -> None:
    assert [pause_seconds(attempts) for attempts in (0, 1, 2, 9, 10, 500)] == [
        5,
        10,
        20,
        2560,
        3600,
        3600,
    ]


def test_relays_at_the_same_time_write_everything_exactly_once(
    two_cities: tuple[str, str], listen
) -> None:
    def slow(fact: KettleBoiled) -> None:
        time.sleep(0.01)
        write(f"slow {fact.kettle_id}")

    listen("tests.slow", slow)
    listen("tests.quick", lambda fact: write(f"quick {fact.kettle_id}"))
    with serving_city("busan"):
        kettles = [boil() for _ in range(15)]
    start, done = threading.Barrier(4), list[int]()

    def relay() -> None:
        with serving_city("busan"):
            start.wait(10)
            done.append(events_relay(now=NOW))

    threads = [threading.Thread(target=relay) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with serving_city("busan"):
        rows = Counter(written())
        undelivered = EventDelivery.objects.filter(delivered_at=None).count()
    assert rows == Counter(f"{kind} {one}" for one in kettles for kind in ("slow", "quick"))
    assert (sum(done), undelivered) == (30, 0)
    assert len([count for count in done if count]) > 1


def test_a_slow_attempt_is_not_made_a_second_time_meanwhile(
    two_cities: tuple[str, str], listen
) -> None:
    inside, let_go = threading.Event(), threading.Event()

    def slow(fact: KettleBoiled) -> None:
        inside.set()
        let_go.wait(10)
        write("slow")

    listen("tests.slow", slow)
    with serving_city("busan"):
        boil()

    def relay() -> None:
        with serving_city("busan"):
            events_relay(now=NOW)

    first = threading.Thread(target=relay)
    first.start()
    assert inside.wait(10)
    with serving_city("busan"):
        assert events_relay(now=later(hours=2)) == 0  # it is due again, and locked
    let_go.set()
    first.join(10)
    with serving_city("busan"):
        assert events_relay(now=later(hours=4)) == 0
        assert written() == ["slow"]


KILLED = """
import os, django
django.setup()
from datetime import datetime
from core_crm.common.services import events_relay
from core_crm.events import receiver
from tenants.context import serving_city
from tests.core_crm.events.conftest import KettleBoiled, write

def die(fact):
    write("never kept")
    os.kill(os.getpid(), 9)

receiver(KettleBoiled, name="tests.deadly")(die)
receiver(KettleBoiled, name="tests.tea")(lambda fact: write(f"tea {fact.kettle_id}"))
with serving_city("busan"):
    events_relay(now=datetime.fromisoformat(os.environ["RELAY_NOW"]))
"""


@pytest.mark.runtime
def test_a_receiver_that_kills_its_worker_delays_only_itself(
    two_cities: tuple[str, str], listen
) -> None:
    listen("tests.deadly", lambda fact: None)
    listen("tests.tea", lambda fact: None)
    with serving_city("busan"):
        kettles = [boil(), boil()]
    path = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "platform")])
    for _ in range(4):  # as a supervisor would start it again
        subprocess.run(
            [sys.executable, "-c", KILLED],
            env={**os.environ, "RELAY_NOW": NOW.isoformat(), "PYTHONPATH": path},
            cwd=REPOSITORY,
            check=False,
        )
    with serving_city("busan"):
        assert set(written()) == {f"tea {kettle}" for kettle in kettles}
        assert not IdempotencyRecord.objects.filter(key="never kept").exists()
        waiting = EventDelivery.objects.filter(delivered_at=None)
        assert [each.receiver for each in waiting] == ["tests.deadly"] * 2
