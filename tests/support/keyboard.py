"""A person without a mouse: Tab until the wanted thing has the focus; in both input modes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 160
ARRIVAL_MS = 30_000
SIGNS = {"Slash": "/", "Backquote": "`"}
LATIN = {"KeyC": "c", "KeyG": "g", "KeyI": "i", "KeyJ": "j", "KeyK": "k", "KeyR": "r"}
HANGUL = {"KeyC": "ㅊ", "KeyG": "ㅎ", "KeyI": "ㅑ", "KeyJ": "ㅓ", "KeyK": "ㅏ", "KeyR": "ㄱ"}
MODES = {"latin": LATIN | SIGNS, "hangul": HANGUL | SIGNS}

FOCUS = """(wanted) => {
    const at = document.activeElement;
    const isRinged = (one) => one && getComputedStyle(one).outlineStyle !== "none"
        && parseFloat(getComputedStyle(one).outlineWidth) >= 2;
    const near = [at, at.nextElementSibling, at.parentElement, at.parentElement?.parentElement];
    const box = at.getBoundingClientRect();
    return {
        isThere: at === wanted,
        isSeen: at === document.body || (near.some(isRinged) && box.width > 0 && box.height > 0),
        name: at.outerHTML.slice(0, 160),
    };
}"""


class Keyboard:
    """One person at one tab. `mode` says what their keyboard writes by the same keys."""

    def __init__(self, page: Page, mode: str) -> None:
        self.page, self.letters = page, MODES[mode]
        self.is_hangul = mode == "hangul"
        self.debugger = page.context.new_cdp_session(page)

    def tab_to(self, wanted: Locator, *, back: bool = False) -> None:
        """Press Tab (or Shift+Tab) until it has the focus; at every stop the focus must be seen."""
        expect(wanted).to_be_attached()
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            found = wanted.evaluate(FOCUS)
            assert found["isSeen"], f"no visible focus on {self.page.url}: {found['name']}"
            if found["isThere"]:
                return
        raise AssertionError(f"{wanted} cannot be reached by Tab on {self.page.url}")

    def choose(self, wanted: Locator) -> None:
        """Tick a box, or take the first of a group."""
        self.tab_to(wanted)
        self.page.keyboard.press("Space")
        expect(wanted).to_be_checked()

    def press(self, wanted: Locator) -> None:
        """Go there and press Enter."""
        self.tab_to(wanted)
        self.page.keyboard.press("Enter")

    def follow(self, wanted: Locator) -> None:
        """Press it, and arrive on the next page."""
        self.tab_to(wanted)
        with self.arriving():
            self.page.keyboard.press("Enter")

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """What is done inside leads to another page. A page may be slow on a busy machine."""
        with self.page.expect_navigation(timeout=ARRIVAL_MS):
            yield

    def shortcut(self, *codes: str) -> None:
        """Keys of the staff pages, one after another, as this input mode sends them."""
        for code in codes:
            given = {"code": code, "key": self.letters[code]}
            self.debugger.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **given})
            self.debugger.send("Input.dispatchKeyEvent", {"type": "keyUp", **given})

    def write(self, text: str) -> None:
        """Type; in Korean mode the last syllable is composed before it is there."""
        if not self.is_hangul or text.isascii():
            self.page.keyboard.type(text)
            return
        self.page.keyboard.insert_text(text[:-1])
        composing = {"text": text[-1], "selectionStart": 1, "selectionEnd": 1}
        self.debugger.send("Input.imeSetComposition", composing)
        self.debugger.send("Input.insertText", {"text": text[-1]})

    def fill(self, wanted: Locator, text: str) -> None:
        """Go to a field and type."""
        self.tab_to(wanted)
        self.write(text)
        expect(wanted).to_have_value(text)
