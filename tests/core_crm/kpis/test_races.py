"""Marks and refreshes at the same time: none is lost, none is counted twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from core_crm.kpis.models import DayFact, DirtyDay, FactDay
from core_crm.kpis.services import facts_refresh
from core_crm.kpis.services import refreshing as refreshing_module
from core_crm.voices.models import Voice
from tenants.context import serving_city
from tests.conftest import kst
from tests.support.voices import a_voice, an_office

NOW = kst("2026-12-01 10:00")
OLD = NOW - timedelta(days=90)


def in_busan(work: Callable[[], object]) -> threading.Thread:
    """Run it in a thread of its own, with a connection of its own."""

    def run() -> None:
        with serving_city("busan"):
            work()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def a_city_with_facts() -> None:
    an_office()
    a_voice(NOW)
    facts_refresh(now=NOW)


def an_old_voice_with_its_mark() -> None:
    with transaction.atomic():
        a_voice(NOW, received_at=OLD)
        DirtyDay.objects.create(day=OLD.date())


def test_a_mark_made_while_the_days_are_computed_waits_for_the_next_refresh(
    two_cities: tuple[str, str], monkeypatch
) -> None:
    with serving_city("busan"):
        a_city_with_facts()
        DirtyDay.objects.create(day=NOW.date())
    compute = refreshing_module._compute

    def slowly(days, *, now):
        in_busan(an_old_voice_with_its_mark).join(30)  # commits after the marks were taken
        return compute(days, now=now)

    with serving_city("busan"):
        monkeypatch.setattr(refreshing_module, "_compute", slowly)
        facts_refresh(now=NOW)
        monkeypatch.undo()
        assert list(DirtyDay.objects.values_list("day", flat=True)) == [OLD.date()]
        assert not FactDay.objects.filter(day=OLD.date()).exists()
        assert facts_refresh(now=NOW).days == 1
        assert DayFact.objects.get(day=OLD.date()).received == 1


def test_two_refreshes_at_once_wait_for_each_other_and_agree(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        a_city_with_facts()
        for _ in range(5):
            an_old_voice_with_its_mark()
    digests: list[str] = []
    threads = [
        in_busan(lambda full=full: digests.append(facts_refresh(now=NOW, full=full).digest))
        for full in (True, False, True, False)
    ]
    for thread in threads:
        thread.join(60)
    assert len(digests) == 4
    with serving_city("busan"):
        assert sum(DayFact.objects.values_list("received", flat=True)) == Voice.objects.count() == 6
        assert set(digests) == {facts_refresh(now=NOW, full=True).digest}


def test_a_refresh_holds_up_neither_readers_nor_those_who_mark(
    two_cities: tuple[str, str],
) -> None:
    with serving_city("busan"):
        a_city_with_facts()
        done: list[int] = []

        def read_and_mark() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
                done.append(DayFact.objects.count())
                DirtyDay.objects.create(day=date(2026, 1, 1))

        with transaction.atomic():
            facts_refresh(now=NOW, full=True)
            in_busan(read_and_mark).join(30)
        assert done == [1]
        assert DirtyDay.objects.count() == 1


def test_a_refresh_that_breaks_off_leaves_marks_and_facts_as_they_were(
    two_cities: tuple[str, str], monkeypatch
) -> None:
    class PowerCut(Exception):
        pass

    def cut(*_: object, **__: object) -> None:
        raise PowerCut

    with serving_city("busan"):
        a_city_with_facts()
        an_old_voice_with_its_mark()
        monkeypatch.setattr(refreshing_module, "_months", cut)
        with pytest.raises(PowerCut):
            facts_refresh(now=NOW)
        monkeypatch.undo()
        assert list(DirtyDay.objects.values_list("day", flat=True)) == [OLD.date()]
        assert DayFact.objects.count() == 1
        assert facts_refresh(now=NOW).days == 1
        assert DayFact.objects.count() == 2
