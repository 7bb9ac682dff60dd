"""Every page anybody may open: both languages and widths, high contrast, big letters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.support.product import RunningSodam

PATHS = ("/", "/track", "/help", "/privacy", "/accessibility", "/demo/mailbox", "/s/short")
Judge = Callable[[Page], None]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_passes_the_gates(
    page: Page, running_sodam: RunningSodam, judge: Judge, path: str
) -> None:
    for language in ("", "/en"):
        page.goto(running_sodam.url("busan", f"{language}{path}"))
        judge(page)


def test_a_page_asks_no_other_host(page: Page, running_sodam: RunningSodam) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(running_sodam.url("busan"))
    page.wait_for_load_state("networkidle")
    assert asked
    assert {url.split("/")[2] for url in asked} == {f"busan.localhost:{running_sodam.port}"}


def test_the_skip_link_is_the_first_stop(page: Page, running_sodam: RunningSodam) -> None:
    page.goto(running_sodam.url("busan"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#content"


def test_the_first_action_is_in_the_first_window(page: Page, running_sodam: RunningSodam) -> None:
    page.goto(running_sodam.url("busan"))
    box = page.locator(".sd-action.main").bounding_box()
    assert box
    assert box["y"] + box["height"] <= page.viewport_size["height"]


def test_high_contrast_and_big_letters_stay_and_pass_the_gates(
    wide_page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    wide_page.goto(running_sodam.url("busan"))
    wide_page.click(".sd-c-util [data-contrast]")
    wide_page.click(".sd-c-util [data-size]")
    judge(wide_page)
    wide_page.goto(running_sodam.url("busan", "/voices/new/what"))
    assert wide_page.get_attribute("html", "data-krds-mode") == "high-contrast"
    assert wide_page.get_attribute("html", "data-size") == "large"
    judge(wide_page)


def test_the_page_reflows_at_320_pixels(wide_page: Page, running_sodam: RunningSodam) -> None:
    wide_page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/", "/voices/new/what", "/track", "/help"):
        wide_page.goto(running_sodam.url("busan", path))
        assert wide_page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_the_menu_of_a_phone_opens_by_keyboard_and_gives_the_focus_back(
    wide_page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    wide_page.set_viewport_size({"width": 360, "height": 740})
    wide_page.goto(running_sodam.url("busan"))
    wide_page.focus("[data-menu]")
    wide_page.keyboard.press("Enter")
    assert wide_page.locator("#main-menu a").first.is_visible()
    judge(wide_page)
    wide_page.keyboard.press("Escape")
    assert not wide_page.locator("#main-menu a").first.is_visible()
    assert wide_page.evaluate("document.activeElement.matches('[data-menu]')")
