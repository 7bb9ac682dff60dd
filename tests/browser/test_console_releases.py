"""The operator chooses the canary, and looks at a release before starting it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.test_small_faces import Judge, log_in
from tests.support.product import RunningSodam


def test_the_canary_is_chosen_and_a_release_is_looked_at_first(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam.url("console", "/login"), "operator@sodam.example")
    page.goto(running_sodam.url("console", "/releases"))
    expect(page.get_by_text("모든 시·도가 이 판입니다")).to_be_visible()
    judge(page)
    page.get_by_label("시·도", exact=True).select_option("seoul")
    page.get_by_label("차례", exact=True).select_option("0")
    page.get_by_role("button", name="바꾸기").press("Enter")
    expect(page.get_by_text("서울특별시: 이제 ‘먼저 해 보는 곳’입니다.")).to_be_visible()
    expect(page.get_by_role("region", name="먼저 해 보는 곳").first).to_contain_text("서울특별시")
    page.get_by_role("button", name="미리 보기").press("Enter")
    expect(page.get_by_text("1단계가 모두 끝났습니다.")).to_be_visible(timeout=60_000)
    page.goto(running_sodam.url("console", "/releases"))
    expect(page.get_by_role("heading", name="마지막 미리 보기")).to_be_visible()
    judge(page)
