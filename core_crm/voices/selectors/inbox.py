"""An official's inbox: views, filters, search and order, one query a page, counts in one more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from core_crm.common.custom_fields import FormDefinition, shown_fields
from core_crm.common.pages import page_of
from core_crm.common.personal_data import mask_name
from core_crm.common.references import is_valid, normalise
from core_crm.common.search import search_filter
from core_crm.staff.models import Official
from core_crm.voices.errors import WordUnknown
from core_crm.voices.models import Voice
from core_crm.voices.selectors.clock import clock_of
from core_crm.voices.selectors.fields import inbox_form, searchable_columns
from core_crm.voices.selectors.narrowing import narrowed
from core_crm.voices.selectors.procedure import status_label
from core_crm.voices.selectors.views import view_filter
from core_crm.voices.selectors.visibility import visible_to
from core_crm.voices.types import InboxFilters, InboxSort, InboxView, Page, VoiceRow

PAGE_SIZE, LARGEST_PAGE = 50, 200
ORDERS = {
    InboxSort.DUE: ("due_at", "id"),
    InboxSort.RECEIVED: ("-received_at", "-id"),
    InboxSort.UPDATED: ("-updated_at", "-id"),
}

COLUMNS = (
    "id",
    "ref",
    "title",
    "channel",
    "category__code",
    "category__label_ko",
    "category__label_en",
    "petition_class",
    "is_compound",
    "citizen__name",
    "status",
    "workflow_digest",
    "phase",
    "outcome",
    "department__name_ko",
    "officer_id",
    "officer__user__name",
    "received_at",
    "due_at",
    "clock_from_at",
    "paused_at",
    "target_at",
    "target_warn_at",
    "closed_at",
    "updated_at",
    "reopened_count",
    "version",
    "is_test",
)


def inbox(
    official: Official,
    *,
    view: str,
    now: datetime,
    text: str = "",
    filters: InboxFilters | Mapping[str, Any] | None = None,
    sort: str = InboxSort.DUE,
    cursor: str = "",
    size: int = PAGE_SIZE,
    language: str = "ko",
) -> Page[VoiceRow]:
    """One page of a view. A reference typed in full finds exactly its voice, in any view.

    Raises WordUnknown for a view or an order that does not exist, CursorNotValid.
    """
    if view not in list(InboxView) or sort not in list(InboxSort):
        raise WordUnknown("그런 보기나 차례는 없습니다.", view=view, sort=sort)
    found, own = inbox_query(official, view=view, now=now, text=text, filters=filters), inbox_form()
    page = page_of(
        _for_rows(found, has_own=bool(own.fields)),
        order=ORDERS[InboxSort(sort)],
        cursor=cursor,
        size=min(size, LARGEST_PAGE),
    )
    rows = [_row(line, own, now=now, language=language) for line in page.items]
    return Page(rows, page.next_cursor)


def inbox_query(
    official: Official,
    *,
    view: str,
    now: datetime,
    text: str = "",
    filters: InboxFilters | Mapping[str, Any] | None = None,
) -> QuerySet[Voice]:
    """All voices of a view, narrowed and searched."""
    found = visible_to(official)
    if text.strip() and is_valid(text):
        return found.filter(ref=normalise(text))
    found = found.filter(view_filter(InboxView(view), official, now=now))
    return _searched(found.filter(narrowed(filters)), text)


def inbox_size(official: Official, *, filters: InboxFilters) -> int:
    """How many voices the view `all` shows this official, narrowed to these filters."""
    return visible_to(official).filter(narrowed(filters)).count()


def _searched(found: QuerySet[Voice], text: str) -> QuerySet[Voice]:
    """By pairs of signs through the index, then exactly, word by word; blanks do not matter."""
    if not text.strip():
        return found
    own = searchable_columns()
    found = found.alias(**own)
    columns = ("title", "body", "ref", *own)
    return search_filter(found, terms="search_terms", text=columns, query=text)


def _for_rows(found: QuerySet[Voice], *, has_own: bool) -> QuerySet[Any, Any]:
    """The columns of a line: fifty whole voices with all their people would cost twice as much."""
    return found.values_list(*COLUMNS, *(["attributes"] if has_own else []), named=True)


def _row(line: Any, own: FormDefinition, *, now: datetime, language: str) -> VoiceRow:
    label = line.category__label_en if language == "en" else line.category__label_ko
    return VoiceRow(
        id=line.id,
        ref=line.ref,
        title=line.title,
        channel=line.channel,
        category_code=line.category__code or "",
        category_label=label or "",
        petition_class=line.petition_class,
        is_compound=line.is_compound,
        citizen_name=mask_name(line.citizen__name),
        status=line.status,
        status_label=status_label(line.status, digest=line.workflow_digest, language=language),
        phase=line.phase,
        outcome=line.outcome,
        department_name=line.department__name_ko or "",
        officer_id=line.officer_id,
        officer_name=line.officer__user__name or "",
        received_at=line.received_at,
        due_at=line.due_at,
        updated_at=line.updated_at,
        reopened_count=line.reopened_count,
        version=line.version,
        is_test=line.is_test,
        clock=clock_of(line, now=now),
        fields=tuple(shown_fields(own, line.attributes, language=language)) if own.fields else (),
    )
