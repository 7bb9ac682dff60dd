"""The answers of a choice as rows of a form: those that are there, and a few blank ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

MOST_ROWS = 60
BLANKS = 4
CODE = re.compile(r"[a-z][a-z0-9_]{1,47}")
LONGEST = 80


@dataclass(slots=True)
class ChoiceRow:
    """One answer as typed. `code` is fixed once it is there; a new one may be left to us."""

    number: int
    code: str = ""
    ko: str = ""
    en: str = ""
    retired: bool = False
    is_new: bool = True
    error: str = ""


def rows_of(body: Mapping[str, Any]) -> list[ChoiceRow]:
    """The answers of a document in their order, and blank rows after them."""
    entries = sorted(
        body.get("choices", {}).items(), key=lambda one: (one[1].get("sort", 0), one[0])
    )
    rows = [
        ChoiceRow(
            number,
            code,
            entry["label"]["ko"],
            entry["label"].get("en", ""),
            entry.get("retired", False),
            is_new=False,
        )
        for number, (code, entry) in enumerate(entries)
    ]
    return rows + [ChoiceRow(len(rows) + blank) for blank in range(BLANKS)]


def rows_in(data: Mapping[str, str]) -> list[ChoiceRow]:
    """What came back from the form, in its order."""
    return [
        ChoiceRow(
            number,
            data.get(f"a{number}_code", "").strip(),
            data.get(f"a{number}_ko", "").strip()[:LONGEST],
            data.get(f"a{number}_en", "").strip()[:LONGEST],
            f"a{number}_retired" in data,
            is_new=f"a{number}_old" not in data,
        )
        for number in range(MOST_ROWS)
        if f"a{number}_ko" in data
    ] or [ChoiceRow(0)]


def choices_body(rows: list[ChoiceRow], old: Mapping[str, Any]) -> dict[str, Any]:
    """The document's answers in the order of the rows. One that is there never vanishes."""
    found: dict[str, Any] = dict(old)
    free = (f"a{number}" for number in count(1) if f"a{number}" not in old)
    for place, row in enumerate(row for row in rows if row.ko):
        code = row.code if CODE.fullmatch(row.code) else next(free)
        before = old.get(code, {})
        has_english = bool(row.en) or "en" in before.get("label", {})
        label = {"ko": row.ko, "en": row.en} if has_english else {"ko": row.ko}
        entry: dict[str, Any] = {"label": label, "sort": place * 10}
        if row.retired or "retired" in before:
            entry["retired"] = row.retired
        found[code] = entry
    return found
