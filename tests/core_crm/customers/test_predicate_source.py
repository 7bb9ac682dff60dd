"""What conditions may ask of a citizen, answered from real histories."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from core_crm.common.predicates import PredicateError, read_predicate
from core_crm.customers.models import Citizen
from core_crm.customers.selectors import citizens_matching, happenings_since
from core_crm.customers.services import citizen_find_or_create, timeline_add
from tenants.isolation.ids import uuid7
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 09:00")


def a_citizen(name: str, *, phone: str = "", email: str = "", voices: tuple[str, ...] = ()) -> Any:
    citizen = citizen_find_or_create(name=name, phone=phone, email=email, now=NOW)
    for at in voices:
        happened(citizen, "voice_registered", kst(at))
    return citizen


def happened(citizen: Citizen, kind: str, at: datetime) -> None:
    timeline_add(citizen, kind=kind, about=("voice", uuid7()), summary="의견", at=at)


@pytest.fixture
def people(busan: ServedCity) -> dict[str, Any]:
    once = ("2026-11-20 10:00",)
    often = ("2025-01-05 10:00", "2026-03-05 10:00", "2026-11-23 23:59")
    return {
        "once": a_citizen("하나", phone="010-0000-0001", voices=once),
        "often": a_citizen("자주", email="often@citizen.example", voices=often),
        "never": a_citizen("아직", phone="010-0000-0003"),
        "nameless": a_citizen("", voices=once),
    }


@pytest.mark.parametrize(
    ("field", "op", "value", "who"),
    [
        ("has_phone", "eq", True, {"once", "never"}),
        ("has_email", "eq", True, {"often"}),
        ("is_anonymous", "eq", True, {"nameless"}),
        ("voices_count", "ge", 2, {"often"}),
        ("voices_count", "eq", 0, {"never"}),
        ("first_voice_at", "within_days", 365, {"once", "nameless"}),
        ("last_voice_at", "within_days", 1, {"often"}),
        ("last_voice_at", "isnull", True, {"never"}),
        ("last_answer_at", "isnull", True, {"once", "often", "never", "nameless"}),
        ("preferred_channel", "eq", "email", {"often", "nameless"}),
        ("language", "ne", "ko", set()),
    ],
)
def test_a_condition_finds_those_of_whom_it_holds(
    people: dict[str, Any], field: str, op: str, value: object, who: set[str]
) -> None:
    condition = read_predicate({"op": op, "field": field, "value": value})  # type: ignore[dict-item]
    found = set(citizens_matching(condition, today=NOW.date()).values_list("id", flat=True))
    assert {name for name, citizen in people.items() if citizen.id in found} == who


def test_a_field_nobody_keeps_is_refused_with_what_was_meant(busan: ServedCity) -> None:
    condition = read_predicate({"op": "ge", "field": "voice_count", "value": 2})
    with pytest.raises(PredicateError, match="voices_count"):
        citizens_matching(condition, today=NOW.date())


def test_what_happened_is_counted_among_the_people_asked_for(people: dict[str, Any]) -> None:
    with_phone = Citizen.objects.exclude(phone="")
    since = kst("2026-11-01 00:00")
    assert happenings_since("voice_registered", since, among=with_phone).count() == 1
    assert happenings_since("voice_registered", since, among=Citizen.objects.all()).count() == 3
    assert happenings_since("voice_answered", since, among=with_phone).count() == 0
