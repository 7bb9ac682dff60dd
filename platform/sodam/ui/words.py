"""How Korean offices write dates, phones and particles; English beside it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import get_language

WEEKDAYS = "월화수목금토일"
SEOUL_PREFIX = 2  # the only area code of two digits


def is_english() -> bool:
    """Is the page for a reader of English?"""
    return (get_language() or "ko").startswith("en")


def weekday(value: date) -> str:
    """`목` / `Thu`."""
    return f"{value:%a}" if is_english() else WEEKDAYS[value.weekday()]


def full_date(value: date) -> str:
    """`2026. 3. 5.(목)`; in English `Thu 5 Mar 2026`."""
    if is_english():
        return f"{value:%a} {value.day} {value:%b %Y}"
    return f"{value.year}. {value.month}. {value.day}.({weekday(value)})"


def bare_date(value: date) -> str:
    """`2026. 3. 5.`; in English `5 Mar 2026`."""
    if is_english():
        return f"{value.day} {value:%b %Y}"
    return f"{value.year}. {value.month}. {value.day}."


def short_date(value: date) -> str:
    """`3. 5.(목)`; in English `Thu 5 Mar`."""
    if is_english():
        return f"{value:%a} {value.day} {value:%b}"
    return f"{value.month}. {value.day}.({weekday(value)})"


def date_time(value: datetime) -> str:
    """The full date and the clock of 24 hours."""
    return f"{full_date(value)} {value:%H:%M}"


def short_date_time(value: datetime) -> str:
    """The date without its year, and the clock."""
    return f"{short_date(value)} {value:%H:%M}"


def day_sentence(value: date) -> str:
    """`12월 3일(목)` / `Thursday, 3 December`."""
    if is_english():
        return f"{value:%A}, {value.day} {value:%B}"
    return f"{value.month}월 {value.day}일({weekday(value)})"


def phone_local(number: str) -> str:
    """E.164 of Korea as people read it; others as they are. Only Seoul's `02` has two digits."""
    if not number.startswith("+82"):
        return number
    digits = "0" + number.removeprefix("+82")
    head = SEOUL_PREFIX if digits.startswith("02") else 3
    return f"{digits[:head]}-{digits[head:-4]}-{digits[-4:]}"


def particle(word: str, pair: str) -> str:
    """`을/를`, `이/가`, `은/는`, `과/와`, `으로/로`: the one that fits the word's last sound."""
    closed, opened = pair.split("/")
    last = word.rstrip(")]'\"”’ ")[-1:]
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        if closed == "으로" and final == 8:  # ㄹ takes 로
            return opened
        return closed if final else opened
    if last.isdigit():
        if closed == "으로" and last in "178":
            return opened
        return closed if last in "013678" else opened
    return opened
