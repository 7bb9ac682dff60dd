"""Duplicates in a real browser: two are told of, compared, put together, and taken apart again."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam

LIST = "/staff/customers/duplicates"


def test_two_records_are_compared_merged_and_taken_apart(
    running_sodam: RunningSodam, page: Page, judge: Callable[[Page], None]
) -> None:
    log_in(page, running_sodam, "steward")
    page.goto(running_sodam.url("busan", "/staff/customers"))
    customer = str(page.locator("[data-look]").first.get_attribute("href"))
    told_of(page, running_sodam.url("busan", f"{customer}/twin"))
    page.goto(running_sodam.url("busan", LIST))
    judge(page)
    page.get_by_role("link", name="비교하기").first.press("Enter")
    expect(page.get_by_role("heading", name="같은 사람인가요?")).to_be_visible()
    judge(page)
    opened(page, judge)
    other = page.locator(".mg-opt input[value=right]").first
    other.press("Space")
    expect(other).to_be_checked()
    page.get_by_role("button", name="합치기", exact=True).press("Enter")
    expect(page.get_by_text("두 고객을 합쳤습니다")).to_be_visible()
    page.goto(running_sodam.url("busan", f"{LIST}?view=merged"))
    judge(page)
    page.get_by_role("button", name="되돌리기").first.press("Enter")
    expect(page.get_by_text("병합을 되돌렸습니다")).to_be_visible()


def told_of(page: Page, address: str) -> None:
    """Somebody notices that two are one."""
    page.goto(address)
    page.get_by_role("searchbox").or_(page.locator("input[name=q]")).first.fill("김")
    page.locator("button[value=look]").click()
    page.locator("input[name=other]").first.check()
    page.locator("button[value=choose]").click()
    page.wait_for_url("**/staff/customers/*")


def opened(page: Page, judge: Callable[[Page], None]) -> None:
    page.locator(".mg-open summary").press("Enter")
    reason = page.locator("#unmask-reason")
    reason.fill("음")
    reason.press("Enter")
    expect(page.locator("#unmask-e")).to_be_visible()
    judge(page)
    page.locator("#unmask-reason").fill("같은 사람인지 확인")
    page.locator("#unmask-reason").press("Enter")
    expect(page.locator(".mg-opened")).to_be_visible()
    judge(page)
