"""Plugins in the studio and the console, in a browser: found by keyboard, read at both widths."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam

Judge = Callable[[Page], None]


def test_the_governments_plugin_is_read_and_cannot_be_torn_out(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam, "approver")
    page.goto(running_sodam.url("busan", "/studio/plugins"))
    judge(page)
    page.get_by_role("link", name="부산광역시", exact=True).last.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("부산광역시")
    expect(page.locator("h1 + .sd-state")).to_have_text("켜짐")
    expect(page.get_by_role("heading", name="끄려면 먼저 고칠 곳")).to_be_visible()
    expect(page.get_by_role("button", name="끄기")).to_have_count(0)
    judge(page)
