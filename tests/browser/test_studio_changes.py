"""A document changed in the studio, by keyboard, in a browser, at both widths."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam

Judge = Callable[[Page], None]


def test_a_target_is_changed_proposed_and_withdrawn(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam, "admin")
    page.goto(running_sodam.url("busan", "/studio/documents"))
    judge(page)
    page.goto(running_sodam.url("busan", "/studio/documents/calendar/office?as=yaml"))
    judge(page)
    page.goto(running_sodam.url("busan", "/studio/documents/kpi/reduction"))
    judge(page)
    page.get_by_label("목표", exact=True).fill("쉰")
    page.get_by_label("변경안 이름").press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    judge(page)
    page.get_by_label("목표", exact=True).fill("55")
    page.get_by_label("변경안 이름").fill("목표를 올린다")
    page.get_by_label("변경안 이름").press("Enter")
    expect(page.get_by_role("heading", name="목표를 올린다")).to_be_visible()
    expect(page.locator("ins")).to_have_text("55")
    judge(page)
    page.get_by_role("button", name="승인 부탁하기").press("Enter")
    expect(page.locator("h1 + .sd-state")).to_have_text("승인 대기")
    page.get_by_role("button", name="변경안 거두기").press("Enter")
    expect(page.locator("h1 + .sd-state")).to_have_text("거둠")
    judge(page)
    page.goto(running_sodam.url("busan", "/studio/changes"))
    judge(page)
