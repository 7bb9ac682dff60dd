"""Numbers in what a browser sends: ASCII digits within bounds, or nothing."""

from __future__ import annotations


def whole_number(text: str, *, most: int) -> int | None:
    """`"17"` → 17; None for signs, other scripts' digits, and anything above `most`."""
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(most)):
        return None
    return int(text) if int(text) <= most else None
