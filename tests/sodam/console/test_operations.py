"""Operations on the console: watched live, stopped, tried again, approved by a second person."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from tenants.isolation.ids import uuid7
from tenants.models import Operation, OperationLine, OperationStep
from tenants.provisioning.operations import operation_ask, operation_get
from tenants.types import Asker, OperationKind, OperationState
from tests.conftest import kst

Visitor = Callable[..., Client]
NOW = kst("2026-11-25 10:00")


def asked(
    kind: OperationKind = OperationKind.BACKUP, city: str = "busan", *, grave: bool = False
) -> UUID:
    by = Asker(uuid7(), "임서준", "console")
    return operation_ask(
        kind, city, by=by, now=NOW, reason="점검을 위한 시험", needs_approval=grave
    ).id


def stands(operation: UUID, state: OperationState, *, done: int = 0, problem: str = "") -> None:
    """Put it where a provisioner would have brought it."""
    Operation.objects.filter(pk=operation).update(
        state=state.value, problem=problem, started_at=NOW, attempts=1
    )
    steps = OperationStep.objects.filter(operation_id=operation, position__lte=done)
    steps.update(state="done", started_at=NOW, ended_at=kst("2026-11-25 10:01"))


def test_the_page_asks_for_news_only_while_there_can_be_some(visitor: Visitor) -> None:
    operation, client = asked(), visitor("console", "operator")
    page = client.get(f"/operations/{operation}").content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert "표와 파일 담기" in page
    stands(operation, OperationState.DONE, done=3)
    part = client.get(f"/operations/{operation}/live").content.decode()
    assert "hx-trigger" not in part
    assert "<html" not in part
    assert "3단계가 모두 끝났습니다" in part
    assert "1분 00초" in part


def test_a_failed_one_says_why_and_is_tried_again(visitor: Visitor) -> None:
    operation, client = asked(), visitor("console", "operator")
    stands(operation, OperationState.FAILED, done=1, problem="디스크가 가득 찼습니다.")
    page = client.get(f"/operations/{operation}").content.decode()
    assert "디스크가 가득 찼습니다." in page
    assert "멈춘 단계부터 다시" in page
    client.post(f"/operations/{operation}/retry")
    assert operation_get(operation).state == OperationState.WAITING
    again = client.post(f"/operations/{operation}/retry", follow=True).content.decode()
    assert "실패한 작업만 다시" in again


def test_stopping_is_asked_once_more_and_noted(visitor: Visitor) -> None:
    operation, client = asked(), visitor("console", "operator")
    assert "아직 끝난 단계가 없어" in client.get(f"/operations/{operation}/stop").content.decode()
    client.post(f"/operations/{operation}/stop")
    assert operation_get(operation).state == OperationState.CANCELLED
    assert "백업 중지하고 되돌리기" in client.get("/audit").content.decode()


def test_what_is_grave_waits_for_a_second_person(visitor: Visitor) -> None:
    operation = asked(OperationKind.CLOSE, grave=True)
    operator, approver = visitor("console", "operator"), visitor("console", "approver")
    assert "승인하고 시작" not in operator.get(f"/operations/{operation}").content.decode()
    assert operator.post(f"/operations/{operation}/agree", {"answer": "yes"}).status_code == 403
    assert "승인하고 시작" in approver.get(f"/operations/{operation}").content.decode()
    approver.post(f"/operations/{operation}/agree", {"answer": "yes"})
    found = operation_get(operation)
    assert (found.awaits_approval, found.approved_by_name) == (False, "임서준")


def test_the_second_person_may_say_no(visitor: Visitor) -> None:
    operation = asked(OperationKind.CLOSE, grave=True)
    visitor("console", "approver").post(f"/operations/{operation}/agree", {"answer": "no"})
    assert operation_get(operation).state == OperationState.CANCELLED


@pytest.mark.parametrize("act", ["stop", "retry", "invitation"])
def test_an_approver_only_approves(visitor: Visitor, act: str) -> None:
    operation = asked()
    assert visitor("console", "approver").post(f"/operations/{operation}/{act}").status_code == 403


def test_the_log_is_a_file(visitor: Visitor) -> None:
    operation = asked()
    step = OperationStep.objects.filter(operation_id=operation).first()
    OperationLine.objects.create(step=step, at=NOW, level="warn", words="천천히 합니다.")
    answer = visitor("console", "operator").get(f"/operations/{operation}/log")
    assert "attachment" in answer["Content-Disposition"]
    assert answer.content.decode().rstrip().endswith("warn  천천히 합니다.")
    assert "2026-11-25 10:00:00" in answer.content.decode()


def test_the_first_administrators_address_is_shown_once(visitor: Visitor) -> None:
    operation, client = asked(OperationKind.OPEN, "sejong"), visitor("console", "operator")
    secret = "http://sejong.localhost/staff/welcome/once"
    Operation.objects.filter(pk=operation).update(result={"invitation_url": secret})
    assert secret not in client.get(f"/operations/{operation}").content.decode()
    first = client.post(f"/operations/{operation}/invitation")
    assert secret in first.content.decode()
    assert "no-store" in first["Cache-Control"]
    assert secret not in client.post(f"/operations/{operation}/invitation").content.decode()


def test_an_erasure_leaves_a_certificate_to_keep(visitor: Visitor) -> None:
    operation, client = asked(OperationKind.ERASE, "busan_copy"), visitor("console", "operator")
    assert client.get(f"/operations/{operation}/certificate").status_code == 404
    paper = {"erased": {"rows": 1200}, "scan": {"hits": 0}, "sha256": "ab"}
    Operation.objects.filter(pk=operation).update(result={"certificate": paper})
    assert "찾은 곳 0" in client.get(f"/operations/{operation}").content.decode()
    assert client.get(f"/operations/{operation}/certificate").json() == paper


def test_the_list_can_be_narrowed(visitor: Visitor) -> None:
    asked(), asked(OperationKind.EXPORT, "seoul")
    client = visitor("console", "operator")
    both = client.get("/operations").content.decode()
    assert both.count("<tr><th scope=") == 2 + 1
    one = client.get("/operations", {"kind": "export"}).content.decode()
    assert one.count("<tr><th scope=") == 1 + 1
    assert "작업이 없습니다" in client.get("/operations", {"state": "failed"}).content.decode()


def test_what_does_not_exist_is_not_found(visitor: Visitor) -> None:
    assert visitor("console", "operator").get(f"/operations/{uuid7()}").status_code == 404
