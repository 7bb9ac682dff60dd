"""Doors, console, studio and the API's page, judged at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.product import RunningSodam

WORD = "sodam-demo"
Judge = Callable[[Page], None]


def log_in(page: Page, address: str, who: str) -> None:
    """By keyboard, as the log-in page of that host asks."""
    page.goto(address)
    page.locator("input[name=login]").fill(who)
    page.locator("input[name=password]").fill(WORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_list_of_doors_leads_into_a_city(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    page.goto(running_sodam.url("", "/"))
    judge(page)
    page.get_by_role("link", name="부산광역시", exact=True).first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(running_sodam.url("busan", "/"))


def test_the_operator_sees_the_governments_and_finds_one(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    page.goto(running_sodam.url("console", "/login"))
    judge(page)
    log_in(page, running_sodam.url("console", "/login"), "operator@sodam.example")
    judge(page)
    page.get_by_role("searchbox").fill("세종")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row")).to_have_count(2)
    judge(page)
    page.goto(running_sodam.url("console", "/?q=달나라"))
    expect(page.get_by_text("맞는 시·도가 없습니다")).to_be_visible()
    judge(page)


@pytest.mark.parametrize("place", ["", "organisation?q=과", "services?q=여권", "workflow"])
def test_the_studio_shows_reference_data(
    page: Page, running_sodam: RunningSodam, judge: Judge, place: str
) -> None:
    log_in(page, running_sodam.url("busan", "/staff/login"), "officer@busan.example")
    page.goto(running_sodam.url("busan", f"/studio/{place}"))
    judge(page)


def test_the_calculator_names_what_is_missing_and_then_counts(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam.url("busan", "/staff/login"), "officer@busan.example")
    page.goto(running_sodam.url("busan", "/studio/calendar?received_on=&received_time=15%3A30"))
    expect(page.locator("#error-summary")).to_be_focused()
    judge(page)
    page.get_by_label("접수일").fill("2026-12-23")
    page.get_by_label("처리기간 단위").select_option("days")
    page.get_by_label("처리기간", exact=False).last.fill("3")
    page.get_by_label("접수 시각").press("Enter")
    expect(page.get_by_text("2026. 12. 29.(화) 15:30")).to_be_visible()
    judge(page)


def test_the_apis_page_and_a_page_that_does_not_exist(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    page.goto(running_sodam.url("busan", "/api/docs"))
    judge(page)
    page.goto(running_sodam.url("console", "/nothing"))
    judge(page)
