"""What operators did stands in the shared schema, by the same rules as a city's audit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, transaction

from core_crm.audit.jobs import seal_platform
from core_crm.audit.selectors import entry_list, entry_unsealed_count
from core_crm.audit.services import audit_append, audit_head, audit_verify
from core_crm.audit.types import Actor
from tenants import sql
from tenants.context import serving_platform
from tenants.isolation.objects import uuid7
from tests.conftest import kst

OPERATOR = Actor(uuid7(), "임서준", "10.0.0.9")


@pytest.fixture
def platform(cities: None) -> Iterator[None]:
    with serving_platform(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def note(action: str, **facts: str) -> None:
    audit_append(
        action, actor=OPERATOR, subject_kind="city", subject_id=None,
        now=kst("2026-11-25 10:00"), facts=facts, reason="재해 대비 훈련",
    )  # fmt: skip


@pytest.mark.usefixtures("platform")
def test_what_an_operator_did_is_added_sealed_and_found_again() -> None:
    seal_platform()  # what tests of the console committed
    since = kst("2026-11-25 09:00")
    note("city.suspended", city="busan")
    note("city.backup_asked", city="seoul")
    assert entry_unsealed_count() == 2
    assert seal_platform() == 2
    assert (entry_unsealed_count(), audit_verify()) == (0, None)
    assert audit_head() is not None
    assert entry_list(actions="city.s", text="훈련").get().action == "city.suspended"
    assert entry_list(text="seoul 훈련").get().facts == {"city": "seoul"}
    assert entry_list(text="임서준 훈련", since=since).count() == 2


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE core_audit_auditentry SET reason = 'else'",
        "DELETE FROM core_audit_auditentry",
        "UPDATE core_audit_auditentry SET seal_id = NULL",
        "UPDATE core_audit_auditseal SET entries = 0",
        "DELETE FROM core_audit_auditseal",
    ],
)
def test_the_platforms_login_cannot_change_or_remove_it(change: str) -> None:
    note("city.suspended", city="busan")
    seal_platform()
    with pytest.raises(DatabaseError), transaction.atomic():
        sql.execute(change)
