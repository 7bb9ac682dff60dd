"""Two records side by side: compared while covered, chosen field by field, taken apart again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from core_crm.audit.models import Disclosure
from core_crm.audit.types import Actor
from core_crm.customers.models import Citizen, DuplicatePair, Merge
from core_crm.customers.services import citizen_register, consent_set, pair_open
from core_crm.customers.types import CitizenDraft, PairState
from tenants.isolation.ids import uuid7
from tests.conftest import ServedCity
from tests.sodam.staff import kit

NOW = datetime.now(UTC)
BY = Actor(id=uuid7(), name="박정비")
LIST = "/staff/customers/duplicates"
OLD = CitizenDraft(name="김하늘", phone="010-0000-4211", needs=("large_print",))
NEW = CitizenDraft(
    name="김하늘",
    phone="010-0000-5211",
    email="sky@citizen.example",
    birth_on=date(1984, 2, 29),
    needs=("sign_language",),
)


@pytest.fixture
def steward(busan: ServedCity) -> Client:
    return kit.logged_in(kit.official("steward"))


@pytest.fixture
def pair(steward: Client) -> Any:
    """Two who may be one; `left` was known first."""
    old, new = (citizen_register(draft, by=None, now=NOW) for draft in (OLD, NEW))
    found = pair_open(old, new, by=BY, now=NOW)
    found.evidence = [{"code": "name_same", "weight": 6}, {"code": "phone_other", "weight": -1}]
    found.save()
    return found


def page_of(pair: Any) -> str:
    return f"/staff/customers/merge/{pair.id}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_list_says_in_words_what_speaks_for_and_against_and_covers_both(
    steward: Client, pair: Any
) -> None:
    page = text(steward.get(LIST))
    assert "이름이 같음" in page
    assert "전화가 다름" in page
    assert page.count("김*늘") >= 2
    assert not any(known in page for known in ("김하늘", "0000-4211", NEW.email))
    assert page_of(pair) in page
    assert Disclosure.objects.count() == 0


def test_who_compares_two_is_noted_at_both(steward: Client, pair: Any) -> None:
    page = text(steward.get(page_of(pair)))
    assert "김하늘" not in page
    noted = Disclosure.objects.values_list("subject_id", "action")
    assert set(noted) == {(pair.left_id, "customer.viewed"), (pair.right_id, "customer.viewed")}


def test_what_is_covered_is_compared_for_a_reason(steward: Client, pair: Any) -> None:
    refused = steward.post(f"{page_of(pair)}/unmask", {"reason": "봄"})
    assert refused.status_code == 422
    assert "김하늘" not in text(refused)
    opened = text(steward.post(f"{page_of(pair)}/unmask", {"reason": "같은 사람인지 확인"}))
    assert "010-0000-4211" in opened
    assert "010-0000-5211" in opened
    unmasked = Disclosure.objects.filter(action="customer.unmasked", reason="같은 사람인지 확인")
    assert unmasked.count() == 2


def test_numbers_that_look_alike_while_covered_are_said_to_differ(
    steward: Client, pair: Any
) -> None:
    pair.right.phone = "+821000014211"
    pair.right.save()
    page = text(steward.get(page_of(pair)))
    assert "가린 부분이 다릅니다" in page


def test_each_field_is_chosen_and_the_strictest_consent_is_shown_before(
    steward: Client, pair: Any
) -> None:
    for one, is_given in ((pair.left, True), (pair.right, False)):
        consent_set(one, "survey", "sms", is_given, source="consent_centre", now=NOW)
    assert "거부" in text(steward.get(page_of(pair)))
    answer = steward.post(page_of(pair), {"phone": "right", "needs": ""})
    assert (answer.status_code, answer.url) == (303, f"/staff/customers/{pair.left_id}")
    kept = Citizen.objects.get(pk=pair.left_id)
    assert (kept.phone, kept.email) == ("+821000005211", NEW.email)
    assert kept.needs == ["large_print", "sign_language"]
    assert not kept.consents.get(purpose="survey").is_given
    assert steward.get(page_of(pair)).url == f"/staff/customers/{pair.left_id}"
    assert steward.get(f"/staff/customers/{pair.right_id}").url == answer.url


def test_the_other_record_may_be_the_one_that_stays(steward: Client, pair: Any) -> None:
    assert 'name="keep" value="right"' in text(steward.get(f"{page_of(pair)}?keep=right"))
    answer = steward.post(page_of(pair), {"keep": "right"})
    assert answer.url == f"/staff/customers/{pair.right_id}"
    assert Merge.objects.get().alias_id == pair.left_id


def test_a_merge_is_undone_from_its_list(steward: Client, pair: Any) -> None:
    steward.post(page_of(pair), {"reason": "전화로 확인"})
    merged = text(steward.get(f"{LIST}?view=merged"))
    assert "전화로 확인" in merged
    merge = Merge.objects.get()
    answer = steward.post(f"/staff/customers/merges/{merge.id}/undo", {"view": "merged"})
    assert answer.url == f"{LIST}?view=merged"
    assert set(Citizen.objects.values_list("state", flat=True)) == {"active"}
    assert page_of(pair) in text(steward.get(LIST))
    again = steward.post(f"/staff/customers/merges/{merge.id}/undo", follow=True)
    assert "이미 되돌린 병합입니다" in text(again)


def test_who_are_two_are_not_suggested_again_unless_somebody_looks_again(
    steward: Client, pair: Any
) -> None:
    steward.post(f"{page_of(pair)}/dismiss")
    assert page_of(pair) not in text(steward.get(LIST))
    assert "김*늘" in text(steward.get(f"{LIST}?view=two"))
    steward.post(f"{page_of(pair)}/reopen", {"view": "two"})
    assert DuplicatePair.objects.get().state == PairState.OPEN


def test_a_third_of_the_same_name_and_number_stands_in_the_way_and_is_named(
    steward: Client, pair: Any
) -> None:
    citizen_register(replace(OLD, email=NEW.email), by=None, now=NOW)
    answer = steward.post(page_of(pair), {})
    assert answer.status_code == 409
    assert "그 고객과 먼저 합쳐" in text(answer)
    assert Merge.objects.count() == 0


def test_an_empty_list_says_what_will_stand_there(steward: Client) -> None:
    for view in ("", "?view=two", "?view=merged", "?view=made_up"):
        assert "없습니다" in text(steward.get(LIST + view))
