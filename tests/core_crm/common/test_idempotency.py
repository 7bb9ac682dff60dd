"""The same request twice, also at the same moment, has one effect."""

from __future__ import annotations

import threading
import time

import pytest

from core_crm.common.errors import IdempotencyKeyReused
from core_crm.common.models import IdempotencyRecord, RecordedEvent
from core_crm.common.services import idempotency_forget_old, idempotent
from core_crm.common.types import Answered, Json
from tenants.context import serving_city
from tests.conftest import ServedCity, kst


def make_one() -> Json:
    RecordedEvent.objects.create(kind="test.made", payload={})
    return {"ref": "BS-2611-7K4M-3"}


def test_the_second_request_gets_the_first_ones_answer(busan: ServedCity) -> None:
    first = idempotent("k", scope="api:voices", request_hash="a", make=make_one)
    again = idempotent("k", scope="api:voices", request_hash="a", make=make_one)
    assert (first.is_replay, again.is_replay) == (False, True)
    assert first.answer == again.answer
    assert RecordedEvent.objects.count() == 1


def test_another_request_under_the_same_key_is_refused(busan: ServedCity) -> None:
    idempotent("k", scope="api:voices", request_hash="a", make=make_one)
    with pytest.raises(IdempotencyKeyReused):
        idempotent("k", scope="api:voices", request_hash="b", make=make_one)


def test_the_same_key_of_somebody_else_is_another_key(busan: ServedCity) -> None:
    idempotent("k", scope="api:1", request_hash="a", make=make_one)
    assert not idempotent("k", scope="api:2", request_hash="b", make=make_one).is_replay


def test_what_failed_may_come_again(busan: ServedCity) -> None:
    def fail() -> Json:
        make_one()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        idempotent("k", scope="s", request_hash="a", make=fail)
    assert not RecordedEvent.objects.exists()
    assert not idempotent("k", scope="s", request_hash="a", make=make_one).is_replay


def test_old_answers_are_forgotten(busan: ServedCity) -> None:
    idempotent("k", scope="s", request_hash="a", make=make_one)
    IdempotencyRecord.objects.update(created_at=kst("2026-11-02 09:00"))
    assert idempotency_forget_old(now=kst("2026-12-02 08:59")) == 0
    assert idempotency_forget_old(now=kst("2026-12-02 09:01")) == 1


def test_four_at_the_same_moment_have_one_effect(two_cities: tuple[str, str]) -> None:
    answers: list[Answered] = []
    start = threading.Barrier(4)

    def slowly() -> Json:
        time.sleep(0.2)
        return make_one()

    def ask() -> None:
        with serving_city("busan"):
            start.wait(10)
            answers.append(idempotent("k", scope="s", request_hash="a", make=slowly))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(answer.is_replay for answer in answers) == [False, True, True, True]
    with serving_city("busan"):
        assert RecordedEvent.objects.count() == 1
