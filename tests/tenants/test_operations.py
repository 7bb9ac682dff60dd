"""Asking for long work: once, agreed to by a second person, taken back before it begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from tenants.context import serving_city, serving_platform
from tenants.errors import (
    CitySwitchInTransaction,
    OperationNotPossible,
    OperationUnderWay,
    OperationUnknown,
    SamePerson,
)
from tenants.models import Operation
from tenants.provisioning.operations import (
    operation_approve,
    operation_ask,
    operation_cancel,
    operation_get,
    operation_list,
    operation_retry,
    operation_take,
)
from tenants.types import Asker, OperationKind, OperationState, StepState
from tests.support import cluster

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
FIRST, SECOND = Asker(uuid4(), "김운영", "console"), Asker(uuid4(), "이승인", "console")
pytestmark = pytest.mark.usefixtures("operations")


@pytest.fixture
def operations(cities: None) -> Iterator[None]:
    """Whatever a test asks for is forgotten afterwards, as only the owner can."""
    yield
    with psycopg.connect(cluster.owner_url(), autocommit=True) as owner:
        owner.execute("TRUNCATE tenants_operation CASCADE")


def failed(kind: OperationKind, *, stands: bool) -> Operation:
    asked = operation_ask(kind, "busan", by=FIRST, now=NOW)
    with serving_platform():
        row = Operation.objects.get(pk=asked.id)
        row.state, row.stands, row.started_at = OperationState.FAILED.value, stands, NOW
        row.save(update_fields=["state", "stands", "started_at"])
        row.steps.filter(position=1).update(state=StepState.FAILED.value, attempts=1)
    return row


def test_asked_twice_it_is_one_with_the_steps_of_its_kind() -> None:
    first = operation_ask(OperationKind.BACKUP, "busan", by=FIRST, now=NOW)
    second = operation_ask(OperationKind.BACKUP, "busan", by=SECOND, now=NOW)
    assert second.id == first.id
    assert (second.state, second.asked_by_name) == (OperationState.WAITING, "김운영")
    assert [step.position for step in first.steps] == list(range(1, len(first.steps) + 1))
    assert all(step.label_ko and step.state == StepState.WAITING for step in first.steps)
    assert [one.id for one in operation_list("busan")] == [first.id]
    assert operation_list("seoul") == []


def test_another_kind_waits_for_its_turn_but_another_city_does_not() -> None:
    operation_ask(OperationKind.BACKUP, "busan", by=FIRST, now=NOW)
    with pytest.raises(OperationUnderWay):
        operation_ask(OperationKind.EXPORT, "busan", by=FIRST, now=NOW)
    operation_ask(OperationKind.EXPORT, "seoul", by=FIRST, now=NOW)
    with serving_platform(), pytest.raises(IntegrityError), transaction.atomic():
        Operation.objects.filter(city_code="seoul").update(city_code="busan")


def test_a_second_person_agrees_before_it_may_begin() -> None:
    asked = operation_ask(
        OperationKind.CLOSE, "busan", by=FIRST, now=NOW, reason="계약이 끝남", needs_approval=True
    )
    assert asked.awaits_approval
    with pytest.raises(SamePerson):
        operation_approve(asked.id, by=FIRST, now=NOW)
    with pytest.raises(SamePerson):
        operation_approve(asked.id, by=Asker(None, "터미널", "cli"), now=NOW)
    agreed = operation_approve(asked.id, by=SECOND, now=NOW)
    assert not agreed.awaits_approval
    assert (agreed.approved_by_name, agreed.reason) == ("이승인", "계약이 끝남")
    with pytest.raises(OperationNotPossible):
        operation_approve(asked.id, by=SECOND, now=NOW)


def test_what_has_not_begun_is_cancelled_at_once_and_its_place_is_free() -> None:
    asked = operation_ask(OperationKind.BACKUP, "busan", by=FIRST, now=NOW)
    assert operation_cancel(asked.id).state == OperationState.CANCELLED
    with pytest.raises(OperationNotPossible):
        operation_cancel(asked.id)
    assert operation_ask(OperationKind.EXPORT, "busan", by=FIRST, now=NOW).id != asked.id


def test_what_failed_half_done_is_taken_up_again_by_asking() -> None:
    row = failed(OperationKind.OPEN, stands=True)
    again = operation_ask(OperationKind.OPEN, "busan", by=SECOND, now=NOW)
    assert (again.id, again.state) == (row.pk, OperationState.WAITING)
    assert again.steps[0].state == StepState.WAITING
    with pytest.raises(OperationUnderWay):
        operation_ask(OperationKind.BACKUP, "busan", by=SECOND, now=NOW)


def test_what_failed_and_left_nothing_stands_in_nobodys_way_until_it_is_retried() -> None:
    row = failed(OperationKind.BACKUP, stands=False)
    other = operation_ask(OperationKind.EXPORT, "busan", by=FIRST, now=NOW)
    with pytest.raises(OperationUnderWay):
        operation_retry(row.pk)
    operation_cancel(other.id)
    assert operation_retry(row.pk).stands


def test_cancelling_what_failed_asks_the_provisioner_to_take_it_back() -> None:
    row = failed(OperationKind.OPEN, stands=True)
    asked = operation_cancel(row.pk)
    assert (asked.state, asked.cancel_asked, asked.stands) == (OperationState.WAITING, True, True)


def test_a_fact_that_is_shown_once_is_gone_afterwards() -> None:
    asked = operation_ask(OperationKind.OPEN, "busan", by=FIRST, now=NOW)
    with serving_platform():
        Operation.objects.filter(pk=asked.id).update(result={"invitation_url": "x", "hosts": []})
    assert operation_take(asked.id, "invitation_url") == "x"
    assert operation_take(asked.id, "invitation_url") is None
    assert operation_get(asked.id).result == {"hosts": []}


def test_nobody_but_the_owner_removes_an_operation_and_no_city_sees_one() -> None:
    asked = operation_ask(OperationKind.BACKUP, "busan", by=FIRST, now=NOW)
    with serving_platform(), pytest.raises(DatabaseError, match="permission denied"):
        Operation.objects.filter(pk=asked.id).delete()
    with serving_city("busan"), pytest.raises(DatabaseError, match="does not exist"):
        Operation.objects.update(state=F("state"))


def test_it_is_never_asked_for_in_the_middle_of_a_citys_transaction() -> None:
    with serving_city("busan"), transaction.atomic(), pytest.raises(CitySwitchInTransaction):
        operation_ask(OperationKind.BACKUP, "busan", by=FIRST, now=NOW)


def test_an_unknown_one_is_named_so() -> None:
    with pytest.raises(OperationUnknown):
        operation_get(uuid4())
