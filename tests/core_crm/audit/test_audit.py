"""The audit is only added to, and one changed byte shows."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from core_crm.audit.models import AuditEntry, AuditSeal
from core_crm.audit.services import audit_append, audit_head, audit_seal, audit_verify
from core_crm.audit.services.sealing import BATCH
from core_crm.audit.types import Actor
from tenants.context import serving_city
from tests.conftest import ServedCity, kst
from tests.support.cluster import REPOSITORY

NOW = kst("2026-11-24 10:00")
OFFICIAL = Actor(id=uuid4(), name="담당자", origin="192.0.2.7")


def note(reason: str = "민원 확인") -> AuditEntry:
    return audit_append(
        "customer.unmasked",
        actor=OFFICIAL,
        subject_kind="citizen",
        subject_id=uuid4(),
        now=NOW,
        facts={"ref": "BS-2611-7K4M-3", "가": 1},
        reason=reason,
    )


def test_an_entry_says_who_what_whose_whence_and_why(busan: ServedCity) -> None:
    kept = AuditEntry.objects.get(id=note().id)
    assert (kept.actor_id, kept.origin, kept.reason) == (OFFICIAL.id, "192.0.2.7", "민원 확인")
    assert kept.seal is None


def test_what_is_rolled_back_was_not_done(busan: ServedCity) -> None:
    with transaction.atomic():
        note()
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


CHANGES = {
    "an entry's content": lambda: AuditEntry.objects.update(reason="다른 사유"),
    "an entry's time": lambda: AuditEntry.objects.update(at=NOW + timedelta(seconds=1)),
    "an entry away": lambda: AuditEntry.objects.all()._raw_delete("default"),
    "a seal's digest": lambda: AuditSeal.objects.update(digest="0" * 64),
    "a seal off an entry": lambda: AuditEntry.objects.update(seal=None),
    "a seal away": lambda: AuditSeal.objects.all()._raw_delete("default"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_city_cannot_change(busan: ServedCity, change) -> None:
    note()
    audit_seal(now=NOW)
    with pytest.raises(ProgrammingError, match="only added"), transaction.atomic():
        change()
    assert audit_verify() is None


def test_an_entry_that_waits_for_its_seal_cannot_be_changed_either(busan: ServedCity) -> None:
    note()
    with pytest.raises(ProgrammingError, match="only added"), transaction.atomic():
        AuditEntry.objects.update(reason="다른 사유")


def test_seals_chain_all_entries(busan: ServedCity) -> None:
    assert audit_head() is None
    assert audit_seal(now=NOW) == 0
    for _ in range(3):
        note()
    assert audit_seal(now=NOW) == 3
    note()
    assert audit_seal(now=NOW) == 1
    assert audit_seal(now=NOW) == 0
    assert list(AuditSeal.objects.order_by("number").values_list("number", "entries")) == [
        (1, 3),
        (2, 1),
    ]
    assert not AuditEntry.objects.filter(seal=None).exists()
    assert audit_verify() is None
    head = audit_head()
    assert head is not None
    assert head.number == 2


def test_a_seal_holds_a_bounded_batch(busan: ServedCity) -> None:
    one = note()
    fields = {"at": NOW, "action": "x", "subject_kind": "x"}
    AuditEntry.objects.bulk_create(AuditEntry(**fields) for _ in range(BATCH))
    assert one.seal is None
    assert audit_seal(now=NOW) == BATCH
    assert audit_seal(now=NOW) == 1


TAMPER = """
import sys, django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SET search_path = busan, extensions")
    cursor.execute("ALTER TABLE core_audit_auditentry DISABLE TRIGGER audit_only_added")
    cursor.execute("ALTER TABLE core_audit_auditseal DISABLE TRIGGER audit_only_added")
    cursor.execute(sys.argv[1])
    cursor.execute("ALTER TABLE core_audit_auditentry ENABLE TRIGGER audit_only_added")
    cursor.execute("ALTER TABLE core_audit_auditseal ENABLE TRIGGER audit_only_added")
"""
SECOND = "(SELECT id FROM core_audit_auditentry ORDER BY id OFFSET 1 LIMIT 1)"
FORGERIES = {
    "a changed byte": "UPDATE core_audit_auditentry SET reason = '사유2' WHERE id = SECOND",
    "a changed fact": "UPDATE core_audit_auditentry SET facts = '{}' WHERE id = SECOND",
    "a moved instant": (
        "UPDATE core_audit_auditentry SET at = at + interval '1 microsecond' WHERE id = SECOND"
    ),
    "a removed entry": "DELETE FROM core_audit_auditentry WHERE id = SECOND",
    "a moved seal": "UPDATE core_audit_auditseal SET sealed_at = now() WHERE number = 2",
}


@pytest.mark.runtime
@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
def test_what_the_tables_owner_forges_is_found(two_cities: tuple[str, str], forgery: str) -> None:
    with serving_city("busan"):
        for _ in range(3):
            note()
            audit_seal(now=NOW)
        assert audit_verify() is None
    subprocess.run(
        [sys.executable, "-c", TAMPER, forgery.replace("SECOND", SECOND)],
        env={
            **os.environ,
            "SODAM_PROCESS": "owner",
            "PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "platform")]),
        },
        cwd=REPOSITORY,
        check=True,
    )
    with serving_city("busan"):
        broken = audit_verify()
    assert broken is not None
    assert broken.number == 2


def test_two_sealers_at_once_seal_everything_once(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        for _ in range(40):
            note()
    start = threading.Barrier(2)

    def seal() -> None:
        with serving_city("busan"):
            start.wait(10)
            try:
                audit_seal(now=NOW)
            except IntegrityError:
                return  # the other one was faster

    threads = [threading.Thread(target=seal) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    with serving_city("busan"):
        audit_seal(now=NOW)
        assert not AuditEntry.objects.filter(seal=None).exists()
        assert sum(AuditSeal.objects.values_list("entries", flat=True)) == 40
        assert audit_verify() is None
