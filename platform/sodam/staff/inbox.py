"""S2 `/staff/voices`: views, the list of one view, and the frame around an opened case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core_crm.staff.selectors import saved_view_list
from core_crm.staff.types import Right
from core_crm.voices.selectors import inbox, inbox_counts, inbox_size
from sodam.staff import own_filters, present
from sodam.staff.access import VIEWERS, Seat, StaffRequest, is_partial, official_page, show
from sodam.staff.labels import SORTS, VIEWS
from sodam.staff.list_query import ListQuery

SCREEN = "voices"
MINE = ("mine", "due_today", "overdue", "waiting")
OURS = ("department", "unassigned", "reopened")


@dataclass(frozen=True, slots=True)
class Link:
    """A line of the rail."""

    word: Any
    icon: str
    url: str
    count: int | None = None
    is_current: bool = False
    hint: str = ""
    view: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A headed part of the rail."""

    title: str
    items: list[Link]


@require_GET
@official_page(*VIEWERS)
def inbox_page(request: StaffRequest) -> HttpResponseBase:
    """The list of a view; the fragment of further rows when htmx asks with a cursor."""
    query, now = ListQuery.of(request.GET), timezone.now()
    context = list_context(request, query=query, now=now, cursor=request.GET.get("cursor", ""))
    if is_partial(request):
        return show(request, "staff/rows.html", context)
    return show(request, "staff/inbox.html", context)


def list_context(
    request: StaffRequest, *, query: ListQuery, now: datetime, cursor: str = "", open_ref: str = ""
) -> dict[str, Any]:
    """All that rail and list show."""
    official = request.official
    page = inbox(
        official,
        view=query.view,
        text=query.q,
        filters=query.narrow.filters(),
        sort=query.sort,
        cursor=cursor,
        now=now,
        language=official.language,
    )
    return {
        "menu": "voices",
        "heading": VIEWS[query.view].word,
        "view": query.view,
        "text": query.q,
        "sort": query.sort,
        "sorts": SORTS,
        "query": query.encoded(),
        "chips": query.chips(),
        "narrow": hidden_conditions(query),
        "choosers": own_filters.choosers(query.narrow.own),
        "export_url": f"{reverse('staff_export')}?{query.encoded()}",
        "size": _size(official, query),
        "list_url": query.list_url(),
        "rows": present.rows(page.items, query=query, now=now),
        "next_url": query.list_url(cursor=page.next_cursor) if page.next_cursor else "",
        "open_ref": open_ref,
        "since": int(now.timestamp()),
        "rail": [] if is_partial(request) else rail(official, query=query, now=now),
        "current_saved": _current_saved(official, query),
    }


def hidden_conditions(query: ListQuery) -> dict[str, str]:
    """What the search form carries along: all but what it lets one choose itself."""
    chosen = {one.name for one in own_filters.choosers(query.narrow.own)}
    return {name: text for name, text in query.narrow.params().items() if name not in chosen}


def _size(official: Seat, query: ListQuery) -> int | None:
    """How many there are, where a figure brought one here; the view `all` alone is counted."""
    if query.view != "all" or query.q or not query.narrow.params():
        return None
    return inbox_size(official, filters=query.narrow.filters())


def list_news(official: Seat, *, query: ListQuery, ref: str, now: datetime) -> dict[str, Any]:
    """What an opened case changes beside it: its row, wherever it now belongs, and the numbers."""
    found = inbox(official, view=query.view, text=ref, now=now, language=official.language)
    return {
        "rows": present.rows(found.items, query=query, now=now),
        "rail": rail(official, query=query, now=now),
    }


def rail(official: Seat, *, query: ListQuery, now: datetime) -> list[Group]:
    """My views, our department's, and the kept ones."""
    counts = inbox_counts(official, now=now)
    ours = [*OURS, *(["all"] if official.has(Right.VOICE_VIEW_ALL) else [])]
    groups = [
        Group(_("내 보기"), [_view_link(view, counts, query) for view in MINE]),
        Group(_("우리 부서"), [_view_link(view, counts, query) for view in ours]),
    ]
    if official.has(Right.VOICE_PUBLISH):
        board = Link(_("현황판 검토"), "globe", reverse("staff_board"))
        groups.append(Group(_("공개"), [board]))
    kept = saved_links(official, current=query.saved)
    return [*groups, Group(_("저장한 보기"), kept)] if kept else groups


def _view_link(view: str, counts: dict[str, int], query: ListQuery) -> Link:
    sign = VIEWS[view]
    is_current = query.view == view and not query.saved
    url = ListQuery(view=view).list_url()
    count = None if view == "all" else counts.get(view)  # that list holds the closed ones too
    return Link(sign.word, sign.icon, url, count, is_current, view=view)


def saved_links(official: Seat, *, current: str) -> list[Link]:
    """The official's kept views and those that colleagues share."""
    return [_saved_link(view, official, current) for view in saved_view_list(official, SCREEN)]


def _saved_link(view: Any, official: Seat, current: str) -> Link:
    query = ListQuery.of(view.query | {"saved": str(view.id)})
    is_mine = view.owner_id == official.id
    hint = described(query) if is_mine else _("%(name)s 님이 함께 씀") % {"name": view.owner.name}
    icon = "link" if view.is_shared else "star"
    return Link(view.name, icon, query.list_url(), None, str(view.id) == current, hint)


def described(query: ListQuery) -> str:
    """A list's conditions as a sentence."""
    parts = [str(VIEWS[query.view].word), *query.narrow.words().values(), str(SORTS[query.sort])]
    return " · ".join([*parts, _("찾는 말 ‘%(q)s’") % {"q": query.q}] if query.q else parts)


def _current_saved(official: Seat, query: ListQuery) -> dict[str, Any] | None:
    for view in saved_view_list(official, SCREEN) if query.saved else ():
        if str(view.id) == query.saved:
            return {"id": view.id, "is_mine": view.owner_id == official.id}
    return None
