"""Recognising citizens, and their history."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from core_crm.customers.errors import CitizenNotFound, ContactNotReadable
from core_crm.customers.models import Citizen
from core_crm.customers.selectors import (
    citizen_counts,
    citizen_get,
    citizen_list_by_contact,
    timeline_of,
)
from core_crm.customers.services import citizen_find_or_create, timeline_add
from tenants.context import serving_city
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 10:00")
PHONE = "010-0000-1234"


def meet(name: str = "김하늘", **contact: Any) -> Citizen:
    return citizen_find_or_create(name=name, now=NOW, **contact)


def test_a_new_citizen_is_kept_in_one_form(busan: ServedCity) -> None:
    citizen = meet(" 김  하늘 ", phone=PHONE, email=" Sky@Citizen.Example ", language="en")
    assert (citizen.name, citizen.phone) == ("김 하늘", "+821000001234")
    assert (citizen.email, citizen.preferred_channel) == ("sky@citizen.example", "sms")
    assert citizen_get(citizen.id) == citizen


@pytest.mark.parametrize(
    ("wanted", "contact", "channel"),
    [
        ("email", {"phone": PHONE, "email": "a@citizen.example"}, "email"),
        ("email", {"phone": PHONE}, "sms"),
        ("sms", {"email": "a@citizen.example"}, "email"),
        ("pigeon", {"phone": PHONE}, "sms"),
    ],
)
def test_the_wanted_channel_counts_where_it_reaches_the_citizen(
    busan: ServedCity, wanted: str, contact: dict[str, str], channel: str
) -> None:
    assert meet(**contact, preferred_channel=wanted).preferred_channel == channel


@pytest.mark.parametrize("phone", ["01000001234", "+82 10-0000-1234", "010.0000.1234"])
def test_the_same_name_and_phone_is_the_same_person(busan: ServedCity, phone: str) -> None:
    assert meet(phone=PHONE) == meet(phone=phone)


@pytest.mark.parametrize(
    ("known", "further"),
    [
        ({"phone": PHONE}, {"email": "sky@citizen.example"}),
        ({"email": "sky@citizen.example"}, {"phone": PHONE}),
    ],
)
def test_a_further_contact_somebody_only_claims_is_not_written_into_a_known_record(
    busan: ServedCity, known: dict[str, str], further: dict[str, str]
) -> None:
    """Whoever knew a name and a number could have that person's letters sent to themselves."""
    victim = meet(**known)
    claimed = meet(**known, **further)
    assert claimed != victim
    victim.refresh_from_db()
    assert (bool(victim.phone), bool(victim.email)) == ("phone" in known, "email" in known)
    assert meet(**known) == victim
    assert meet(**known, **further) == claimed


def test_an_official_who_has_seen_the_person_may_add_a_contact(busan: ServedCity) -> None:
    first = meet(email="sky@citizen.example")
    assert first.preferred_channel == "email"
    again = meet(email="SKY@citizen.example", phone=PHONE, is_verified=True)
    assert again == first
    first.refresh_from_db()
    assert first.phone == "+821000001234"
    assert meet(phone=PHONE) == first


def test_not_even_an_official_overwrites_a_contact_we_have(busan: ServedCity) -> None:
    first = meet(phone=PHONE, email="old@citizen.example")
    other = meet(phone=PHONE, email="new@citizen.example", is_verified=True)
    assert (other != first, other.email) == (True, "new@citizen.example")
    first.refresh_from_db()
    assert first.email == "old@citizen.example"


def test_a_family_sharing_a_phone_stays_a_family(busan: ServedCity) -> None:
    assert meet("김하늘", phone=PHONE) != meet("김바다", phone=PHONE)
    assert citizen_list_by_contact(phone="+821000001234").count() == 2


def test_nobody_is_recognised_by_name_alone(busan: ServedCity) -> None:
    known = meet(phone=PHONE)
    nameless = [meet(), meet()]
    assert len({known.id, *(citizen.id for citizen in nameless)}) == 3
    assert all(citizen.is_anonymous for citizen in nameless)
    assert citizen_list_by_contact().count() == 0


def test_two_records_of_one_name_are_never_merged_silently(busan: ServedCity) -> None:
    by_phone, by_email = meet(phone=PHONE), meet(email="sky@citizen.example")
    assert meet(phone=PHONE, email="sky@citizen.example", is_verified=True) == by_phone
    by_email.refresh_from_db()
    assert (by_email.phone, by_email.email) == ("", "sky@citizen.example")


@pytest.mark.parametrize(
    ("contact", "field"),
    [({"phone": "모름"}, "phone"), ({"phone": "12"}, "phone"), ({"email": "sky@"}, "email")],
)
def test_a_contact_that_cannot_be_one_is_refused(
    busan: ServedCity, contact: dict[str, str], field: str
) -> None:
    with pytest.raises(ContactNotReadable) as refused:
        meet(**contact)
    assert refused.value.facts == {"field": field}


def test_the_database_wants_a_contact_and_phones_in_one_form(busan: ServedCity) -> None:
    citizen = meet(phone=PHONE)
    for wrong in ({"phone": ""}, {"phone": PHONE}, {"language": "xx"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Citizen.objects.filter(pk=citizen.pk).update(**wrong)


def at_once(*visits: dict[str, Any]) -> list[Citizen]:
    """Each visit in a thread of its own."""
    met: list[Citizen] = []

    def counter(visit: dict[str, Any]) -> None:
        with serving_city("busan"):
            met.append(meet(**visit))
            connection.close()

    counters = [threading.Thread(target=counter, args=[visit]) for visit in visits]
    for thread in counters:
        thread.start()
    for thread in counters:
        thread.join()
    assert len(met) == len(visits)
    return met


def test_two_counters_meeting_the_same_person_at_once_make_one(
    two_cities: tuple[str, str],
) -> None:
    assert len({citizen.id for citizen in at_once(*[{"phone": PHONE}] * 4)}) == 1


def test_learning_and_claiming_the_same_contact_at_once_breaks_neither(
    two_cities: tuple[str, str],
) -> None:
    """The second of two writers got an IntegrityError, and the citizen an error page."""
    for n in range(8):
        claim = {"name": f"김하늘{n}", "phone": PHONE, "email": "sky@citizen.example"}
        seen = claim | {"is_verified": True}
        with serving_city("busan"):
            meet(claim["name"], phone=PHONE)
        assert len({citizen.id for citizen in at_once(claim, seen, claim, seen)}) == 1


def test_a_citizen_nobody_knows_is_said_so(busan: ServedCity) -> None:
    with pytest.raises(CitizenNotFound):
        citizen_get(uuid4())


def test_the_timeline_shows_the_newest_first_and_each_thing_once(busan: ServedCity) -> None:
    citizen, voice = meet(phone=PHONE), ("voice", uuid4())
    for _ in range(2):
        timeline_add(citizen, kind="voice_received", about=voice, summary="접수", at=NOW)
    timeline_add(
        citizen, kind="voice_answered", about=voice, summary="답변", at=NOW + timedelta(days=1)
    )
    assert [entry.summary for entry in timeline_of(citizen)] == ["답변", "접수"]
    assert len(timeline_of(citizen, limit=1)) == 1
    counts = citizen_counts(citizen)
    assert (counts.total, counts.by_kind) == (2, {"voice_answered": 1, "voice_received": 1})


def test_the_other_city_knows_nobody(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        citizen = meet(phone=PHONE)
    with serving_city("seoul"):
        assert not citizen_list_by_contact(phone="+821000001234").exists()
        with pytest.raises(CitizenNotFound):
            citizen_get(citizen.id)
