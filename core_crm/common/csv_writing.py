"""CSV as spreadsheets open it rightly: UTF-8 with its mark, no cell run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

BYTE_ORDER_MARK = "\ufeff"  # so that Excel reads it as UTF-8

# The full-width ones, too: where people write Hangul, a spreadsheet takes them for the others.
_SIGNS = r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
FORMULA_START = re.compile(f"'*{_SIGNS}")
GUARDED_START = re.compile(f"'+{_SIGNS}")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def guard(cell: str) -> str:
    """The cell as plain text for Excel: an apostrophe before what would start a formula."""
    return f"'{cell}" if FORMULA_START.match(cell) else cell


def unguard(cell: str) -> str:
    """The cell as it was before `guard`, so that a corrected error file can be taken in again."""
    return cell[1:] if GUARDED_START.match(cell) else cell


def csv_line(cells: Sequence[str], *, has_numbers: bool = False) -> str:
    """One record with its line end. `has_numbers`: a plain number stays one, below zero too."""
    line = io.StringIO(newline="")
    csv.writer(line).writerow(
        [cell if has_numbers and NUMBER.fullmatch(cell) else guard(cell) for cell in cells]
    )
    return line.getvalue()
