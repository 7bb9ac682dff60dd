"""Rules, departments, targets, hours and services in the studio: by keyboard, at both widths."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam

Judge = Callable[[Page], None]


def test_a_text_is_tried_and_a_new_rule_is_tried_and_proposed(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam, "admin")
    page.goto(running_sodam.url("busan", "/studio/routing"))
    judge(page)
    page.get_by_label("내용").fill("시내버스가 늦고 가로등도 꺼졌어요")
    page.get_by_role("button", name="어디로 가는지 보기").press("Enter")
    expect(page.locator(".st-answer")).to_contain_text("가로등과 보안등")
    judge(page)
    page.get_by_role("button", name="최근 의견에 대어 보기").press("Enter")
    expect(page.get_by_role("columnheader", name="최근 의견")).to_be_visible()
    judge(page)
    page.get_by_role("link", name="새 규칙").press("Enter")
    judge(page)
    page.get_by_label("찾는 낱말").fill("보도블록, 인도")
    page.get_by_role("button", name="변경안으로 저장").press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    judge(page)
    page.get_by_label("코드").fill("pavement")
    page.get_by_label("이름", exact=False).first.fill("보도")
    page.get_by_label("차례").fill("1")
    page.get_by_role("button", name="조건 더하기").press("Enter")
    page.get_by_role("button", name="최근 의견에 대어 보기").press("Enter")
    expect(page.locator("#impact")).to_contain_text("살펴본 의견")
    judge(page)
    page.get_by_role("button", name="변경안으로 저장").press("Enter")
    expect(page.get_by_role("heading", name="배정 규칙 ‘보도’")).to_be_visible()
    page.get_by_role("button", name="변경안 거두기").press("Enter")


def test_roles_targets_hours_and_a_service_hold_the_gates(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam, "admin")
    for path in (
        "routing/departments",
        "routing/rule/transit",
        "targets",
        "targets/new",
        "targets/target/grievance",
        "calendar",
        "calendar/hours",
        "services",
        "services/passport_issue",
    ):
        page.goto(running_sodam.url("busan", f"/studio/{path}"))
        judge(page)


def test_hours_that_are_too_short_are_told_beside_their_field(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam, "admin")
    page.goto(running_sodam.url("busan", "/studio/calendar/hours"))
    page.get_by_label("여는 시각").fill("10:30")
    page.get_by_label("변경안 이름").press("Enter")
    expect(page.locator("#error-summary")).to_contain_text("8시간보다 짧으면")
    judge(page)
