"""The public board: its pages, one entry, what may be chosen, and a stamp that tells of change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Sum

from core_crm.calendars import SEOUL
from core_crm.common.search import search_filter
from core_crm.staff.models import Department
from core_crm.voices.errors import PublicationNotFound, WordUnknown
from core_crm.voices.models import Category, Publication, Voice, VoiceTransition
from core_crm.voices.selectors.publication_text import state_of
from core_crm.voices.types import (
    BoardChoices,
    BoardCounts,
    BoardEntry,
    BoardFilters,
    BoardMoment,
    BoardPage,
    BoardSort,
    BoardState,
    PublicText,
    Standing,
    VoiceAction,
)

PAGE_SIZE, LAST_PAGE, MOST_MONTHS = 12, 500, 60
TEXTS = ("title", "summary", "result", "reason", "law", "alternative")
ORDERS = {
    BoardSort.NEWS: ("-changed_at", "-id"),
    BoardSort.ASKED: ("-asked_at", "-id"),
    BoardSort.WAITING: ("asked_at", "id"),
}
PUBLIC_ACTS = (
    VoiceAction.REGISTER,
    VoiceAction.ASSIGN,
    VoiceAction.START,
    VoiceAction.INSPECT,
    VoiceAction.EXTEND,
    VoiceAction.ANSWER,
    VoiceAction.CLOSE_UNABLE,
    VoiceAction.REOPEN,
)
MANY = 500


def board_page(filters: BoardFilters, *, number: int = 1, language: str = "ko") -> BoardPage:
    """One page in two queries. A page beyond the last is the last. Raises WordUnknown."""
    ordered, counts = _ordered(filters), board_counts(filters)
    total = getattr(counts, filters.state) if filters.state else counts.total
    last = max(1, min(-(-total // PAGE_SIZE), LAST_PAGE))
    number = min(max(number, 1), last)
    start = (number - 1) * PAGE_SIZE
    rows = ordered[start : start + PAGE_SIZE] if total else []
    return BoardPage(tuple(entry_of(row, language=language) for row in rows), counts, number, last)


def board_counts(filters: BoardFilters | None = None) -> BoardCounts:
    """How many entries fit, whatever their state, in one query."""
    fitting = _fitting(filters or BoardFilters())
    counted = fitting.aggregate(
        **{state.value: Count("id", filter=Q(state=state)) for state in BoardState}
    )
    return BoardCounts(**counted)


def board_entries(
    filters: BoardFilters, *, language: str = "ko", most: int | None = None
) -> Iterator[BoardEntry]:
    """The entries that fit in their order, for feeds and files; `most` bounds them."""
    rows = _ordered(filters)
    if most is not None:
        yield from (entry_of(row, language=language) for row in rows[:most])
        return
    for row in rows.iterator(chunk_size=MANY):
        yield entry_of(row, language=language)


def board_front(*, language: str = "ko") -> tuple[BoardEntry, ...]:
    """The latest entry of each state there is, in the order of the states, in one query."""
    rows = _ordered(BoardFilters())
    first, *more = [rows.filter(state=state)[:1] for state in BoardState]
    found = {row.state: entry_of(row, language=language) for row in first.union(*more, all=True)}
    return tuple(found[state] for state in BoardState if state in found)


def board_entry(entry_id: UUID, *, language: str = "ko") -> BoardEntry:
    """One entry. Raises PublicationNotFound unless it is published in this city."""
    found = _shown().select_related("category", "department").filter(pk=entry_id).first()
    if found is None:
        raise PublicationNotFound("공개된 글이 아니거나 없는 글입니다.")
    return entry_of(found, language=language)


def board_moments(entry_id: UUID) -> tuple[BoardMoment, ...]:
    """What happened to the voice behind an entry, in order: acts and instants, nothing else."""
    acts = VoiceTransition.objects.filter(
        voice__publication__id=entry_id, action__in=[act.value for act in PUBLIC_ACTS]
    )
    return _told(acts.order_by("version").values_list("action", "at"))


def moments_of(voice: Voice) -> tuple[BoardMoment, ...]:
    """The same of a voice that is not on the board yet."""
    acts = voice.transitions.filter(action__in=[act.value for act in PUBLIC_ACTS])
    return _told(acts.order_by("version").values_list("action", "at"))


def board_choices(*, language: str = "ko") -> BoardChoices:
    """Categories, departments and months that have an entry, in three short queries."""
    has_entry = Exists(_shown().filter(category=OuterRef("pk")))
    categories = Category.objects.filter(has_entry).order_by("sort", "code")
    departments = Department.objects.filter(Exists(_shown().filter(department=OuterRef("pk"))))
    fields = [(one.code, _in(language, one, "label")) for one in categories]
    units = [(one.code, _in(language, one, "name")) for one in departments]
    span = _shown().aggregate(first=Min("asked_at"), last=Max("asked_at"))
    return BoardChoices(
        categories=tuple(fields),
        departments=tuple(sorted(units, key=lambda unit: unit[1])),
        months=tuple(_months(span["first"], span["last"])) if span["first"] else (),
    )


def board_stamp() -> str:
    """Another text after every change of any entry: what conditional requests compare."""
    seen = Publication.objects.aggregate(at=Max("changed_at"), versions=Sum("version"))
    return f"{seen['at'].timestamp():.6f}-{seen['versions']}" if seen["at"] else "0"


def board_entry_stamp(entry_id: UUID) -> str:
    """The same for one entry; "" when nobody may read it."""
    found = _shown().filter(pk=entry_id).values_list("version", "changed_at").first()
    return f"{found[0]}-{found[1].timestamp():.6f}" if found else ""


def publication_of(voice: Voice) -> Publication | None:
    """What the board says, or will say, of a voice."""
    return (
        Publication.objects.select_related("moderated_by__user", "proposed_by__user")
        .filter(voice=voice)
        .first()
    )


def entry_id_of(voice: Voice) -> UUID | None:
    """The entry that everybody may read about this voice."""
    if not voice.is_public:
        return None
    return _shown().filter(voice=voice).values_list("id", flat=True).first()


def entry_of(row: Publication, *, language: str = "ko") -> BoardEntry:
    """A row as a citizen reads it."""
    category, department = row.category, row.department
    return BoardEntry(
        id=row.id,
        text=PublicText(**{name: getattr(row, name) for name in TEXTS}),
        state=row.state,
        language=row.language,
        category_code=category.code if category else "",
        category_label=_in(language, category, "label"),
        department_code=department.code if department else "",
        department_name=_in(language, department, "name"),
        department_phone=department.phone if department else "",
        asked_at=row.asked_at,
        settled_at=row.settled_at,
        published_at=row.published_at,
        changed_at=row.changed_at,
        is_behind=row.is_behind,
    )


def preview_of(
    voice: Voice, text: PublicText, *, now: datetime, entry: Publication | None = None
) -> BoardEntry:
    """A text as it would stand on the board now, seen before it is published."""
    state = state_of(voice) or BoardState.GOING_ON
    draft = Publication(
        id=entry.id if entry else voice.id,
        state=state.value,
        language=voice.language,
        category=voice.category,
        department=voice.department,
        asked_at=voice.received_at,
        settled_at=None if state == BoardState.GOING_ON else voice.answered_at,
        published_at=(entry.published_at if entry else None) or now,
        changed_at=now,
        **asdict(text),
    )
    return entry_of(draft)


def _shown() -> QuerySet[Publication]:
    return Publication.objects.filter(standing=Standing.PUBLISHED)


def _ordered(filters: BoardFilters) -> QuerySet[Publication]:
    if filters.sort not in list(BoardSort) or filters.state not in ["", *BoardState]:
        raise WordUnknown("그런 상태나 차례는 없습니다.", state=filters.state, sort=filters.sort)
    found = _fitting(filters).select_related("category", "department").defer("search_terms")
    if filters.state:
        found = found.filter(state=filters.state)
    return found.order_by(*ORDERS[BoardSort(filters.sort)])


def _fitting(filters: BoardFilters) -> QuerySet[Publication]:
    """By everything but the state."""
    found = _shown()
    if filters.category:
        found = found.filter(category__code=filters.category)
    if filters.department:
        found = found.filter(department__code=filters.department)
    if filters.month:
        start, end = _month(filters.month)
        found = found.filter(asked_at__gte=start, asked_at__lt=end)
    if filters.words.strip():
        found = search_filter(found, terms="search_terms", text=TEXTS, query=filters.words)
    return found


def _month(month: str) -> tuple[datetime, datetime]:
    """Its first instant and the next one's. Raises WordUnknown."""
    try:
        start = datetime.fromisoformat(f"{month}-01").replace(tzinfo=SEOUL)
    except ValueError as error:
        raise WordUnknown("달은 2026-11처럼 적습니다.", month=month) from error
    return start, _next_month(start)


def _next_month(start: datetime) -> datetime:
    return start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)


def _months(first: datetime, last: datetime) -> list[str]:
    """Every month between, the newest first."""
    month = first.astimezone(SEOUL).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    found = []
    while month <= last:
        found.append(f"{month:%Y-%m}")
        month = _next_month(month)
    return found[: -MOST_MONTHS - 1 : -1]


def _in(language: str, thing: Any, name: str) -> str:
    """A label in this language, else in Korean."""
    if thing is None:
        return ""
    return str(getattr(thing, f"{name}_{language}", "") or getattr(thing, f"{name}_ko"))


def _told(acts: Iterable[tuple[str, datetime]]) -> tuple[BoardMoment, ...]:
    """Assigned is told once: who handles it next is the office's own affair."""
    found: list[BoardMoment] = []
    for action, at in acts:
        if action != VoiceAction.ASSIGN or all(one.action != action for one in found):
            found.append(BoardMoment(action, at))
    return tuple(found)
