"""C9 `/board` and C10 `/board/<id>`: what was asked, what was done, and what cannot be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from core_crm.voices.selectors import (
    board_choices,
    board_entry,
    board_entry_stamp,
    board_moments,
    board_page,
    board_stamp,
)
from core_crm.voices.types import BoardCounts
from sodam.citizen.board_cache import revalidated
from sodam.citizen.board_query import SORTS, BoardQuery, month_word


@dataclass(frozen=True, slots=True)
class Tab:
    """One state with its number; the number opens exactly its list."""

    word: str | Promise
    icon: str
    tone: str
    n: int
    url: str
    is_current: bool


TABS: dict[str, tuple[Promise, str]] = {
    "": (gettext_lazy("모두"), "list"),
    "going_on": (gettext_lazy("처리중"), "clock"),
    "done": (gettext_lazy("완료"), "check"),
    "unable": (gettext_lazy("불가"), "ban"),
}


@require_safe
@revalidated(board_stamp)
def board(request: HttpRequest) -> HttpResponse:
    """The list: tabs, filters, cards, pages. Everything is in the address."""
    query, language = BoardQuery.of(request.GET), language_of_page()
    page = board_page(query.filters(), number=query.page, language=language)
    query = replace(query, page=page.number)
    choices = board_choices(language=language)
    facts = {
        "query": query,
        "page": page,
        "tabs": tabs(query, page.counts),
        "choices": choices,
        "months": [(month, month_word(month)) for month in choices.months],
        "chips": list(query.chips(choices)),
        "sorts": SORTS,
        "has_any": bool(choices.months),
        "all_url": BoardQuery(state=query.state).url(),
        "menu": "board",
        **_links(query, last=page.last),
    }
    return render(request, "citizen/board.html", facts)


@require_safe
@revalidated(board_entry_stamp)
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One entry. Raises PublicationNotFound: 404, also for another city's."""
    shown = board_entry(entry_id, language=language_of_page())
    facts = {
        "entry": shown,
        "moments": board_moments(entry_id),
        "same_url": BoardQuery(category=shown.category_code).url(),
        "menu": "board",
    }
    return render(request, "citizen/board_entry.html", facts)


def tabs(query: BoardQuery, counts: BoardCounts) -> list[Tab]:
    """All and the three states, with how many fit the other filters."""
    return [
        Tab(
            word=word,
            icon=icon,
            tone=state or "all",
            n=getattr(counts, state) if state else counts.total,
            url=query.url(state=state),
            is_current=query.state == state,
        )
        for state, (word, icon) in TABS.items()
    ]


def language_of_page() -> str:
    return (get_language() or "ko")[:2]


def _links(query: BoardQuery, *, last: int) -> dict[str, Any]:
    """Where the list goes on, and how else it may be had."""
    return {
        "pages": query.pages(last) if last > 1 else [],
        "previous_url": query.url(page=query.page - 1) if query.page > 1 else "",
        "next_url": query.url(page=query.page + 1) if query.page < last else "",
        "rss_url": query.url(name="board_rss"),
        "csv_url": query.url(name="board_csv"),
    }
