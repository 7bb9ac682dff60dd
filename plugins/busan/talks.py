"""The record of a talk on the spot (현장대화): one line of the officials' table becomes a voice."""

from __future__ import annotations

from collections.abc import Mapping

COLUMNS = ("일자", "장소", "건의자", "건의내용")
TITLE_LETTERS = 60


def as_voice(line: Mapping[str, str]) -> Mapping[str, str]:
    """Title from the first sentence of what was asked; the day and the place as they are."""
    asked = line.get("건의내용", "").strip()
    return {
        "title": _title(asked),
        "body": asked,
        "received_at": line.get("일자", "").strip(),
        "name": line.get("건의자", "").strip(),
        "location": line.get("장소", "").strip(),
    }


def _title(asked: str) -> str:
    """The first line up to its first full stop, and no longer than a title may be."""
    first = asked.split("\n", 1)[0].split(". ", 1)[0].strip()
    return first[:TITLE_LETTERS]
