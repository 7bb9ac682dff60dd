"""Consent per purpose and channel: asked by itself, proven, confirmed, taken back in one act."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from core_crm.customers.errors import ConsentNotPossible
from core_crm.customers.models import Citizen, ConsentChange
from core_crm.customers.selectors import consenting, consents_of, has_consent
from core_crm.customers.services import (
    citizen_find_or_create,
    consent_set,
    consents_merge,
    consents_withdraw,
)
from tests.conftest import ServedCity, kst

NOW, TODAY = kst("2026-11-24 10:00"), date(2026, 11, 24)
DAY, NIGHT = "marketing", "marketing_night"


def somebody(name: str = "김철수", phone: str = "010-1234-4211") -> Citizen:
    return citizen_find_or_create(name=name, phone=phone, now=NOW)


def agree(citizen: Citizen, purpose: str = DAY, is_given: bool = True) -> None:
    consent_set(citizen, purpose, "sms", is_given, source="consent_centre", now=NOW)


def test_nobody_is_written_to_without_a_yes(busan: ServedCity) -> None:
    citizen = somebody()
    assert not has_consent(citizen.id, DAY, "sms", today=TODAY)
    agree(citizen)
    assert has_consent(citizen.id, DAY, "sms", today=TODAY)
    assert not has_consent(citizen.id, DAY, "email", today=TODAY)
    assert Citizen.objects.filter(consenting(DAY, "sms", today=TODAY)).get() == citizen


def test_the_text_that_was_read_is_kept(busan: ServedCity) -> None:
    citizen = somebody()
    agree(citizen)
    change = ConsentChange.objects.get()
    assert (change.text_code, len(change.text_digest)) == ("marketing", 64)


def test_advertising_ends_when_it_is_not_confirmed_in_two_years(busan: ServedCity) -> None:
    citizen = somebody()
    agree(citizen)
    last = TODAY + timedelta(days=730)
    assert has_consent(citizen.id, DAY, "sms", today=last)
    assert not has_consent(citizen.id, DAY, "sms", today=last + timedelta(days=1))


def test_night_needs_day_and_ends_with_it(busan: ServedCity) -> None:
    citizen = somebody()
    with pytest.raises(ConsentNotPossible):
        agree(citizen, NIGHT)
    agree(citizen)
    agree(citizen, NIGHT)
    agree(citizen, DAY, False)
    assert [one.is_given for one in consents_of(citizen)] == [False, False]


def test_everything_is_taken_back_in_one_act(busan: ServedCity) -> None:
    citizen = somebody()
    agree(citizen)
    agree(citizen, "survey")
    assert consents_withdraw(citizen, source="consent_centre", now=NOW) == 2
    assert not has_consent(citizen.id, "survey", "sms", today=TODAY)


def test_an_official_says_why(busan: ServedCity) -> None:
    with pytest.raises(ConsentNotPossible):
        consent_set(somebody(), DAY, "sms", True, source="official", now=NOW)


@pytest.mark.parametrize("first_says_no", [True, False])
def test_of_two_who_are_one_the_no_counts(busan: ServedCity, first_says_no: bool) -> None:
    one, other = somebody(), somebody(phone="010-9876-4211")
    agree(one, DAY, not first_says_no)
    agree(other, DAY, first_says_no)
    consents_merge(one, other, by_name="담당자", now=NOW)
    assert not has_consent(one.id, DAY, "sms", today=TODAY)


def test_who_asked_us_to_stop_is_not_written_to(busan: ServedCity) -> None:
    citizen = somebody()
    agree(citizen)
    Citizen.objects.filter(pk=citizen.pk).update(is_restricted=True)
    assert not has_consent(citizen.id, DAY, "sms", today=TODAY)


def test_the_proof_is_never_rewritten(busan: ServedCity) -> None:
    agree(somebody())
    with pytest.raises(ProgrammingError, match="not rewritten"), transaction.atomic():
        ConsentChange.objects.update(is_given=False)
