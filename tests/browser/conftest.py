"""A Chromium that knows every host of a running Sodam, and axe-core to judge its pages."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from sodam.runtime.chromium import NAMES
from tests.support.album import STILL

AXE = Path(__file__).resolve().parents[2] / "platform/sodam/ui/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATIENCE_MS = 10_000

# Where a page happens to stand decides what its sticky head covers: judge all at their top.
AT_THE_TOP = "scrollTo({top: 0, behavior: 'instant'})"
BLOCKED = "Content Security Policy"
BROKEN: dict[Page, list[str]] = {}
"""What broke in a tab. The judge's own tool tries inline styles: those are not counted."""

Sizes = {1280: (1280, 900), 360: (360, 740)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


def chromium() -> str:
    """What `make test` found or fetched; else the machine's own. Never a silent skip."""
    found = os.environ.get("SODAM_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    if not found:
        pytest.fail("Chromium이 없습니다. make test로 실행하거나 SODAM_CHROMIUM을 지정하세요.")
    return found


def listen(tab: Page) -> None:
    """Note from now on what breaks in this tab."""
    heard = BROKEN.setdefault(tab, [])
    tab.on("pageerror", lambda error: heard.append(str(error)))
    tab.on("console", lambda said: heard.append(said.text) if BLOCKED in said.text else None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser; names of *.localhost lead to this machine without a resolver."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--host-resolver-rules=MAP *.localhost 127.0.0.1"],
        )
        yield launched
        launched.close()


@pytest.fixture(params=Sizes, ids=lambda width: f"{width}px")
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A desk and a phone: every test that asks for a page runs at both widths."""
    width, height = Sizes[request.param]
    made = browser.new_context(viewport={"width": width, "height": height}, locale="ko-KR")
    made.set_default_timeout(PATIENCE_MS)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab that fails the test when a script breaks or the content policy blocks something."""
    tab = context.new_page()
    listen(tab)
    yield tab
    assert BROKEN.pop(tab) == []


def _at_a_desk(browser: Browser) -> Iterator[Page]:
    width, height = Sizes[1280]
    made = browser.new_context(viewport={"width": width, "height": height}, locale="ko-KR")
    made.set_default_timeout(PATIENCE_MS)
    tab = made.new_page()
    listen(tab)
    yield tab
    made.close()
    assert BROKEN.pop(tab) == []


@pytest.fixture
def wide_page(browser: Browser) -> Iterator[Page]:
    """A tab at the desk only."""
    yield from _at_a_desk(browser)


@pytest.fixture
def colleague_page(browser: Browser) -> Iterator[Page]:
    """A tab at another desk: another person, with cookies of their own."""
    yield from _at_a_desk(browser)


@pytest.fixture
def judge() -> Callable[[Page], None]:
    """Gates G1 and G3: no axe violation, no sideways scrolling."""
    return _judge


@pytest.fixture
def judge_both() -> Callable[[Page], None]:
    """The same gates at a desk and on a phone, for a state of a page that cannot be made twice."""

    def judged(page: Page) -> None:
        for width, height in (Sizes[360], Sizes[1280]):
            page.set_viewport_size({"width": width, "height": height})
            _judge(page)

    return judged


def _judge(page: Page) -> None:
    heard = BROKEN.setdefault(page, [])
    assert heard == [], page.url
    page.wait_for_load_state()
    page.evaluate(AT_THE_TOP)
    page.evaluate(STILL)  # a colour on its way from one mode to the other is neither
    page.evaluate(AT_THE_TOP)  # an address with a #place has scrolled there meanwhile
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0, f"{page.url}: {overflow}px wider than the window"
    found = _violations(page)
    page.evaluate("new Promise((done) => requestAnimationFrame(done))")
    heard.clear()
    assert found == [], page.url


def _violations(page: Page) -> list[Any]:
    """Asked through the debugger, which the page's content policy does not bind."""
    if not AXE.exists():
        pytest.fail("axe-core가 없습니다. make setup을 먼저 실행하세요.")
    question = f"""axe.run(document, {{runOnly: {json.dumps(RULES)}}}).then((result) =>
        JSON.stringify(result.violations.map((found) => [found.id, ...found.nodes.map(
            (node) => `${{node.target.join(" ")}}: ${{node.failureSummary}}`)])))"""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    answer = session.send(
        "Runtime.evaluate",
        {"expression": question, "awaitPromise": True, "returnByValue": True},
    )
    session.detach()
    return list(json.loads(answer["result"]["value"]))
