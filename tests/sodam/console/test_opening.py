"""The wizard: every answer is judged, kept, and shown again before anything is made."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tenants.provisioning.operations import operation_list
from tenants.types import OperationKind

Visitor = Callable[..., Client]
NEW = "/cities/new"
PEOPLE = {"admin_name": "김세종", "admin_email": "admin@sejong.example", "staff_accounts": "400"}


def answered(client: Client, *, until: str = "check") -> Client:
    """Sejong's answers, step by step."""
    for step, given in (
        ("region", {"code": "sejong", "hosts": ""}),
        ("standard", {"standard_version": "1.1"}),
        ("plugin", {"plugin": "sejong"}),
        ("people", PEOPLE),
    ):
        if step == until:
            break
        address = NEW if step == "region" else f"{NEW}/sejong/{step}"
        assert client.post(address, given).status_code == 303
    return client


def openings() -> list[str]:
    return [one.city_code for one in operation_list(kinds=[OperationKind.OPEN])]


def test_only_governments_of_today_without_a_city_are_offered(visitor: Visitor) -> None:
    page = visitor("console", "operator").get(NEW).content.decode()
    assert 'value="sejong"' in page
    assert 'value="busan"' not in page
    assert 'value="gwangju"' not in page  # joined into another in July 2026


def test_an_approver_opens_nothing(visitor: Visitor) -> None:
    client = visitor("console", "approver")
    assert client.get(NEW).status_code == 403
    assert client.get(f"{NEW}/sejong/check").status_code == 403


def test_a_host_that_is_ours_or_anothers_is_refused_where_it_stands(visitor: Visitor) -> None:
    client = visitor("console", "operator")
    for host in ("busan.localhost", "console.localhost", "localhost", "no host", "_x.localhost"):
        answer = client.post(NEW, {"code": "sejong", "hosts": host})
        assert answer.status_code == 422, host
        assert 'href="#hosts"' in answer.content.decode()
    assert client.post(NEW, {"code": "busan"}).status_code == 422
    assert client.get(f"{NEW}/sejong/standard")["Location"] == NEW


def test_a_step_too_far_leads_to_the_open_one(visitor: Visitor) -> None:
    client = answered(visitor("console", "operator"), until="standard")
    assert client.get(f"{NEW}/sejong/people")["Location"] == f"{NEW}/sejong/standard"
    assert client.get(f"{NEW}/sejong/check")["Location"] == f"{NEW}/sejong/standard"
    assert client.get(f"{NEW}/sejong/nothing").status_code == 404


def test_what_was_answered_is_there_on_the_way_back_and_after_reloading(visitor: Visitor) -> None:
    client = answered(visitor("console", "operator"))
    client.post(NEW, {"code": "jeju", "hosts": "jeju.go.example"})
    again = client.get(f"{NEW}/sejong/people").content.decode()
    assert 'value="admin@sejong.example"' in again
    assert "sejong.localhost" in again
    assert "jeju.go.example" in client.get(f"{NEW}/jeju/region").content.decode()


def test_a_step_tells_what_it_will_bring_about_before_it_is_kept(visitor: Visitor) -> None:
    client = answered(visitor("console", "operator"), until="plugin")
    seen = client.post(f"{NEW}/sejong/plugin?look=1", {"plugin": "sejong"}).content.decode()
    assert "읍·면에서 온 의견" in seen
    none = client.post(f"{NEW}/sejong/plugin?look=1", {"plugin": "none"}).content.decode()
    assert "표준의 답을 그대로 씁니다" in none
    assert client.get(f"{NEW}/sejong/people")["Location"] == f"{NEW}/sejong/plugin"
    wrong = client.post(f"{NEW}/sejong/plugin", {"plugin": "busan"})
    assert wrong.status_code == 422


def test_the_check_page_shows_everything_and_what_to_do(visitor: Visitor) -> None:
    page = answered(visitor("console", "operator")).get(f"{NEW}/sejong/check").content.decode()
    for word in ("sejong.localhost", "1.1", "admin@sejong.example", "직원 계정 400"):
        assert word in page
    assert "초대 메일을 보낼 수 없습니다" in page
    assert page.index("이름과 주소 예약") < page.index("첫 관리자 초대")
    assert openings() == []


def test_starting_twice_makes_one_operation(visitor: Visitor) -> None:
    client = answered(visitor("console", "operator"))
    first = client.post(f"{NEW}/sejong/check")
    assert first["Location"].startswith("/operations/")
    assert client.post(f"{NEW}/sejong/check")["Location"] == first["Location"]
    assert answered_again(client)["Location"] == first["Location"]
    assert openings() == ["sejong"]
    (asked,) = operation_list(kinds=[OperationKind.OPEN])
    assert asked.arguments["hosts"] == ["sejong.localhost"]
    assert asked.arguments["limits"] == {"staff_accounts": 400}
    assert asked.asked_by_name == "임서준"


def answered_again(client: Client) -> dict[str, str]:
    """From the first step, as somebody who did not see that it began."""
    client.post(NEW, {"code": "sejong", "hosts": ""})
    answer = client.get(f"{NEW}/sejong/standard")
    assert answer.status_code == 303
    return dict(answer.headers)


def test_what_was_taken_meanwhile_stops_the_start(visitor: Visitor) -> None:
    client = answered(visitor("console", "operator"))
    session = client.session
    session["opening"] = {"sejong": {**session["opening"]["sejong"], "hosts": ["busan.localhost"]}}
    session.save()
    answer = client.post(f"{NEW}/sejong/check")
    assert answer.status_code == 422
    assert "다른 시·도가 이 주소를 가졌습니다" in answer.content.decode()
    assert openings() == []
