"""What an address of the board asks for: all of it stands there, so that it can be passed on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.voices.types import BoardChoices, BoardFilters, BoardSort, BoardState
from sodam.ui.numbers import whole_number

MONTH = re.compile(r"20\d{2}-(0[1-9]|1[0-2])")
MOST_LETTERS, MOST_PAGES, AROUND = 60, 500, 1
SORTS: dict[str, Promise] = {
    BoardSort.NEWS.value: gettext_lazy("새 소식 순"),
    BoardSort.ASKED.value: gettext_lazy("늦게 낸 순"),
    BoardSort.WAITING.value: gettext_lazy("먼저 낸 순"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in words, and the board without it."""

    word: str
    url: str


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """State, filters, order and page of a list. What an address gets wrong becomes the default."""

    state: str = ""
    category: str = ""
    department: str = ""
    month: str = ""
    q: str = ""
    sort: str = BoardSort.NEWS.value
    page: int = 1

    @classmethod
    def of(cls, given: QueryDict) -> BoardQuery:
        month, sort, state = (given.get(name, "") for name in ("month", "sort", "state"))
        return cls(
            state=state if state in list(BoardState) else "",
            category=given.get("category", "").strip()[:48],
            department=given.get("department", "").strip()[:64],
            month=month if MONTH.fullmatch(month) else "",
            q=given.get("q", "").strip()[:MOST_LETTERS],
            sort=sort if sort in SORTS else BoardSort.NEWS.value,
            page=whole_number(given.get("page", ""), most=MOST_PAGES) or 1,
        )

    def filters(self) -> BoardFilters:
        return BoardFilters(
            self.state, self.category, self.department, self.month, self.q, self.sort
        )

    def url(self, *, name: str = "board", **changes: str | int) -> str:
        """The board with something changed, from its first page; defaults are left out."""
        asked = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        kept = {key: value for key, value in asdict(asked).items() if value != _DEFAULTS[key]}
        return reverse(name) + (f"?{urlencode(kept)}" if kept else "")

    @property
    def is_narrowed(self) -> bool:
        """By more than its state?"""
        return bool(self.category or self.department or self.month or self.q)

    def chips(self, choices: BoardChoices) -> Iterator[Chip]:
        """Every filter in words; an unknown code stays as it is."""
        if self.q:
            yield Chip(_("찾는 말 ‘%(q)s’") % {"q": self.q}, self.url(q=""))
        if self.category:
            word = dict(choices.categories).get(self.category, self.category)
            yield Chip(word, self.url(category=""))
        if self.department:
            word = dict(choices.departments).get(self.department, self.department)
            yield Chip(word, self.url(department=""))
        if self.month:
            yield Chip(month_word(self.month), self.url(month=""))

    def pages(self, last: int) -> list[tuple[int, str]]:
        """First, last and those around this one: (number, address); a gap is (0, "")."""
        near = {1, last, *range(self.page - AROUND, self.page + AROUND + 1)}
        found: list[tuple[int, str]] = []
        before = 0
        for number in sorted(one for one in near if 1 <= one <= last):
            if number - before > 1:
                found.append((0, ""))
            found.append((number, self.url(page=number)))
            before = number
        return found


_DEFAULTS = asdict(BoardQuery())


def month_word(month: str) -> str:
    """`2026-11` as people write it."""
    year, number = month.split("-")
    return _("%(year)s년 %(month)d월") % {"year": year, "month": int(number)}
