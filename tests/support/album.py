"""Numbered pictures of a story, for the tutorials: SODAM_SCREENSHOTS=<folder>. Small PNGs."""

from __future__ import annotations

import os
from base64 import b64decode
from io import BytesIO
from itertools import count
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

COLOURS = 192
STILL = """Promise.race([
    Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))),
    new Promise((done) => setTimeout(done, 1000)),  // what never ends, or waits, is not waited for
])
    .then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    .then(() => true)"""


class Album:
    """Keeps pictures when a folder was named and `is_wanted`; else does nothing."""

    def __init__(self, *, is_wanted: bool = True) -> None:
        folder = os.environ.get("SODAM_SCREENSHOTS", "")
        self.folder = Path(folder) if folder and is_wanted else None
        self.numbers = count(1)

    def take(self, page: Page, name: str) -> None:
        """`07-case.png` and so on, in the order of the story."""
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        shot = Image.open(BytesIO(_picture(page))).convert("RGB")
        small = shot.quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(self.folder / f"{next(self.numbers):02d}-{name}.png", optimize=True)


def _picture(page: Page) -> bytes:
    """By the debugger: Playwright's own way adds a style, which the content policy refuses."""
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate(STILL)
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "png"})
    session.detach()
    return b64decode(taken["data"])
