"""Every person shown is one row of the access log, which is only added to."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from core_crm.audit.models import Disclosure
from core_crm.audit.services import disclosure_note
from core_crm.audit.types import Actor
from tenants.sql import tuples
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 10:00")
OFFICIAL = Actor(id=uuid4(), name="담당자", origin="192.0.2.7")


def note(*persons, at=NOW) -> int:
    return disclosure_note(
        actor=OFFICIAL, action="customer.viewed", subject_ids=persons, route="customer", now=at
    )


def test_one_row_per_person_shown(busan: ServedCity) -> None:
    one, other = uuid4(), uuid4()
    assert note(one, other, one) == 2
    kept = Disclosure.objects.order_by("id").values_list("subject_id", "actor_name", "origin")
    assert set(kept) == {(one, "담당자", "192.0.2.7"), (other, "담당자", "192.0.2.7")}


CHANGES = {
    "a reason": lambda: Disclosure.objects.update(reason="다른 사유"),
    "a row away": lambda: Disclosure.objects.all()._raw_delete("default"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_nothing_is_changed_afterwards(busan: ServedCity, change) -> None:
    note(uuid4())
    with pytest.raises(ProgrammingError), transaction.atomic():
        change()
    assert Disclosure.objects.count() == 1


@pytest.mark.parametrize(
    "day", ["2019-01-01", "2026-11-24", "2027-12-31", "2028-01-01", "2050-01-01"]
)
def test_a_row_finds_its_two_years(busan: ServedCity, day: str) -> None:
    note(uuid4(), at=kst(f"{day} 12:00"))
    year = int(day[:4])
    part = "before" if year < 2026 else "after" if year >= 2038 else str(year - year % 2)
    found = tuples("SELECT tableoid::regclass::text FROM core_audit_disclosure")
    assert found == [(f"core_audit_disclosure_{part}",)]
