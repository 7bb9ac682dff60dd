"""The indicators' criteria in a browser: a live sum, a formula completed and tried, saved."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam

Judge = Callable[[Page], None]


def test_weights_add_up_as_they_are_typed_and_the_server_adds_them_too(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam, "admin")
    page.goto(running_sodam.url("busan", "/staff/kpi/score"))
    judge(page)
    page.get_by_role("link", name="평가요소 및 기준관리").press("Enter")
    total = page.locator('[data-sum="department"] output')
    expect(total).to_have_text("100")
    judge(page)
    weight = page.get_by_label("만족도 가중치", exact=True).first
    before = float(weight.input_value())
    weight.fill(str(before + 5))
    expect(total).to_have_text("105")
    expect(total).to_have_class("st-sum wrong")
    weight.press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#error-summary")).to_contain_text("지금 105")
    judge(page)
    page.get_by_label("만족도 가중치", exact=True).first.fill(str(before - 5))
    page.get_by_label("기한 준수율 가중치", exact=True).first.press("Control+a")
    other = page.get_by_label("기한 준수율 가중치", exact=True).first
    other.fill(str(float(other.input_value()) + 5))
    expect(total).to_have_text("100")
    page.get_by_label("변경안 이름").fill("만족도를 조금 가볍게")
    page.get_by_label("변경안 이름").press("Enter")
    expect(page.get_by_role("heading", name="만족도를 조금 가볍게")).to_be_visible()
    judge(page)
    page.get_by_role("button", name="변경안 거두기").press("Enter")
    expect(page.locator("h1 + .sd-state")).to_have_text("거둠")


def test_a_formula_is_completed_by_key_tried_and_refused_at_its_character(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam, "admin")
    page.goto(running_sodam.url("busan", "/studio/kpi/on_time"))
    judge(page)
    page.goto(running_sodam.url("busan", "/studio/kpi/new"))
    judge(page)
    formula = page.get_by_label("산식", exact=False).and_(page.locator("textarea"))
    formula.press_sequentially("withdr")
    expect(page.locator("#formula-names [aria-selected=true]")).to_contain_text("withdrawn")
    judge(page)
    formula.press("Enter")
    expect(formula).to_have_value("withdrawn")
    formula.press_sequentially(" / closd")
    expect(page.locator(".st-where mark")).to_have_text("c")
    expect(page.locator(".st-result")).to_contain_text("closed")  # did you mean
    judge(page)
    for _letter in "closd":
        formula.press("Backspace")
    formula.press_sequentially("closed * 100")
    expect(page.locator("#t_closed, [name=t_closed]")).to_be_visible()
    page.locator("[name=t_withdrawn]").fill("3")
    page.locator("[name=t_closed]").fill("8")
    expect(page.locator(".st-result dd").first).to_have_text("37.5%")
    page.get_by_label("평가방법").select_option("linear")
    page.get_by_label("0점인 값", exact=False).first.fill("50")
    expect(page.get_by_label("100점인 값", exact=False)).to_be_visible()
    judge(page)


def test_without_scripts_a_formula_is_tried_by_a_button(
    browser: Browser, running_sodam: RunningSodam
) -> None:
    page = browser.new_context(java_script_enabled=False, locale="ko-KR").new_page()
    log_in(page, running_sodam, "admin")
    page.goto(running_sodam.url("busan", "/studio/kpi/on_time"))
    page.locator("[name=t_on_time]").fill("9")
    page.locator("[name=t_settled]").fill("10")
    page.get_by_role("button", name="계산해 보기").click()
    expect(page.locator(".st-result dd").nth(0)).to_have_text("90.0%")
    expect(page.locator(".st-result dd").nth(1)).to_have_text("50.00")
    page.context.close()
