"""Nudges: beside the caller, once for many, and never the end of the others."""

from __future__ import annotations

import threading

from tenants.isolation.nudges import Nudger

PATIENCE_SECONDS = 10


def test_many_nudges_of_one_moment_are_one_for_each_job_and_city() -> None:
    nudger, sent = Nudger(), list[tuple[str, str]]()
    last = threading.Event()

    def send(name: str) -> None:
        for _ in range(20):
            nudger.soon(name, "busan", lambda city: sent.append((name, city)))

    send("mail")
    send("events")
    nudger.soon("mail", "seoul", lambda city: (sent.append(("mail", city)), last.set()))
    assert last.wait(PATIENCE_SECONDS)
    assert sorted(sent) == [("events", "busan"), ("mail", "busan"), ("mail", "seoul")]


def test_a_nudge_that_fails_leaves_the_next_one_alone() -> None:
    nudger, arrived = Nudger(), threading.Event()

    def fail(_city: str) -> None:
        raise ConnectionError

    nudger.soon("mail", "busan", fail)
    nudger.soon("events", "busan", lambda _city: arrived.set())
    assert arrived.wait(PATIENCE_SECONDS)
