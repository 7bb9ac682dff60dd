"""A citizen files a voice with the keyboard alone, at a desk and on a phone, then follows it."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page

from tests.support.product import RunningSodam

PAGES_MOST, SECONDS_MOST = 3, 60
Judge = Callable[[Page], None]


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the wanted element has the focus; the ring must be visible."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", wanted):
            return
    raise AssertionError(f"{wanted} cannot be reached by Tab on {page.url}")


def type_into(page: Page, wanted: str, text: str) -> None:
    tab_to(page, wanted)
    page.keyboard.type(text)


def choose(page: Page, wanted: str) -> None:
    tab_to(page, wanted)
    page.keyboard.press("Space")


def press(page: Page, wanted: str) -> None:
    tab_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write_what(page: Page) -> None:
    choose(page, "input[name=category]")
    type_into(page, "#f-title", "보도블록이 깨져 있어요")
    type_into(page, "#f-body", "지난주부터 정류장 앞 보도블록이 내려앉아 유모차가 걸립니다.")
    type_into(page, "#f-location", "시청역 6번 출구")
    press(page, "form button.primary")


def write_you(page: Page) -> None:
    type_into(page, "#f-name", "김민수")
    type_into(page, "#f-phone", "010-0000-4211")
    choose(page, "input[name=reply_channel]")
    choose(page, "input[name=is_public]")
    choose(page, "#f-consent")
    press(page, "form button.primary")


def file_by_keyboard(page: Page, sodam: RunningSodam) -> str:
    page.goto(sodam.url("busan", "/voices/new/what"))
    write_what(page)
    write_you(page)
    press(page, "form button.primary")
    return page.locator(".sd-receipt .ref b").inner_text()


def test_a_voice_is_filed_by_keyboard_within_a_minute(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    began = time.monotonic()
    ref = file_by_keyboard(page, running_sodam)
    assert time.monotonic() - began < SECONDS_MOST
    assert page.url.endswith(f"/voices/{ref}/done")
    judge(page)
    page.reload()
    assert page.locator(".sd-receipt .ref b").inner_text() == ref


def test_every_state_of_filing_passes_the_gates(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    page.goto(running_sodam.url("busan", "/voices/new/what"))
    judge(page)
    press(page, "form button.primary")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    assert page.title().startswith("오류: ")
    judge(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "category"
    page.goto(running_sodam.url("busan", "/voices/new/what"))
    write_what(page)
    judge(page)
    press(page, "form button.primary")
    judge(page)
    write_you(page)
    judge(page)


def test_what_was_typed_survives_a_reload(page: Page, running_sodam: RunningSodam) -> None:
    page.goto(running_sodam.url("busan", "/voices/new/what"))
    page.fill("#f-body", "쓰다 만 글입니다.")
    page.locator("[data-draft-saved]:not(:empty)").wait_for()
    page.goto(running_sodam.url("busan", "/help"))
    page.goto(running_sodam.url("busan", "/voices/new/what"))
    assert page.input_value("#f-body") == "쓰다 만 글입니다."
    assert page.evaluate("localStorage.length") == 0


def test_its_sender_finds_the_voice_again(
    page: Page, running_sodam: RunningSodam, judge: Judge
) -> None:
    ref = file_by_keyboard(page, running_sodam)
    page.context.clear_cookies()
    page.goto(running_sodam.url("busan", "/track"))
    judge(page)
    type_into(page, "#f-ref", ref)
    type_into(page, "#f-contact", "010-0000-0000")
    press(page, "form button.primary")
    judge(page)
    page.fill("#f-contact", "01000004211")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/track/{ref}")
    assert page.locator("h1").inner_text() == "보도블록이 깨져 있어요"
    judge(page)
    with page.expect_navigation():
        page.click("a:has-text('의견 취하하기')")
    judge(page)
