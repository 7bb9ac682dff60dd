"""Cells that a spreadsheet would run as a formula (CSV injection), and back."""

from __future__ import annotations

import re

FORMULA_START = re.compile(r"'*[=+\-@\t\r]")
GUARDED_START = re.compile(r"'+[=+\-@\t\r]")


def guard(cell: str) -> str:
    """The cell as plain text for Excel: an apostrophe before what would start a formula."""
    return f"'{cell}" if FORMULA_START.match(cell) else cell


def unguard(cell: str) -> str:
    """The cell as it was before `guard`, so that a corrected error file can be taken in again."""
    return cell[1:] if GUARDED_START.match(cell) else cell
