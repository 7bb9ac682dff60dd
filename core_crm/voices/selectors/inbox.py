"""An official's inbox: views, filters, search and order, one query a page, counts in one more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Left

from core_crm.calendars import SEOUL
from core_crm.common.pages import page_of
from core_crm.common.personal_data import mask_name
from core_crm.common.references import is_valid, normalise
from core_crm.common.search import search_filter
from core_crm.staff.models import Official
from core_crm.voices.errors import WordUnknown
from core_crm.voices.models import Voice
from core_crm.voices.selectors.clock import clock_of
from core_crm.voices.selectors.narrowing import narrowed
from core_crm.voices.selectors.procedure import status_label
from core_crm.voices.selectors.visibility import department_ids, visible_to
from core_crm.voices.types import InboxFilters, InboxSort, InboxView, Page, VoicePhase, VoiceRow
from tenants import sql

PAGE_SIZE, LARGEST_PAGE = 50, 200
EXCERPT_LENGTH = 120
ORDERS = {
    InboxSort.DUE: ("due_at", "id"),
    InboxSort.RECEIVED: ("-received_at", "-id"),
    InboxSort.UPDATED: ("-updated_at", "-id"),
}

COLUMNS = (
    "id",
    "ref",
    "title",
    "excerpt",
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
    "closed_at",
    "updated_at",
    "reopened_count",
    "version",
)

TICKING = "paused_at IS NULL AND outcome = ''"
IN_SQL = {
    InboxView.MINE: "officer_id = %(me)s",
    InboxView.DEPARTMENT: "department_id = ANY(%(under)s)",
    InboxView.UNASSIGNED: "officer_id IS NULL",
    InboxView.DUE_TODAY: f"{TICKING} AND due_at >= %(start)s AND due_at < %(end)s",
    InboxView.OVERDUE: f"{TICKING} AND due_at < %(now)s",
    InboxView.WAITING: f"phase = '{VoicePhase.WAITING}'",
    InboxView.REOPENED: "reopened_count > 0",
    InboxView.ALL: "TRUE",
}
"""The views once more, as SQL: the rail counts all of them with every page, and composing that took
longer than counting. Tests hold both to the same numbers."""
COUNTS = f"""
SELECT {", ".join(f'count(*) FILTER (WHERE {test}) AS "{view}"' for view, test in IN_SQL.items())}
FROM core_voices_voice
WHERE closed_at IS NULL AND (%(sees_all)s
  OR (%(sees_own)s AND (department_id = ANY(%(under)s) OR officer_id = %(me)s)))
"""  # noqa: S608 - our own text


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
    found = visible_to(official)
    if text.strip() and is_valid(text):
        found = found.filter(ref=normalise(text))
    else:
        found = found.filter(_views(official, now=now)[InboxView(view)])
        found = _searched(found.filter(narrowed(filters)), text)
    page = page_of(
        _for_rows(found), order=ORDERS[InboxSort(sort)], cursor=cursor, size=min(size, LARGEST_PAGE)
    )
    return Page([_row(line, now=now, language=language) for line in page.items], page.next_cursor)


def inbox_counts(official: Official, *, now: datetime) -> dict[str, int]:
    """How many open voices stand in each view; `all` counts the open ones."""
    start, end = _today(now)
    asked = {
        "me": official.id,
        "under": department_ids(official),
        "now": now,
        "start": start,
        "end": end,
        "sees_all": official.has(Right.VOICE_VIEW_ALL),
        "sees_own": official.has(Right.VOICE_VIEW_DEPARTMENT),
    }
    return {view: int(count) for view, count in sql.rows(COUNTS, asked)[0].items()}


def inbox_size(official: Official, *, filters: InboxFilters) -> int:
    """How many voices the view `all` shows this official, narrowed to these filters."""
    return visible_to(official).filter(narrowed(filters)).count()


def _views(official: Official, *, now: datetime) -> dict[InboxView, Q]:
    still_open = Q(closed_at__isnull=True)
    ticking = still_open & Q(paused_at__isnull=True, outcome="")
    start, end = _today(now)
    today = Q(due_at__gte=start, due_at__lt=end)
    return {
        InboxView.MINE: still_open & Q(officer_id=official.id),
        InboxView.DEPARTMENT: still_open & Q(department_id__in=department_ids(official)),
        InboxView.UNASSIGNED: still_open & Q(officer_id__isnull=True),
        InboxView.DUE_TODAY: ticking & today,
        InboxView.OVERDUE: ticking & Q(due_at__lt=now),
        InboxView.WAITING: still_open & Q(phase=VoicePhase.WAITING),
        InboxView.REOPENED: still_open & Q(reopened_count__gt=0),
        InboxView.ALL: Q(),
    }


def _today(now: datetime) -> tuple[datetime, datetime]:
    midnight = datetime.combine(now.astimezone(SEOUL).date(), time.min, SEOUL)
    return midnight, midnight + timedelta(days=1)


def _searched(found: QuerySet[Voice], text: str) -> QuerySet[Voice]:
    """By pairs of signs through the index, then exactly, word by word; blanks do not matter."""
    if not text.strip():
        return found
    return search_filter(found, terms="search_terms", text=("title", "body", "ref"), query=text)


def _for_rows(found: QuerySet[Voice]) -> QuerySet[Any, Any]:
    """The columns of a line: fifty whole voices with all their people would cost twice as much."""
    lines = found.annotate(excerpt=Left("body", EXCERPT_LENGTH))
    return lines.values_list(*COLUMNS, named=True)


def _row(line: Any, *, now: datetime, language: str) -> VoiceRow:
    label = line.category__label_en if language == "en" else line.category__label_ko
    return VoiceRow(
        id=line.id,
        ref=line.ref,
        title=line.title,
        excerpt=" ".join(line.excerpt.split()),
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
        clock=clock_of(line, now=now),
    )
