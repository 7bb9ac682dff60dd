"""Times and names in the words of the reader, for notices."""

from __future__ import annotations

from datetime import date, datetime

from core_crm.calendars import SEOUL

WEEKDAYS_KO = "월화수목금토일"
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def moment_in_words(at: datetime, *, language: str) -> str:
    """`2026년 12월 3일(목) 18:00`, `Thu 3 Dec 2026, 18:00`; always Korea's clock."""
    local = at.astimezone(SEOUL)
    return f"{day_in_words(local.date(), language=language)}{_gap(language)}{local:%H:%M}"


def day_in_words(day: date, *, language: str) -> str:
    """`2026년 12월 3일(목)`, `Thu 3 Dec 2026`."""
    if language == "ko":
        return f"{day.year}년 {day.month}월 {day.day}일({WEEKDAYS_KO[day.weekday()]})"
    return f"{WEEKDAYS_EN[day.weekday()]} {day.day} {MONTHS_EN[day.month - 1]} {day.year}"


def _gap(language: str) -> str:
    return " " if language == "ko" else ", "


def cut_to_bytes(text: str, *, limit_bytes: int, ending: str) -> str:
    """The text, or as much of it as fits with the ending behind it, counted in CP949 bytes."""
    if _bytes(text) <= limit_bytes:
        return text
    room = limit_bytes - _bytes(ending)
    kept = text
    while _bytes(kept) > room:
        kept = kept[: max(len(kept) - max(1, (_bytes(kept) - room) // 2), 0)]
    return kept.rstrip() + ending


def _bytes(text: str) -> int:
    return sum(1 if sign.isascii() else 2 for sign in text)
