"""What names a row of a foreign file, so that taking it in again finds what it became."""

from __future__ import annotations

import hashlib
from collections import Counter

from core_crm.imports.types import TableRow

LONGEST_ID = 120


class RowIds:
    """Names the rows of one file: by a column of theirs, else by what they say.

    Rows that say exactly the same are told apart by their order, so none is lost.
    """

    def __init__(self, column: str = "") -> None:
        self._column = column
        self._seen: Counter[str] = Counter()

    def of(self, row: TableRow) -> str:
        """The row's own number in its column; without one, a digest of its cells."""
        own = row.values.get(self._column, "").strip()
        if own and len(own) <= LONGEST_ID:
            return own
        digest = hashlib.sha256("\x1f".join(row.cells).encode(errors="replace")).hexdigest()[:40]
        self._seen[digest] += 1
        nth = self._seen[digest]
        return f"row-{digest}" if nth == 1 else f"row-{digest}-{nth}"
