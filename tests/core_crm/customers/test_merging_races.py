"""Two stewards decide at once, in two connections: one wins, the other is told."""

from __future__ import annotations

from core_crm.audit.types import Actor
from core_crm.customers.errors import MergeNotPossible
from core_crm.customers.models import Citizen, Merge
from core_crm.customers.services import citizen_register, citizens_merge, merge_undo
from core_crm.customers.types import CitizenDraft
from tenants.context import serving_city
from tenants.isolation.ids import uuid7
from tests.conftest import kst
from tests.core_crm.voices.test_races import Act, at_once

NOW = kst("2026-12-01 10:00")
BY = Actor(id=uuid7(), name="박정비")


def three() -> list[Citizen]:
    with serving_city("busan"):
        drafts = [CitizenDraft(name="김하늘", phone=f"0100000{n:04}") for n in range(3)]
        return [citizen_register(draft, by=None, now=NOW) for draft in drafts]


def merge(one: Citizen, other: Citizen) -> Act:
    return lambda: citizens_merge(one, other, chosen={}, by=BY, now=NOW)


def states() -> dict[str, int]:
    with serving_city("busan"):
        found = list(Citizen.objects.values_list("state", flat=True))
    return {state: found.count(state) for state in set(found)}


def test_of_two_merges_that_meet_one_wins(two_cities: tuple[str, str]) -> None:
    first, second, third = three()
    refused = at_once(merge(first, second), merge(second, first), merge(second, third))
    assert all(isinstance(one, MergeNotPossible) for one in refused if one is not None)
    with serving_city("busan"):
        merges = Merge.objects.count()
        survivors = set(Citizen.objects.exclude(merged_into=None).values_list("merged_into__state"))
    assert merges == refused.count(None)
    assert states() == {"active": 3 - merges, "merged": merges}
    assert survivors == {("active",)}


def test_a_merge_is_undone_once(two_cities: tuple[str, str]) -> None:
    first, second, _third = three()
    with serving_city("busan"):
        done = citizens_merge(first, second, chosen={}, by=BY, now=NOW)
    refused = at_once(*[lambda: merge_undo(done, by=BY, now=NOW)] * 2)
    assert sorted(isinstance(one, MergeNotPossible) for one in refused) == [False, True]
    assert states() == {"active": 3}
