"""The workflow changed in the studio, by keyboard, in a browser, at both widths."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam

Judge = Callable[[Page], None]


def tick(page: Page, group: str, *names: str) -> None:
    """Choose some of a group by the space bar."""
    box = page.get_by_role("group", name=group)
    for name in names:
        box.get_by_label(name, exact=True).press("Space")


def test_a_state_is_refused_while_nothing_leads_to_it_and_then_added(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam, "admin")
    page.goto(running_sodam.url("busan", "/studio/workflow"))
    judge(page)
    page.get_by_role("link", name="상태 더하기").press("Enter")
    judge(page)
    page.locator("#id_code").fill("checking")
    page.locator("#id_label_ko").fill("결재 중")
    page.locator("#id_label_en").fill("Being checked")
    page.locator("#id_sort").press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#id_in_from-error")).to_contain_text("이 상태로 오는 길이 없습니다")
    expect(page.locator("#id_out_by-error")).to_contain_text("끝까지 갈 길이 없습니다")
    judge(page)
    page.locator("#id_in_ko").fill("결재 올림")
    tick(page, "어느 상태에서 들어오나", "처리 중")
    tick(page, "어느 단계로 나가나", "답변")
    page.locator("#id_sort").press("Enter")
    expect(page.get_by_text("이어서 고치고 있습니다")).to_be_visible()
    expect(page.locator("svg.st-diagram text", has_text="결재 중")).to_have_count(1)
    expect(page.locator("tr.st-marked").first).to_contain_text("새로")
    judge(page)
    withdraw(page)
    page.goto(running_sodam.url("busan", "/studio/workflow"))
    expect(page.locator("tr", has_text="checking")).to_have_count(0)


def withdraw(page: Page) -> None:
    """Take the open change back, from the desk."""
    page.get_by_role("link", name="변경안 보기와 승인 부탁").press("Enter")
    page.get_by_role("button", name="변경안 거두기").press("Enter")


def test_a_condition_is_refused_at_its_place_and_told_in_the_change(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam, "admin")
    page.goto(running_sodam.url("busan", "/studio/workflow/steps/start"))
    page.locator("#id_guard").fill("has_oficer")
    page.locator("#id_guard").press("Enter")
    expect(page.locator("#id_guard-error")).to_contain_text("혹시 ‘has_officer’")
    judge(page)
    page.locator("#id_guard").fill("has_officer")
    page.locator("#id_guard").press("Enter")
    expect(page.get_by_text("조건: has_officer")).to_be_visible()
    page.get_by_role("link", name="변경안 보기와 승인 부탁").press("Enter")
    expect(page.locator("ins").first).to_have_text("has_officer")
    judge(page)
    page.get_by_role("button", name="변경안 거두기").press("Enter")


def test_a_state_is_removed_with_what_hangs_on_it_told(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam, "admin")
    page.goto(running_sodam.url("busan", "/studio/workflow/states/reopened"))
    judge(page)
    page.get_by_role("link", name="이 상태 빼기").press("Enter")
    expect(page.get_by_text("다시 열기")).to_be_visible()
    judge(page)
    page.goto(running_sodam.url("busan", "/studio/workflow/steps/answer/remove"))
    page.get_by_role("button", name="변경안에서 빼기").press("Enter")
    expect(page.locator("#error-summary")).to_contain_text("답변 완료(answered)")
    judge(page)
    page.goto(running_sodam.url("busan", "/studio/workflow/running"))
    judge(page)
