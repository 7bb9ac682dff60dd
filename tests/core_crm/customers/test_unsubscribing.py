"""The way out of advertising: shown by looking, taken by acting, undone within the hour."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core_crm.customers.errors import UnsubscribeLinkInvalid
from core_crm.customers.models import ConsentChange
from core_crm.customers.selectors import has_consent
from core_crm.customers.services import (
    citizen_register,
    consent_set,
    unsubscribe,
    unsubscribe_token,
    unsubscribe_undo,
    way_out,
)
from core_crm.customers.types import CitizenDraft
from tenants.context import serving_city
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 10:00")
LATER = NOW + timedelta(days=400)


def agreeing(*, night: bool = True) -> Any:
    draft = CitizenDraft(name="김하늘", phone="010-0000-4211")
    citizen = citizen_register(draft, by=None, now=NOW)
    for purpose in ("marketing", "marketing_night")[: 1 + night]:
        consent_set(citizen, purpose, "sms", True, source="consent_centre", now=NOW)
    consent_set(citizen, "service", "sms", True, source="consent_centre", now=NOW)
    return citizen


def agrees(citizen: Any, purpose: str) -> bool:
    return has_consent(citizen.pk, purpose, "sms", today=LATER.date())


def test_looking_changes_nothing_and_acting_takes_all_advertising_back(busan: ServedCity) -> None:
    citizen = agreeing()
    token = unsubscribe_token(citizen.pk, "sms")
    assert len(token) == 45
    assert way_out(token, now=LATER).is_given
    assert agrees(citizen, "marketing")
    assert not unsubscribe(token, now=LATER).is_given
    assert not agrees(citizen, "marketing")
    assert not agrees(citizen, "marketing_night")
    assert agrees(citizen, "service")


def test_twice_is_once(busan: ServedCity) -> None:
    token = unsubscribe_token(agreeing().pk, "sms")
    unsubscribe(token, now=LATER)
    before = ConsentChange.objects.count()
    unsubscribe(token, now=LATER)
    assert ConsentChange.objects.count() == before


def test_undo_gives_back_what_was_taken_and_only_within_the_hour(busan: ServedCity) -> None:
    citizen = agreeing()
    token = unsubscribe_token(citizen.pk, "sms")
    assert unsubscribe(token, now=LATER).may_undo
    assert unsubscribe_undo(token, now=LATER + timedelta(minutes=59)).is_given
    assert agrees(citizen, "marketing_night")
    unsubscribe(token, now=LATER)
    late = LATER + timedelta(hours=1)
    assert not unsubscribe_undo(token, now=late).is_given


def test_undo_invents_no_consent(busan: ServedCity) -> None:
    citizen = agreeing(night=False)
    token, other = (unsubscribe_token(citizen.pk, one) for one in ("sms", "email"))
    unsubscribe(token, now=LATER)
    unsubscribe_undo(token, now=LATER)
    assert not agrees(citizen, "marketing_night")
    assert not unsubscribe_undo(other, now=LATER).is_given


def test_a_link_is_of_one_city_and_cannot_be_turned(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        token = unsubscribe_token(agreeing().pk, "sms")
        wrong = [token[:22] + "e" + token[23:], token[:-1], "", "가", "B" + token[1:]]
        for one in wrong:
            with pytest.raises(UnsubscribeLinkInvalid):
                way_out(one, now=LATER)
    with serving_city("seoul"), pytest.raises(UnsubscribeLinkInvalid):
        way_out(token, now=LATER)
