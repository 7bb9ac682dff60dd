"""Coming in through a log-in page: by its form once, later with the session that it gave."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

WORD = "sodam-demo"
_sessions: dict[tuple[str, str], Any] = {}
"""(log-in page, who) -> the cookies of a browser that had just come in; of this worker alone."""


def log_in(page: Page, address: str, who: str, *, to: str) -> None:
    """Be `who` on the page `to` of that host, as in a browser that was closed and opened again.

    A session that is no more (somebody logged out) is begun anew.
    """
    door = (address, who)
    if door in _sessions:
        page.context.add_cookies(_sessions[door])
        page.goto(to)
        if urlsplit(page.url).path != urlsplit(address).path:
            return
    page.goto(address)
    page.locator("input[name=login]").fill(who)
    page.locator("input[name=password]").fill(WORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    _sessions[door] = page.context.cookies()
    if urlsplit(page.url).path != urlsplit(to).path:
        page.goto(to)
