"""Customers in a real browser: the list and its preview, one citizen, and what is written down."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam

REASON = "본인 확인 전화"


def test_a_customer_is_found_looked_at_opened_and_noted_on(
    running_sodam: RunningSodam, page: Page, judge: Callable[[Page], None]
) -> None:
    log_in(page, running_sodam, "head")
    page.goto(running_sodam.url("busan", "/staff/customers"))
    judge(page)
    page.get_by_label("고객 찾기").fill("김")
    page.get_by_role("button", name="찾기", exact=True).click()
    expect(page.get_by_role("heading", name="찾은 고객")).to_be_visible()
    assert page.url.endswith("/staff/customers")
    link = page.locator("[data-look]").last
    name, address = str(link.text_content()), str(link.get_attribute("href"))
    link.click()
    if int(page.evaluate("innerWidth")) > 1200:
        expect(page.locator("#look h2")).to_have_text(name)
        expect(link).to_be_focused()
        judge(page)
        link.click()
    page.wait_for_url(f"**{address}")
    expect(page).to_have_title("고객 화면 | 부산광역시 소담")
    expect(page.locator("#who-h")).to_have_text(name)
    judge(page)
    opened_for_a_reason(page, judge)
    written_in_a_dialog(page, judge)


def opened_for_a_reason(page: Page, judge: Callable[[Page], None]) -> None:
    page.locator(".sd-unmask summary").press("Enter")
    reason = page.locator("#unmask-reason")
    reason.fill("음")
    reason.press("Enter")
    expect(page.locator("#unmask-e")).to_be_visible()
    expect(page.locator("#unmask-reason")).to_be_focused()
    judge(page)
    page.locator("#unmask-reason").fill(REASON)
    page.locator("#unmask-reason").press("Enter")
    expect(page.locator("#opened")).to_be_focused()
    expect(page.locator("#who-h")).not_to_contain_text("*")
    judge(page)


def written_in_a_dialog(page: Page, judge: Callable[[Page], None]) -> None:
    page.get_by_role("link", name="동의 적기").first.click()
    dialog = page.locator("#dlg")
    expect(dialog).to_be_visible()
    judge(page)
    dialog.get_by_role("button", name="적기").click()
    expect(dialog.locator(".sd-errsum")).to_be_visible()
    judge(page)
    dialog.get_by_label("동의하지 않음").check()
    dialog.get_by_label("언제 어떻게 들었나요?").fill("전화로 말함")
    dialog.get_by_role("button", name="적기").click()
    expect(page.locator("#consents .not").first).to_be_visible()
    expect(page.locator("#who-h")).to_contain_text("*")


def test_every_form_about_a_customer_is_clean_at_both_widths(
    running_sodam: RunningSodam, page: Page, judge: Callable[[Page], None]
) -> None:
    log_in(page, running_sodam, "steward")
    page.goto(running_sodam.url("busan", "/staff/customers"))
    customer = str(page.locator("[data-look]").first.get_attribute("href"))
    found = "/staff/customers"
    for path in (
        f"{found}/new",
        f"{found}/export",
        f"{found}?kind=organisations",
        f"{found}?language=en&contact=none&state=restricted",
        f"{customer}/edit",
        f"{customer}/relation",
        f"{customer}/timeline",
        f"{customer}/segments",
        f"{customer}/preview",
    ):
        page.goto(running_sodam.url("busan", path))
        judge(page)
