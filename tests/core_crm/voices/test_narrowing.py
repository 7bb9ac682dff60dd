"""Conditions that a figure puts on a list of voices."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from core_crm.voices.models import Voice
from core_crm.voices.selectors import inbox_size
from core_crm.voices.selectors.narrowing import narrowed
from core_crm.voices.services import voice_answer, voice_withdraw
from core_crm.voices.types import InboxFilters
from tests.conftest import kst
from tests.support.voices import CIVIL, ROAD, Office, a_voice, a_voice_in_work

JUNE = {"closed_from": date(2026, 6, 1), "closed_before": date(2026, 7, 1)}
LAST_MOMENT, NEXT_DAY = kst("2026-06-30 23:59"), kst("2026-07-01 00:00")


def found(**filters: Any) -> set[str]:
    return {voice.ref for voice in Voice.objects.filter(narrowed(InboxFilters(**filters)))}


def closed(office: Office, at: Any) -> Voice:
    voice = a_voice_in_work(office, kst("2026-06-29 10:00"))
    return voice_answer(voice, body="고쳤습니다.", by=office.officer, now=at)


def test_a_month_ends_at_midnight_in_seoul(office: Office) -> None:
    last, _next = closed(office, LAST_MOMENT), closed(office, NEXT_DAY)
    assert found(**JUNE) == {last.ref}


def test_settled_is_answered_or_refused_and_nothing_else(office: Office) -> None:
    answered = closed(office, LAST_MOMENT)
    withdrawn = voice_withdraw(a_voice_in_work(office, LAST_MOMENT), now=LAST_MOMENT)
    running = a_voice_in_work(office, LAST_MOMENT)
    assert found(is_settled=True) == {answered.ref}
    assert found(is_settled=False) == {withdrawn.ref, running.ref}


def test_a_department_is_itself_a_bureau_all_below_and_a_dash_none(office: Office) -> None:
    road = a_voice_in_work(office, LAST_MOMENT)
    Voice.objects.filter(id=a_voice(LAST_MOMENT).id).update(department=None)
    nobodys = Voice.objects.get(department=None)
    assert found(department_code=ROAD) == found(under_department="a1") == {road.ref}
    assert found(department_code="a1") == found(department_code=CIVIL) == set()
    assert found(department_code="-") == {nobodys.ref}
    assert found(under_department="no_such_code") == set()


def test_ids_that_another_room_found_narrow_too(office: Office) -> None:
    one, _other = closed(office, LAST_MOMENT), closed(office, LAST_MOMENT)
    assert found(among=[one.id, uuid4()]) == {one.ref}
    assert found(among=[]) == set()


@pytest.mark.parametrize("nothing", [None, {}, {"no_such_filter": "x"}, InboxFilters()])
def test_nothing_set_narrows_nothing(office: Office, nothing: Any) -> None:
    voice = closed(office, LAST_MOMENT)
    assert [one.ref for one in Voice.objects.filter(narrowed(nothing))] == [voice.ref]


def test_the_size_of_a_list_is_what_this_official_may_see_of_it(office: Office) -> None:
    closed(office, LAST_MOMENT)
    filters = InboxFilters(**JUNE)
    assert inbox_size(office.officer, filters=filters) == 1
    assert inbox_size(office.stranger, filters=filters) == 0
