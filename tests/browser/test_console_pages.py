"""The operator's pages, judged at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_small_faces import log_in
from tests.support.product import RunningSodam

Judge = Callable[[Page], None]
PAGES = (
    "/cities/busan",
    "/cities/busan/edit",
    "/cities/busan/do/backup",
    "/cities/new",
    "/operations",
    "/health",
    "/audit",
    "/notices",
)


def test_every_page_keeps_the_gates_and_what_is_grave_asks_twice(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam.url("console", "/login"), "operator@sodam.example")
    for place in PAGES:
        page.goto(running_sodam.url("console", place))
        judge(page)
    page.goto(running_sodam.url("console", "/cities/busan/do/close"))
    page.get_by_role("button", name="닫기 승인 요청").press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#error-summary a")).to_have_count(2)
    judge(page)
