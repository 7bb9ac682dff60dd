"""Cells that a spreadsheet would run as a formula (CSV injection), and back."""

from __future__ import annotations

import re

# The full-width ones, too: where people write Hangul, a spreadsheet takes them for the others.
_SIGNS = r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
FORMULA_START = re.compile(f"'*{_SIGNS}")
GUARDED_START = re.compile(f"'+{_SIGNS}")


def guard(cell: str) -> str:
    """The cell as plain text for Excel: an apostrophe before what would start a formula."""
    return f"'{cell}" if FORMULA_START.match(cell) else cell


def unguard(cell: str) -> str:
    """The cell as it was before `guard`, so that a corrected error file can be taken in again."""
    return cell[1:] if GUARDED_START.match(cell) else cell
