"""The board for other programs: `/board.rss` for readers, `/board.csv` for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core_crm.voices.selectors import board_choices, board_entries, board_stamp
from core_crm.voices.types import BoardEntry
from sodam.citizen.board import TABS, language_of_page
from sodam.citizen.board_cache import revalidated
from sodam.citizen.board_query import BoardQuery
from sodam.ui.context import page as page_of
from sodam.ui.figures import csv_answer

NEWEST, MOST_ROWS = 40, 10_000
COLUMNS = (
    gettext_lazy("제목"),
    gettext_lazy("상태"),
    gettext_lazy("분야"),
    gettext_lazy("담당 부서"),
    gettext_lazy("접수한 날"),
    gettext_lazy("답변한 날"),
    gettext_lazy("부탁한 일"),
    gettext_lazy("한 일"),
    gettext_lazy("할 수 없는 까닭"),
    gettext_lazy("근거"),
    gettext_lazy("대신 할 수 있는 일"),
    gettext_lazy("주소"),
)


@require_safe
@revalidated(board_stamp)
def feed(request: HttpRequest) -> HttpResponse:
    """RSS 2.0 of the list with its filters. An entry whose state changes is news again."""
    query, language = BoardQuery.of(request.GET), language_of_page()
    made = Rss201rev2Feed(
        title=_title(request, query),
        link=request.build_absolute_uri(query.url()),
        description=_("시민이 부탁한 일과 한 일, 할 수 없는 일과 그 까닭"),
        language=language,
        feed_url=request.build_absolute_uri(query.url(name="board_rss")),
    )
    for one in board_entries(query.filters(), language=language, most=NEWEST):
        address = request.build_absolute_uri(reverse("board_entry", args=[one.id]))
        made.add_item(
            title=f"[{state_word(one)}] {one.text.title}",
            link=address,
            description=_told(one),
            pubdate=one.changed_at,
            unique_id=f"{address}#{one.state}",
            unique_id_is_permalink=False,
            categories=[word for word in (one.category_label, one.department_name) if word],
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


@require_safe
@revalidated(board_stamp)
def file(request: HttpRequest) -> HttpResponse:
    """Every entry of the list with its filters, for a spreadsheet."""
    query = BoardQuery.of(request.GET)
    entries = board_entries(query.filters(), language=language_of_page(), most=MOST_ROWS)
    header = [str(word) for word in COLUMNS]
    name = f"board-{request.city.code}-{timezone.localdate():%Y%m%d}.csv"  # type: ignore[attr-defined]
    return csv_answer(name, header, _rows(request, entries))


def state_word(one: BoardEntry) -> str:
    return str(TABS[one.state][0])


def _rows(request: HttpRequest, entries: Iterator[BoardEntry]) -> Iterator[tuple[str, ...]]:
    for one in entries:
        text = one.text
        yield (
            text.title,
            state_word(one),
            one.category_label,
            one.department_name,
            f"{timezone.localtime(one.asked_at):%Y-%m-%d}",
            f"{timezone.localtime(one.settled_at):%Y-%m-%d}" if one.settled_at else "",
            text.summary,
            text.result,
            text.reason if one.state == "unable" else "",
            text.law if one.state == "unable" else "",
            text.alternative if one.state == "unable" else "",
            request.build_absolute_uri(reverse("board_entry", args=[one.id])),
        )


def _title(request: HttpRequest, query: BoardQuery) -> str:
    city = page_of(request)["ui"].city_name
    words = [_("%(city)s 공개 현황판") % {"city": city}]
    words += [str(TABS[query.state][0])] if query.state else []
    if query.is_narrowed:
        choices = board_choices(language=language_of_page())
        words += [chip.word for chip in query.chips(choices)]
    return " · ".join(words)


def _told(one: BoardEntry) -> str:
    """What was asked, and what became of it."""
    text = one.text
    if one.state == "unable":
        parts = [text.summary, _("할 수 없는 까닭: %(reason)s") % {"reason": text.reason}]
        if text.alternative:
            parts.append(_("대신 할 수 있는 일: %(what)s") % {"what": text.alternative})
        return "\n\n".join(parts)
    return "\n\n".join(part for part in (text.summary, text.result) if part)
