"""The set-up guide lives while others work; a city's life by keyboard, at both widths."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_staff_inbox import log_in
from tests.support.product import RunningSodam

Judge = Callable[[Page], None]
PAGES = (
    "/studio/start?skip=data",
    "/studio/start/voice",
    "/studio/start/data",
    "/studio/public",
    "/studio/senders",
    "/studio/outbox",
    "/studio/consents",
    "/studio/consents/marketing",
    "/studio/usage",
    "/studio/backup",
)
WHY = "예전 자료가 없는 새 기관입니다."


@pytest.fixture
def two_admins(
    wide_page: Page, colleague_page: Page, running_sodam: RunningSodam
) -> Iterator[tuple[Page, Page]]:
    """Two people who set the city up; afterwards it is as it was: others' tests share it."""
    for one, role in ((wide_page, "admin"), (colleague_page, "steward")):
        log_in(one, running_sodam, role)
        one.goto(running_sodam.url("busan", "/studio/start"))
    yield wide_page, colleague_page
    wide_page.goto(running_sodam.url("busan", "/studio/start"))
    again = wide_page.locator("#step-data").get_by_role("button", name="다시 하기")
    if again.count():
        again.click()


def test_every_page_of_a_city_s_life_is_open_to_all(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    log_in(page, running_sodam, "admin")
    page.goto(running_sodam.url("busan", "/studio/start"))
    expect(page.get_by_role("heading", name="시작 안내")).to_be_visible()
    judge(page)
    for address in PAGES:
        page.goto(running_sodam.url("busan", address))
        judge(page)


def test_a_colleague_s_step_appears_within_two_seconds_and_survives_a_reload(
    two_admins: tuple[Page, Page],
) -> None:
    mine, hers = two_admins
    step = mine.locator("#step-data")
    expect(step).to_have_class("open next")
    hers.locator("#step-data").get_by_role("link", name="건너뛰기").press("Enter")
    hers.get_by_label("건너뛰는 까닭").fill("짧음")
    hers.get_by_label("건너뛰는 까닭").press("Enter")
    expect(hers.locator("#error-summary")).to_be_focused()
    hers.get_by_label("건너뛰는 까닭").fill(WHY)
    hers.get_by_label("건너뛰는 까닭").press("Enter")
    expect(hers.locator("#step-data")).to_have_class("skipped")
    shown = time.monotonic()
    expect(step).to_contain_text(WHY)
    assert time.monotonic() - shown < 2.0
    mine.reload()
    expect(step).to_contain_text(WHY)


def test_a_live_part_leaves_the_keyboard_where_it_was(two_admins: tuple[Page, Page]) -> None:
    mine, _hers = two_admins
    action = mine.locator("#step-people").get_by_role("link").first
    action.focus()
    mine.wait_for_timeout(2500)  # two polls that say nothing is other
    expect(action).to_be_focused()
