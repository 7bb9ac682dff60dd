"""Numbered pictures of a story for the tutorials: viewport only, small PNG. `SODAM_SCREENSHOTS=<folder>`."""

from __future__ import annotations

import os
from io import BytesIO
from itertools import count
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

COLOURS = 192


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
        page.evaluate("document.fonts.ready.then(() => true)")
        shot = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide")))
        small = shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(self.folder / f"{next(self.numbers):02d}-{name}.png", optimize=True)
