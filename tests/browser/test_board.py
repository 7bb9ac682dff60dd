"""The public board in a browser: gates at both widths, without scripts, with keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.doors import log_in
from tests.support.product import RunningSodam

Judge = Callable[[Page], None]
LISTS = (
    "/board",
    "/en/board",
    "/board?state=unable",
    "/board?q=%EC%97%86%EB%8A%94%EB%A7%90&category=road&sort=waiting",
)


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A tab without scripts."""
    made = browser.new_context(java_script_enabled=False, locale="ko-KR")
    yield made.new_page()
    made.close()


@pytest.mark.parametrize("path", LISTS)
def test_every_list_passes_the_gates(
    page: Page, running_sodam: RunningSodam, judge: Judge, path: str
) -> None:
    page.goto(running_sodam.url("busan", path))
    judge(page)


@pytest.mark.parametrize("state", ["going_on", "done", "unable"])
def test_an_entry_of_each_state_passes_the_gates(
    page: Page, running_sodam: RunningSodam, judge: Judge, state: str
) -> None:
    page.goto(running_sodam.url("busan", f"/board?state={state}"))
    title = page.locator(".sd-bcard .t a").first
    said = title.inner_text()
    title.click()
    expect(page.locator("h1")).to_have_text(said)
    judge(page)
    has_reason = page.locator(".sd-breason").count() == 1
    assert has_reason is (state == "unable")


def test_the_board_reflows_at_320_pixels_and_targets_are_large(
    wide_page: Page, running_sodam: RunningSodam
) -> None:
    wide_page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/board", "/board?state=unable"):
        wide_page.goto(running_sodam.url("busan", path))
        assert wide_page.evaluate("document.documentElement.scrollWidth") <= 320
    for tab in wide_page.locator(".sd-btabs a").all():
        box = tab.bounding_box()
        assert box
        assert box["height"] >= 44


def test_without_scripts_one_filters_pages_and_reads(
    plain_page: Page, running_sodam: RunningSodam
) -> None:
    plain_page.goto(running_sodam.url("busan", "/board"))
    plain_page.click(".sd-btabs a.done")
    plain_page.fill("#b-q", "교체")
    plain_page.click(".sd-bfind button")
    assert "state=done" in plain_page.url
    assert "q=" in plain_page.url
    assert plain_page.locator(".sd-bchips a").count() == 2
    plain_page.locator(".sd-bchips a").first.click()
    assert "q=" not in plain_page.url
    plain_page.locator(".sd-bcard .t a").first.click()
    assert plain_page.locator("h1").inner_text()


def test_with_keys_alone_from_the_tabs_to_an_entry(
    wide_page: Page, running_sodam: RunningSodam
) -> None:
    wide_page.goto(running_sodam.url("busan", "/board"))
    _tab_to(wide_page, ".sd-btabs a.unable")
    with wide_page.expect_navigation():
        wide_page.keyboard.press("Enter")
    assert wide_page.locator(".sd-btabs [aria-current]").get_attribute("class") == "unable"
    _tab_to(wide_page, "#b-category")
    _tab_to(wide_page, ".sd-bcard .t a")
    ring = "getComputedStyle(document.activeElement.closest('.sd-bcard')).outlineWidth"
    assert wide_page.evaluate(ring) == "3px"
    with wide_page.expect_navigation():
        wide_page.keyboard.press("Enter")
    expect(wide_page.locator(".sd-breason")).to_be_visible()


def test_a_second_visit_asks_and_gets_nothing_new(
    wide_page: Page, running_sodam: RunningSodam
) -> None:
    url = running_sodam.url("busan", "/board")
    wide_page.goto(url)
    first = wide_page.goto(url)
    assert first
    asked = """(etag) => fetch(location.href, {
        headers: {"If-None-Match": etag}, cache: "no-store"}).then((answer) => answer.status)"""
    assert wide_page.evaluate(asked, first.header_value("etag")) == 304
    assert wide_page.evaluate(asked, '"another"') == 200


def test_high_contrast_and_forced_colours_keep_every_word(
    wide_page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    wide_page.goto(running_sodam.url("busan", "/board?state=unable"))
    wide_page.click(".sd-c-util [data-contrast]")
    judge(wide_page)
    wide_page.locator(".sd-bcard .t a").first.click()
    judge(wide_page)
    wide_page.emulate_media(forced_colors="active")
    expect(wide_page.locator(".sd-breason h2")).to_be_visible()


def test_a_moderator_covers_sees_and_publishes_then_citizens_read(
    wide_page: Page, running_sodam: RunningSodam, judge_both: Judge
) -> None:
    page = wide_page
    _log_in(page, running_sodam)
    page.goto(running_sodam.url("busan", "/staff/board?view=waiting"))
    judge_both(page)
    page.locator(".sd-rows a").first.click()
    judge_both(page)
    title = page.input_value("#f-title")
    page.fill("#f-summary", f"{title}, 김철수님 010-1234-5678로 연락을 부탁하셨습니다.")
    page.get_by_role("button", name="시민 화면 다시 보기").click()
    expect(page.locator(".sd-mfound.held")).to_be_visible()
    judge_both(page)
    page.get_by_role("button", name="이대로 공개하기").click()
    expect(page.locator("[role=alert]").first).to_be_visible()
    judge_both(page)
    page.get_by_role("button", name="모두 ○○○로 가리기").click()
    expect(page.locator(".sd-mfound")).to_have_count(0)
    page.get_by_role("button", name="이대로 공개하기").click()
    page.wait_for_url("**/staff/board?view=waiting")
    page.goto(running_sodam.url("busan", "/board"))
    expect(page.locator(".sd-bcard .t a").first).to_have_text(title)
    page.locator(".sd-bcard .t a").first.click()
    expect(page.locator("main")).to_contain_text("○○○님 ○○○로 연락을")


def _log_in(page: Page, sodam: RunningSodam) -> None:
    door = sodam.url("busan", "/staff/login")
    log_in(page, door, "steward@busan.example", to=sodam.url("busan", "/staff/"))


def _tab_to(page: Page, wanted: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", wanted):
            return
    raise AssertionError(f"{wanted} cannot be reached by Tab on {page.url}")
