"""Unique identifiers are locked at rest, found again unopened, and locked anew by a new key."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from core_crm.common.sealing import (
    KeyMissing,
    SealedValueDamaged,
    ring_drop,
    ring_keys,
    ring_renew,
    seal,
    unseal,
)
from core_crm.customers.errors import CustomerNotValid
from core_crm.customers.models import Citizen, UniqueIdentifier
from core_crm.customers.selectors.identifiers import identifier_keys
from core_crm.customers.services import citizen_register
from core_crm.customers.services.identifiers import (
    citizens_with_identifier,
    identifier_open,
    identifier_set,
    identifiers_relock,
)
from core_crm.customers.types import CitizenDraft
from core_crm.privacy.selectors import person_report
from core_crm.privacy.services import identifiers_rotate
from tenants.sql import tuples
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 10:00")
PLANTED, LAW = "M12345678", "여권법 시행령"


@pytest.fixture(autouse=True)
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "secrets" / "ring.json"
    monkeypatch.setattr(settings, "KEY_RING", {"FILE": str(file), "IS_MADE_ON_THE_SPOT": True})
    return file


def holder_of(number: str = PLANTED) -> Citizen:
    draft = CitizenDraft(name="한여권", email=f"{number}@citizen.example".lower())
    citizen = citizen_register(draft, by=None, now=NOW)
    identifier_set(citizen, "passport", number, basis=LAW, by=None, now=NOW)
    return citizen


def rows_as_text() -> str:
    """As they stand in a dump: every column as Postgres writes it."""
    return str(
        tuples("SELECT t::text, encode(cipher, 'escape') FROM core_customers_uniqueidentifier t")
    )


def test_a_dump_holds_no_planted_number(busan: ServedCity) -> None:
    for count in range(20):
        holder_of(f"M1234567{count}")
    dump = rows_as_text()
    assert len(tuples("SELECT 1 FROM core_customers_uniqueidentifier")) == 20
    assert "M1234567" not in dump
    assert b"M1234567".hex() not in dump


def test_it_opens_again_and_is_found_without_opening(busan: ServedCity) -> None:
    citizen = holder_of()
    assert identifier_open(UniqueIdentifier.objects.get()) == PLANTED
    assert citizens_with_identifier("passport", " m1234-5678 ") == [citizen.pk]
    assert citizens_with_identifier("passport", "M99999999") == []
    assert PLANTED in str(person_report(citizen, now=NOW))


def test_the_same_number_twice_is_two_ciphers(ring: Path) -> None:
    assert seal(PLANTED, belongs_to="a")[0] != seal(PLANTED, belongs_to="a")[0]


def test_moved_to_somebody_else_or_changed_it_does_not_open(ring: Path) -> None:
    cipher, key = seal(PLANTED, belongs_to="a")
    for wrong, place in ((cipher, "b"), (cipher[:-1] + bytes([cipher[-1] ^ 1]), "a")):
        with pytest.raises(SealedValueDamaged):
            unseal(wrong, key, belongs_to=place)


def test_a_new_key_locks_all_and_the_old_one_goes_after(busan: ServedCity, ring: Path) -> None:
    citizens = [holder_of(f"M1234567{count}") for count in range(3)]
    assert identifier_keys() == {"k1"}
    assert ring_renew() == "k2"
    assert identifiers_relock(limit=1) == 1
    assert identifier_keys() == {"k1", "k2"}
    assert identifier_open(UniqueIdentifier.objects.get(citizen=citizens[2])) == "M12345672"
    assert (identifiers_rotate(), identifiers_rotate()) == (2, 0)
    assert ring_drop(set(ring_keys()) - identifier_keys()) == ["k1"]
    opened = [identifier_open(one) for one in UniqueIdentifier.objects.order_by("pk")]
    assert opened == ["M12345670", "M12345671", "M12345672"]
    assert citizens_with_identifier("passport", "M12345671") == [citizens[1].pk]
    assert ring.stat().st_mode & 0o777 == 0o600


def test_the_current_key_is_never_dropped(ring: Path) -> None:
    seal(PLANTED, belongs_to="a")
    assert ring_drop({"k1"}) == []


def test_a_lost_ring_says_what_to_do(monkeypatch: pytest.MonkeyPatch, ring: Path) -> None:
    cipher, key = seal(PLANTED, belongs_to="a")
    there = {"FILE": str(ring), "IS_MADE_ON_THE_SPOT": False}
    monkeypatch.setattr(settings, "KEY_RING", {**there, "FILE": str(ring.with_name("none.json"))})
    with pytest.raises(KeyMissing, match="rotate-keys"):
        seal(PLANTED, belongs_to="a")
    monkeypatch.setattr(settings, "KEY_RING", there)
    with pytest.raises(KeyMissing, match="되돌려"):
        unseal(cipher, "k9", belongs_to="a")
    assert unseal(cipher, key, belongs_to="a") == PLANTED


@pytest.mark.parametrize(
    ("kind", "number", "basis"),
    [
        ("passport", "8402291234567", LAW),
        ("resident", PLANTED, LAW),
        ("passport", "M1", LAW),
        ("passport", PLANTED, " "),
    ],
)
def test_what_may_not_be_kept_is_refused(
    busan: ServedCity, kind: str, number: str, basis: str
) -> None:
    citizen = citizen_register(CitizenDraft(name="한여권", phone="010-0000-1212"), by=None, now=NOW)
    with pytest.raises(CustomerNotValid):
        identifier_set(citizen, kind, number, basis=basis, by=None, now=NOW)
