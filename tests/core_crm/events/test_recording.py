"""A fact is recorded with what it tells about, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from core_crm.common.models import EventDelivery, RecordedEvent
from core_crm.events import Event, receiver, record
from tenants.context import serving_city
from tests.conftest import ServedCity
from tests.core_crm.events.conftest import KettleBoiled


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Everything(Event):
    kind: ClassVar[str] = "tests.everything"

    id: UUID
    at: datetime
    on: date
    colour: Colour
    share: Decimal
    ids: tuple[UUID, ...]
    officer_id: UUID | None = None


def test_a_fact_is_read_as_it_was_written() -> None:
    fact = Everything(
        id=uuid4(),
        at=datetime(2026, 11, 24, 9, tzinfo=UTC),
        on=date(2026, 11, 24),
        colour=Colour.RED,
        share=Decimal("0.10"),
        ids=(uuid4(), uuid4()),
    )
    assert Everything.from_payload(fact.payload()) == fact


def test_a_field_that_came_later_has_its_default_and_one_that_went_is_ignored() -> None:
    fact = Everything(uuid4(), datetime.now(UTC), date(2026, 11, 24), Colour.RED, Decimal(1), ())
    old = fact.payload() | {"gone": 1}
    del old["officer_id"]
    assert Everything.from_payload(old) == fact


def test_a_fact_with_a_field_for_personal_data_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Gossip(Event):
        kind: ClassVar[str] = "tests.gossip"

        phone: str

    with pytest.raises(TypeError, match="personal data"):
        Gossip("010-0000-1234").payload()


def test_two_facts_of_one_kind_are_refused() -> None:
    with pytest.raises(TypeError, match="kind of its own"):

        @dataclass(frozen=True, slots=True)
        class Other(Event):
            kind: ClassVar[str] = "tests.kettle_boiled"


def test_two_receivers_of_one_name_are_refused(listen) -> None:
    listen("tests.tea", lambda fact: None)
    with pytest.raises(ValueError, match="already declared"):
        receiver(KettleBoiled, name="tests.tea")(lambda fact: None)


def test_each_receiver_is_owed_one_delivery(busan: ServedCity, listen) -> None:
    listen("tests.tea", lambda fact: None)
    listen("tests.coffee", lambda fact: None)
    record(KettleBoiled(uuid4()))
    assert set(EventDelivery.objects.values_list("receiver", flat=True)) == {
        "tests.tea",
        "tests.coffee",
    }


def test_outside_a_transaction_nothing_is_recorded(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        with pytest.raises(TransactionManagementError):
            record(KettleBoiled(uuid4()))
        assert not RecordedEvent.objects.exists()


def test_what_is_rolled_back_did_not_happen(two_cities: tuple[str, str], listen) -> None:
    listen("tests.tea", lambda fact: None)
    with serving_city("busan"):
        with transaction.atomic():
            record(KettleBoiled(uuid4()))
            transaction.set_rollback(True)
        assert not RecordedEvent.objects.exists()
        assert not EventDelivery.objects.exists()


def test_a_fact_of_one_city_is_unknown_in_the_other(two_cities: tuple[str, str], listen) -> None:
    listen("tests.tea", lambda fact: None)
    with serving_city("busan"), transaction.atomic():
        record(KettleBoiled(uuid4()))
    with serving_city("seoul"):
        assert not RecordedEvent.objects.exists()
