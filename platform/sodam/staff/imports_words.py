"""Words of the pages of imports: states, steps, why a column was matched, samples covered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.common.personal_data import MASK, mask_email, mask_name
from core_crm.imports.types import BatchState, MatchPolicy
from sodam.staff.labels import Sign

LONGEST_SAMPLE = 24
PLAIN_FIELDS = frozenset({"sex", "language", "kind", "trade", "needs", "role", "how", "country"})
"""Fields whose values are one of a few words, so that a sample names nobody."""

STATES: dict[str, Sign] = {
    BatchState.DRAFT: Sign(gettext_lazy("열 맞추는 중"), "edit"),
    BatchState.PLANNED: Sign(gettext_lazy("점검함"), "list"),
    BatchState.WAITING: Sign(gettext_lazy("대기 중"), "hourglass", "wait"),
    BatchState.RUNNING: Sign(gettext_lazy("가져오는 중"), "clock", "go"),
    BatchState.PAUSED: Sign(gettext_lazy("잠시 멈춤"), "pause", "wait"),
    BatchState.DONE: Sign(gettext_lazy("끝남"), "check", "ok"),
    BatchState.FAILED: Sign(gettext_lazy("중단됨"), "alert", "no"),
    BatchState.CANCELLED: Sign(gettext_lazy("취소함"), "ban"),
    BatchState.UNDOING: Sign(gettext_lazy("되돌리는 중"), "refresh", "go"),
    BatchState.UNDONE: Sign(gettext_lazy("되돌림"), "refresh"),
}
POLICIES: dict[str, str | Promise] = {
    MatchPolicy.FILL: gettext_lazy("빈 항목만 채우기"),
    MatchPolicy.OVERWRITE: gettext_lazy("파일 값으로 바꾸기"),
    MatchPolicy.SKIP: gettext_lazy("건너뛰기"),
}
ENCODINGS: dict[str, str | Promise] = {
    "auto": gettext_lazy("저절로 알아보기"),
    "utf-8": "UTF-8",
    "cp949": gettext_lazy("CP949 (옛 한글 엑셀)"),
    "utf-16": "UTF-16",
}
DELIMITERS: dict[str, str | Promise] = {
    ",": gettext_lazy("쉼표"),
    "\t": gettext_lazy("탭"),
    ";": gettext_lazy("쌍반점"),
    "|": gettext_lazy("세로줄"),
}
WHYS: dict[str, Sign] = {
    "saved": Sign(gettext_lazy("지난번 그대로"), "clock", "go"),
    "name": Sign(gettext_lazy("열 이름으로"), "check", "ok"),
    "values": Sign(gettext_lazy("값을 보고"), "eye", "wait"),
}
COUNTS: tuple[tuple[str, str | Promise], ...] = (
    ("created", gettext_lazy("새로 등록")),
    ("updated", gettext_lazy("고침")),
    ("skipped", gettext_lazy("건너뜀")),
    ("refused", gettext_lazy("받지 않음")),
)
STEPS = (
    gettext_lazy("파일"),
    gettext_lazy("열 맞추기"),
    gettext_lazy("미리 점검"),
    gettext_lazy("가져오기"),
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_DATE = re.compile(r"(\d{4})([-./년 ]+)\d{1,2}([-./월 ]+)\d{1,2}.*")
_LONG_NUMBER = re.compile(r"[\d\-+() .~]{7,}")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the way from a file to its result; `css`: `done`, `on` or "" for later."""

    number: int
    word: str | Promise
    css: str


def steps(current: int) -> list[Step]:
    """The way of a file, standing at `current` (from 1); past the end all are done."""
    marks = {True: "done", False: ""}
    return [
        Step(number, word, "on" if number == current else marks[number < current])
        for number, word in enumerate(STEPS, start=1)
    ]


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the four counts. `start` and `percent` place its part of a bar, 0–100."""

    code: str
    word: str | Promise
    n: int
    start: float
    percent: float


def tiles(counted: Any) -> list[Tile]:
    """What became of the rows, or would: an ImportPlan, a Progress or a batch."""
    numbers = [int(getattr(counted, code)) for code, _word in COUNTS]
    whole = max(sum(numbers), 1)
    ends = list(accumulate(numbers, initial=0))
    return [
        Tile(code, word, n, round(100 * start / whole, 2), round(100 * n / whole, 2))
        for (code, word), n, start in zip(COUNTS, numbers, ends, strict=False)
    ]


def sample(value: str, field: str) -> str:
    """A value of the file as it may stand on a page: enough to know the column, not the person."""
    text = " ".join(value.split())
    if not text or field in PLAIN_FIELDS:
        return text[:LONGEST_SAMPLE]
    return _covered(text)[:LONGEST_SAMPLE]


def _covered(text: str) -> str:
    if _EMAIL.fullmatch(text):
        return mask_email(text)
    if dated := _DATE.fullmatch(text):
        return f"{dated[1]}-{MASK * 2}-{MASK * 2}"
    if _LONG_NUMBER.fullmatch(text):
        return text[:3] + _DIGIT.sub(MASK, text[3:-2]) + text[-2:]
    first, _space, rest = text.partition(" ")
    return f"{first} {MASK * 3}" if rest and not text.isascii() else mask_name(text)


def time_left(seconds: float | None) -> str:
    """`약 2분 남음`; "" when nobody can say yet."""
    if seconds is None:
        return ""
    if seconds < 5:
        return _("곧 끝남")
    if seconds < 90:
        return _("약 %(n)s초 남음") % {"n": 5 * max(round(seconds / 5), 1)}
    return _("약 %(n)s분 남음") % {"n": max(round(seconds / 60), 2)}
