"""Writing customers down, changing them, and finding them again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core_crm.common.predicates import read_predicate
from core_crm.customers.errors import CustomerKnownAlready, CustomerNotActive, CustomerNotValid
from core_crm.customers.models import Citizen, Household
from core_crm.customers.selectors import (
    citizen_card,
    citizen_search,
    citizens_matching,
    draft_of,
    organisation_search,
    own_ids,
    terms_of,
    timeline_page,
)
from core_crm.customers.services import (
    citizen_change,
    citizen_find_or_create,
    citizen_register,
    contact_add,
    dated_fact_set,
    household_join,
    household_leave,
    membership_add,
    occasion_register,
    organisation_register,
    participation_note,
    relation_add,
    timeline_add,
)
from core_crm.customers.types import CitizenDraft, CustomerState, OrganisationDraft
from tenants.isolation.ids import uuid7
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 09:00")
TODAY = date(2026, 11, 24)
SKY = CitizenDraft(
    name="김하늘",
    phone="010-0000-4211",
    email="sky@citizen.example",
    address="부산광역시 해운대구 센텀중앙로 97",
    birth_on=date(1984, 2, 29),
    sex="F",
    needs=("large_print",),
)


def register(draft: CitizenDraft = SKY, **changes: Any) -> Citizen:
    return citizen_register(replace(draft, **changes), by=None, now=NOW)


def merged(alias: Citizen, survivor: Citizen) -> None:
    alias.state, alias.merged_into = CustomerState.MERGED, survivor
    alias.save()


def test_a_citizen_is_kept_in_one_form_with_the_district_of_the_address(busan: ServedCity) -> None:
    citizen = register()
    assert (citizen.phone, citizen.district_code) == ("+821000004211", "2635000000")
    assert draft_of(citizen) == replace(
        SKY, phone="+821000004211", district_code="2635000000", preferred_channel="sms"
    )


def test_who_moves_gets_the_new_district_and_the_search_follows(busan: ServedCity) -> None:
    citizen = register()
    moved = replace(draft_of(citizen), address="부산광역시 수영구 광안로 1")
    citizen_change(citizen, moved, by=None, now=NOW)
    citizen.refresh_from_db()
    assert (citizen.district_code, citizen.changed_at) == ("2650000000", NOW)
    assert citizen_search("광안로") == [citizen]
    assert citizen_search("센텀중앙로") == []


def test_the_same_name_with_the_same_contacts_is_known(busan: ServedCity) -> None:
    register()
    with pytest.raises(CustomerKnownAlready):
        register()


@pytest.mark.parametrize(
    "query",
    [
        *("김하늘", "하늘", "ㄱㅎㄴ", "010-0000-4211", "0000-4211", "4211", "김하늘 4211"),
        *("SKY@citizen.example", "센텀중앙로 97", "해운대구"),
    ],
)
def test_a_citizen_is_found_by_what_people_tell(busan: ServedCity, query: str) -> None:
    citizen = register()
    register(CitizenDraft(name="이바다", phone="01000009999", address="부산광역시 중구 중앙대로 1"))
    assert citizen_search(query) == [citizen]


def test_a_house_of_one_digit_is_found_by_its_whole_address(busan: ServedCity) -> None:
    """A single sign was looked for in names only."""
    citizen = register(
        CitizenDraft(name="이바다", phone="01000009999", address="부산광역시 중구 중앙대로 7")
    )
    register(CitizenDraft(name="박하늘", phone="01000009998", address="부산광역시 중구 중앙대로 9"))
    assert citizen_search("중구 중앙대로 7") == [citizen]


def test_pages_of_a_search_follow_each_other_without_gaps(busan: ServedCity) -> None:
    namesakes = [register(CitizenDraft(name="김하늘", phone=f"0100001{n:04d}")) for n in range(4)]
    longer = [register(CitizenDraft(name=f"김하늘{n}", phone="01000020000")) for n in "가나다"]
    seen: list[Citizen] = []
    while page := citizen_search("김하늘", limit=2, after=seen[-1].pk if seen else None):
        seen += page
    assert seen == [*namesakes, *reversed(longer)]


def test_a_further_contact_finds_its_owner(busan: ServedCity) -> None:
    citizen = register()
    contact_add(citizen, kind="home", value="051-000-1234", by=None, now=NOW)
    assert citizen_search("051-000-1234") == [citizen]


def test_an_alias_is_found_as_its_survivor_and_lends_it_its_history(busan: ServedCity) -> None:
    survivor = register()
    alias = register(CitizenDraft(name="김하늘", phone="01000001111"))
    timeline_add(alias, kind="voice_registered", about=("voice", uuid7()), summary="의견", at=NOW)
    merged(alias, survivor)
    assert own_ids(survivor) == (survivor.pk, alias.pk)
    assert citizen_search("01000001111") == [survivor]
    assert citizen_find_or_create(name="김하늘", phone="01000001111", now=NOW) == survivor
    assert len(timeline_page(own_ids(survivor)).entries) == 1
    assert who("voices_count", "eq", 1) == {survivor.pk}
    with pytest.raises(CustomerNotActive):
        citizen_change(alias, SKY, by=None, now=NOW)


def test_the_timeline_is_read_page_by_page(busan: ServedCity) -> None:
    citizen = register()
    for hour in range(5):
        at = kst(f"2026-11-23 1{hour}:00")
        timeline_add(citizen, kind="noted", about=("voice", uuid7()), summary=f"{hour}", at=at)
    first = timeline_page([citizen.pk], limit=3)
    rest = timeline_page([citizen.pk], limit=3, before=first.before)
    assert [one.summary for one in (*first.entries, *rest.entries)] == ["4", "3", "2", "1", "0"]
    assert rest.before == ""


def who(field: str, op: str, value: object) -> set[Any]:
    condition = read_predicate({"op": op, "field": field, "value": value})  # type: ignore[dict-item]
    return set(citizens_matching(condition, today=TODAY).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("field", "op", "value"),
    [
        ("age", "eq", 42),
        ("sex", "eq", "F"),
        ("district", "eq", "2635000000"),
        ("need.large_print", "eq", True),
        ("moved_in_on", "within_days", 15),
        ("visits_count", "eq", 1),
        ("visited.museum", "eq", True),
        ("last_visit_on", "eq", "2026-11-20"),
        ("represents_organisation", "eq", True),
        ("has_address", "eq", True),
    ],
)
def test_conditions_ask_what_is_known_of_a_citizen(
    busan: ServedCity, field: str, op: str, value: object
) -> None:
    citizen = register()
    register(CitizenDraft(name="이바다", phone="01000009999"))
    dated_fact_set(
        citizen, "moved_in_on", date(2026, 11, 10), source="전입신고", basis="주민등록법", now=NOW
    )
    _visit(citizen)
    body = organisation_register(OrganisationDraft(name="소담상회"), by=None, now=NOW)
    membership_add(body, citizen, role="representative", by=None, now=NOW)
    assert who(field, op, value) == {citizen.pk}


def _visit(citizen: Citizen) -> None:
    museum = occasion_register(
        name="소담박물관",
        kind="museum",
        starts_on=date(2026, 11, 1),
        ends_on=date(2026, 11, 30),
        source="예약",
        by=None,
        now=NOW,
    )
    for _again in range(2):
        participation_note(museum, citizen, on=date(2026, 11, 20), now=NOW)


def test_a_card_holds_all_in_as_many_statements_however_much_there_is(
    busan: ServedCity, django_assert_max_num_queries: Any
) -> None:
    citizen, other = register(), register(CitizenDraft(name="김바다", phone="01000000002"))
    household_join(other, with_citizen=citizen, by=None, now=NOW)
    relation_add(citizen, other, kind="guardian", by=None, now=NOW)
    _visit(citizen)
    with django_assert_max_num_queries(12):
        card = citizen_card(citizen)
    assert [place.citizen for place in card.household] == [other]
    assert [relation.other for relation in card.relations] == [other]
    assert len(card.participations) == 1


def test_an_empty_household_goes(busan: ServedCity) -> None:
    citizen = register()
    household_join(citizen, by=None, now=NOW)
    assert household_leave(citizen, by=None, now=NOW)
    assert not household_leave(citizen, by=None, now=NOW)
    assert Household.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "source", "field"), [("unknown_on", "신고", "kind"), ("moved_in_on", " ", "source")]
)
def test_a_day_says_whence_it_is_known(
    busan: ServedCity, kind: str, source: str, field: str
) -> None:
    with pytest.raises(CustomerNotValid) as refused:
        dated_fact_set(register(), kind, TODAY, source=source, basis="주민등록법", now=NOW)
    assert refused.value.facts == {"field": field}


def test_bodies_are_found_by_number_name_and_phone(busan: ServedCity) -> None:
    draft = OrganisationDraft(name="소담어린이집", phone="0510001234", registration_no="1234567890")
    body = organisation_register(draft, by=None, now=NOW)
    for query in ("123-45-67890", "어린이집", "051-000-1234"):
        assert organisation_search(query) == [body]


def test_terms_hold_pairs_initials_and_last_digits_once() -> None:
    assert terms_of("김하늘", "하늘로 1", "+821000004211") == [
        *["김하", "하늘", "ㄱㅎ", "ㅎㄴ", "늘로", "로1", "#4211"]
    ]
