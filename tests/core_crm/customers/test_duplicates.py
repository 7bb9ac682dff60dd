"""Who may be the same person: found by any of what two records share, and who is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core_crm.audit.types import Actor
from core_crm.customers.models import Citizen, DuplicatePair, DuplicateSearch
from core_crm.customers.receivers import look_for_duplicates
from core_crm.customers.selectors import draft_of, possible_duplicates
from core_crm.customers.selectors.duplicates import ordered
from core_crm.customers.selectors.duplicates_judged import (
    found_in_crowd,
    judged,
    sharing_a_phone,
)
from core_crm.customers.services import (
    citizen_change,
    citizen_register,
    contact_add,
    household_join,
    pair_dismiss,
)
from core_crm.customers.services.crowds import citizens_copy
from core_crm.customers.services.dedupe import search_begin, search_begin_if_due, search_step
from core_crm.customers.types import CitizenDraft, PairState
from core_crm.imports.types import ImportFinished
from sodam.demo.crowd import Crowd
from tenants.isolation.ids import uuid7
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 09:00")
CLERK = Actor(id=uuid7(), name="박정비")
SKY = CitizenDraft(
    name="김하늘",
    phone="010-0000-4211",
    email="sky@citizen.example",
    address="부산광역시 해운대구 센텀중앙로 97",
    address_detail="101동 1203호",
    birth_on=date(1984, 2, 9),
    sex="F",
)


def register(draft: CitizenDraft = SKY, **changes: Any) -> Citizen:
    return citizen_register(replace(draft, **changes), by=None, now=NOW)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"name": "김 하늘", "email": ""}, {"name_spaced", "phone_same", "home_same"}),
        ({"name": "김하눌", "birth_on": None}, {"name_close", "phone_same"}),
        ({"name": "Kim Haneul", "address": "", "email": ""}, {"name_spelled", "birth_same"}),
        ({"phone": "010-0000-9999", "email": ""}, {"phone_other", "birth_same", "home_same"}),
        ({"birth_on": date(1984, 9, 2), "email": ""}, {"birth_swapped", "phone_same"}),
        ({"phone": "", "birth_on": None, "address": ""}, {"name_same", "email_same"}),
        ({"phone": "010-0000-9999", "email": "", "birth_on": None}, {"home_same", "name_same"}),
    ],
)
def test_somebody_written_down_again_is_found(
    busan: ServedCity, changes: dict[str, Any], codes: set[str]
) -> None:
    sky = register()
    found = possible_duplicates(replace(SKY, **changes))
    assert [one.citizen for one in found] == [sky]
    assert codes <= {one.code for one in found[0].evidence}
    assert 0.5 <= found[0].score < 1


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "김바다", "birth_on": date(2015, 3, 3), "sex": "M"},  # the child, by her phone
        {"name": "김구름"},  # a twin: all the same but the name
        {"phone": "010-0000-9999", "email": "", "address": "부산광역시 중구 중앙대로 1",
         "birth_on": date(1991, 5, 6)},  # a namesake
        {"name": "박별", "email": "", "birth_on": None, "address": ""},  # the number went on
    ],
)  # fmt: skip
def test_family_twins_and_namesakes_are_not(busan: ServedCity, changes: dict[str, Any]) -> None:
    register()
    assert possible_duplicates(replace(SKY, **changes)) == []


def test_a_contact_of_before_speaks_for_one_person(busan: ServedCity) -> None:
    sky = register()
    contact_add(sky, kind="mobile", value="010-0000-7777", by=None, now=NOW)
    found = possible_duplicates(CitizenDraft(name="김하늘", phone="010 0000 7777"))
    assert [one.citizen for one in found] == [sky]
    assert "contact_before" in {one.code for one in found[0].evidence}


def test_who_lives_together_is_rather_two(busan: ServedCity) -> None:
    sky, sister = register(), register(name="김하눌", birth_on=None)
    asked = draft_of(sister)
    assert [one.citizen for one in possible_duplicates(asked, but=sister.pk)] == [sky]
    household_join(sister, with_citizen=sky, by=None, now=NOW)
    found = possible_duplicates(asked, but=sister.pk)
    assert "family" in {one.code for each in found for one in each.evidence}


def test_nobody_is_found_by_nothing(busan: ServedCity) -> None:
    register(phone="", email="", birth_on=None, address="")
    assert possible_duplicates(CitizenDraft()) == []
    assert possible_duplicates(CitizenDraft(name="김하늘")) == []


def search(**options: Any) -> DuplicateSearch:
    under_way = search_begin(now=NOW, **options)
    while search_step(under_way, now=NOW):
        pass
    under_way.refresh_from_db()
    return under_way


def test_a_search_keeps_pairs_for_a_person_and_merges_nobody(busan: ServedCity) -> None:
    sky, again = register(), register(name="김 하늘")
    register(name="박별", phone="010-0000-1111", email="")
    done = search()
    pair = DuplicatePair.objects.get()
    assert (done.looked, done.found, done.done_at) == (3, 1, NOW)
    assert [pair.left, pair.right] == sorted([sky, again], key=lambda one: one.pk)
    assert pair.state == PairState.OPEN
    assert pair.score > 0.99
    assert {one["code"] for one in pair.evidence} >= {"name_spaced", "phone_same"}
    assert Citizen.objects.filter(state="active").count() == 3


def test_what_was_decided_stays_and_what_was_corrected_goes(busan: ServedCity) -> None:
    sky, again = register(), register(name="김 하늘")
    search()
    pair_dismiss(DuplicatePair.objects.get(), by=CLERK, now=NOW)
    assert search(is_whole=True).found == 0
    assert DuplicatePair.objects.get().state == PairState.DISMISSED

    other = register(name="김하눌", email="")
    assert search().found == 2
    draft = replace(draft_of(other), name="이바다", birth_on=date(1990, 1, 1))
    citizen_change(other, draft, by=None, now=NOW)
    search()
    assert [one.state for one in DuplicatePair.objects.all()] == [PairState.DISMISSED]
    assert {sky.pk, again.pk} == {DuplicatePair.objects.get().left_id,
                                  DuplicatePair.objects.get().right_id}  # fmt: skip


def test_a_search_looks_at_those_who_changed_since_the_last(busan: ServedCity) -> None:
    citizen_register(SKY, by=None, now=NOW - timedelta(days=1))
    search()
    later = NOW + timedelta(hours=3)
    citizen_register(replace(SKY, name="김 하늘"), by=None, now=later)
    begun = search_begin(now=later)
    assert begun.since == NOW
    assert search_begin(now=later).pk == begun.pk  # one at a time
    assert search_step(begun, now=later) is False
    begun.refresh_from_db()
    assert (begun.looked, begun.found) == (1, 1)


def test_it_is_looked_at_night_and_after_a_list(busan: ServedCity) -> None:
    assert search_begin_if_due(now=kst("2026-11-24 14:00")) is None
    night = search_begin_if_due(now=kst("2026-11-24 02:00"))
    assert night is not None
    assert not search_step(night, now=kst("2026-11-24 02:00"))
    assert search_begin_if_due(now=kst("2026-11-24 02:30")) is None
    brought = ImportFinished(
        batch_id=uuid7(), row_kind="citizens", created=3, updated=0, at=kst("2026-11-24 14:00")
    )
    look_for_duplicates(brought)
    assert search_begin_if_due(now=kst("2026-11-24 14:01")) is not None


def test_a_crowd_is_judged_by_its_truth(busan: ServedCity) -> None:
    """A small crowd: the goals are measured on a large one (`sodam dedupe evaluate`)."""
    crowd = Crowd("busan", 5, 3000)
    assert citizens_copy(crowd.rows()) == 3000
    truth = {ordered(one, two): kind for one, two, kind in crowd.pairs}
    verdict = judged(found_in_crowd("crowd-5"), truth)
    by_phone = judged(sharing_a_phone("crowd-5"), truth)
    assert verdict.true == len(truth) > 100
    assert verdict.precision >= 0.98
    assert verdict.recall >= 0.93
    assert verdict.precision > by_phone.precision
    assert verdict.recall > by_phone.recall
    assert not DuplicatePair.objects.exists()
