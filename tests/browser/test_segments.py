"""Segments and data quality in a real browser: counted while one builds, judged at both widths."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam


def test_a_segment_is_counted_while_it_is_built_and_bars_open_their_rows(
    running_sodam: RunningSodam, wide_page: Page, judge_both: Callable[[Page], None]
) -> None:
    page = wide_page
    log_in(page, running_sodam, "steward")
    page.goto(running_sodam.url("busan", "/staff/segments"))
    judge_both(page)
    page.goto(running_sodam.url("busan", "/staff/segments/new"))
    built(page)
    judge_both(page)
    saved(page, judge_both)
    page.goto(running_sodam.url("busan", "/staff/customers/quality"))
    mended(page, judge_both)


def built(page: Page) -> None:
    """Nothing but the controls themselves: the count follows, and typing is never lost."""
    page.evaluate("window.isTheSame = true")
    page.locator("#g0r0_field").select_option("age")
    page.locator("#g0r0_op").select_option("ge")  # the comparisons of a number came by themselves
    page.locator("#g0r0_value").fill("30")
    page.locator("#s-name").click()
    page.keyboard.type("서른이 넘은 시민")
    expect(page.locator(".sd-segs-say")).to_have_text("만 나이 30 이상")
    expect(page.locator("#s-name")).to_have_value("서른이 넘은 시민")
    expect(page.locator("#s-name")).to_be_focused()
    assert page.evaluate("window.isTheSame")


def saved(page: Page, judge: Callable[[Page], None]) -> None:
    page.locator("#s-code").fill("over_thirty")
    page.get_by_role("button", name="저장").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("서른이 넘은 시민")
    judge(page)


def mended(page: Page, judge: Callable[[Page], None]) -> None:
    judge(page)
    page.get_by_role("link", name="이메일: 비어 있음").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("이메일: 비어 있음")
    judge(page)
    for tab in ("전체고객현황", "고객변화추이", "인구 대비 현황"):
        page.get_by_role("link", name=tab).press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(tab)
        judge(page)
