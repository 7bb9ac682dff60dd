"""The scorecard in a real browser: by link, by key, as chart and table, on paper and a phone."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam

CELLS = ".sd-heat td.h a"
ROWS_SHOWN = 50


def open_kpi(page: Page, sodam: RunningSodam, query: str = "") -> None:
    page.goto(sodam.url("busan", f"/staff/kpi?{query}"))
    expect(page.locator(".sd-heat")).to_be_visible()


def first_number(page: Page) -> str:
    """The id of the first cell of a month that has a number."""
    numbers = page.locator("tbody td.h:not(.na):not(.all) a")
    return str(numbers.first.get_attribute("id"))


def test_every_state_of_the_page_is_clean_at_both_widths(
    running_sodam: RunningSodam, page: Page, judge: Callable[[Page], None]
) -> None:
    log_in(page, running_sodam, "admin")
    for query in ("", "indicator=satisfaction", "level=official", "level=bureau&compound=all"):
        open_kpi(page, running_sodam, query)
        judge(page)
    open_kpi(page, running_sodam)
    page.locator(f"#{first_number(page)}").click()
    expect(page.locator("#cell-h")).to_be_focused()
    judge(page)
    page.locator("#kpi-trend [value=table]").check(force=True)
    judge(page)
    page.locator("#v-2").click()
    expect(page.locator("#v-2[aria-current]")).to_be_focused()
    expect(page.locator("[data-chart] svg")).to_be_visible()
    judge(page)
    page.goto(running_sodam.url("busan", "/staff/kpi?year=2026&petition_class=inquiry_legal"))
    judge(page)


def test_high_contrast_is_clean_too(
    running_sodam: RunningSodam, wide_page: Page, judge: Callable[[Page], None]
) -> None:
    page = wide_page
    log_in(page, running_sodam, "admin")
    open_kpi(page, running_sodam, "cell=total:10")
    before = page.locator("#kpi-trend svg").inner_html()
    page.locator("button[data-contrast]").click()
    expect(page.locator("html")).to_have_attribute("data-krds-mode", "high-contrast")
    assert page.locator("#kpi-trend svg").inner_html() != before  # drawn anew in its colours
    judge(page)
    page.locator("button[data-contrast]").click()


def test_a_cell_is_chosen_by_key_and_its_cases_are_opened(
    running_sodam: RunningSodam, wide_page: Page
) -> None:
    page = wide_page
    log_in(page, running_sodam, "admin")
    open_kpi(page, running_sodam)
    cell = page.locator(f"#{first_number(page)}")
    cell.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(cell).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#cell-h")).to_be_focused()
    expect(cell).to_have_attribute("aria-current", "true")
    assert "cell=" in page.url
    count = re.search(r"\d+", page.locator(".open a").inner_text())
    assert count
    page.locator(".open a").click()
    page.wait_for_url("**/staff/voices?**")
    assert page.locator(".sd-item").count() == min(int(count[0]), ROWS_SHOWN)
    expect(page.locator(".sd-narrow b")).to_have_text(count[0])
    page.go_back()
    expect(page.locator("#cell-h")).not_to_have_text("고른 칸 없음")
    page.get_by_role("link", name="닫기").click()
    expect(cell).to_be_focused()
    expect(page.locator("#cell-h")).to_have_text("고른 칸 없음")
    page.go_back()
    expect(page.locator("#cell-h")).not_to_have_text("고른 칸 없음")


def test_filters_change_the_page_in_place_and_its_address(
    running_sodam: RunningSodam, wide_page: Page
) -> None:
    page = wide_page
    log_in(page, running_sodam, "admin")
    open_kpi(page, running_sodam)
    page.locator("#f-compound").select_option("all")
    expect(page.locator("#f-compound")).to_be_focused()
    assert "compound=all" in page.url
    expect(page.locator(".sd-heat thead")).not_to_contain_text("구분")
    page.get_by_role("link", name="만족도", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("만족도")
    assert "compound=all" in page.url
    page.reload()
    expect(page.locator("#f-compound")).to_have_value("all")


def test_chart_table_and_file_hold_the_same_numbers(
    running_sodam: RunningSodam, wide_page: Page
) -> None:
    page = wide_page
    log_in(page, running_sodam, "admin")
    open_kpi(page, running_sodam, "cell=total:10")
    figure = page.locator("#kpi-trend")
    chart = json.loads(str(figure.locator("[data-chart]").get_attribute("data-chart")))
    expect(figure.locator("svg")).to_be_visible()
    figure.locator("[value=table]").check(force=True)
    expect(figure.locator("table")).to_be_visible()
    expect(figure.locator("[data-chart]")).to_be_hidden()
    shown = figure.locator("tbody td").evaluate_all(
        "cells => cells.map((cell) => cell.firstChild.textContent)"
    )
    drawn = ["–" if value is None else f"{value:.1f}" for value in chart["series"][0]["values"]]
    assert [cell.replace("·", "–") for cell in shown] == drawn
    assert _file(page, "/staff/kpi/trend.csv?cell=total:10")[0][1:] == shown


def test_the_grids_file_is_the_grid(running_sodam: RunningSodam, wide_page: Page) -> None:
    page = wide_page
    log_in(page, running_sodam, "admin")
    open_kpi(page, running_sodam, "indicator=on_time")
    shown = page.locator(".sd-heat tr:has(td)").evaluate_all(
        """rows => rows.map((row) => [...row.querySelectorAll("td.h")].map((cell) =>
            [...(cell.querySelector("a, .v")).childNodes]
                .filter((node) => node.nodeType === Node.TEXT_NODE)
                .map((node) => node.textContent).join("")))"""
    )
    lines = _lines(page, "/staff/kpi.csv?indicator=on_time")
    assert [line[3:] for line in lines[1:]] == shown


def _lines(page: Page, address: str) -> list[list[str]]:
    text = page.evaluate("(url) => fetch(url).then((answer) => answer.text())", address)
    return list(csv.reader(io.StringIO(str(text), newline="")))


def _file(page: Page, address: str) -> list[list[str]]:
    """The file's columns after the first."""
    return [list(column) for column in list(zip(*_lines(page, address), strict=True))[1:]]


def test_everything_is_there_without_scripts(running_sodam: RunningSodam, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ko-KR")
    page = context.new_page()
    log_in(page, running_sodam, "admin")
    open_kpi(page, running_sodam)
    page.locator(f"#{first_number(page)}").click()
    expect(page.locator(".sd-kpi-formula span")).to_contain_text("=")
    expect(page.locator("#kpi-trend table")).to_be_visible()
    expect(page.locator("#kpi-trend [data-chart]")).to_be_hidden()
    page.locator("#f-compound").select_option("all")
    page.get_by_role("button", name="보기", exact=True).click()
    page.wait_for_url("**compound=all**")
    context.close()


def test_it_is_printed_across_with_no_control(running_sodam: RunningSodam, wide_page: Page) -> None:
    page = wide_page
    log_in(page, running_sodam, "admin")
    open_kpi(page, running_sodam, "cell=total:10")
    paper = page.pdf(prefer_css_page_size=True)
    width, height = map(float, re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)[0])
    assert (round(width), round(height)) == (842, 595)  # A4 across, in points
    page.emulate_media(media="print")
    for control in (".sd-topbar", ".sd-kpi-tools", ".sd-kpi-tabs", ".open a", "[data-print]"):
        expect(page.locator(control).first).to_be_hidden()
    expect(page.locator(".sd-heat")).to_be_visible()
    expect(page.locator("#kpi-trend table")).to_be_visible()


@pytest.mark.parametrize("role", ["officer", "head"])
def test_the_own_figures_open_the_own_cases(
    running_sodam: RunningSodam, wide_page: Page, role: str
) -> None:
    page = wide_page
    log_in(page, running_sodam, role)
    page.get_by_role("link", name="성과지표관리").click()
    word = "내 지표" if role == "officer" else "담당자"
    page.get_by_role("link", name=word, exact=True).click()
    expect(page.locator("#l-3[aria-current]")).to_be_focused()
    page.locator(f"#{first_number(page)}").click()
    expect(page.locator("#cell-h")).to_be_focused()
    page.locator(".open a").click()
    page.wait_for_url("**/staff/voices?**")
    expect(page.locator(".sd-narrow b")).to_have_text(str(page.locator(".sd-item").count()))
