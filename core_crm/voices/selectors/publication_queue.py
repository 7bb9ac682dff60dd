"""What moderators look through: proposals, texts left behind, and voices that may go public."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from core_crm.common.pages import page_of
from core_crm.staff.models import Official
from core_crm.staff.types import Right
from core_crm.voices.errors import WordUnknown
from core_crm.voices.models import Publication, Voice
from core_crm.voices.selectors.publication_text import state_of
from core_crm.voices.selectors.visibility import visible_to
from core_crm.voices.types import Outcome, Page, QueueRow, QueueView, Standing, VoicePhase

PAGE_SIZE = 30
FRESH = timedelta(days=180)
"""A voice that nobody touched for longer is not offered any more; its own page still offers it."""
AT_WORK = (
    VoicePhase.ASSIGNED,
    VoicePhase.IN_PROGRESS,
    VoicePhase.WAITING,
    VoicePhase.REOPENED,
)
RELATED = ("voice", "category", "department", "proposed_by__user", "moderated_by__user")
VIEWS = {
    QueueView.PROPOSED: Q(standing=Standing.PROPOSED),
    QueueView.CHANGED: Q(standing=Standing.PUBLISHED, is_behind=True),
    QueueView.PUBLISHED: Q(standing=Standing.PUBLISHED),
    QueueView.TAKEN_BACK: Q(standing=Standing.TAKEN_BACK),
}


def moderation_queue(
    official: Official, *, view: str, now: datetime, cursor: str = ""
) -> Page[QueueRow]:
    """One page of a view, the latest first. Raises WordUnknown, CursorNotValid."""
    if view not in list(QueueView):
        raise WordUnknown("그런 보기는 없습니다.", view=view)
    if view == QueueView.WAITING:
        voices = page_of(
            _may_be_public(official, now=now).select_related("category", "department"),
            order=("-updated_at", "-id"),
            cursor=cursor,
            size=PAGE_SIZE,
        )
        return voices.map(_of_voice)
    entries = page_of(
        _mine(official)
        .filter(VIEWS[QueueView(view)])
        .select_related(
            "voice", "category", "department", "proposed_by__user", "moderated_by__user"
        )
        .defer("search_terms", "voice__search_terms", "voice__body"),
        order=("-changed_at", "-id"),
        cursor=cursor,
        size=PAGE_SIZE,
    )
    return entries.map(_of_entry)


def moderation_counts(official: Official, *, now: datetime) -> dict[str, int]:
    """How many stand in each view, in two queries."""
    counted = _mine(official).aggregate(
        **{view.value: Count("id", filter=which) for view, which in VIEWS.items()}
    )
    return {QueueView.WAITING.value: _may_be_public(official, now=now).count(), **counted}


def _mine(official: Official) -> QuerySet[Publication]:
    if official.has(Right.VOICE_VIEW_ALL):
        return Publication.objects.all()
    return Publication.objects.filter(voice__in=visible_to(official))


def _may_be_public(official: Official, *, now: datetime) -> QuerySet[Voice]:
    """Their citizens agreed, something is or was done about them, and the board says nothing."""
    settled = Q(outcome__in=[Outcome.ANSWERED, Outcome.UNABLE])
    at_work = Q(outcome="", phase__in=AT_WORK)
    return visible_to(official).filter(
        settled | at_work,
        is_public=True,
        is_test=False,
        publication__isnull=True,
        updated_at__gte=now - FRESH,
    )


def _of_voice(voice: Voice) -> QueueRow:
    return QueueRow(
        ref=voice.ref,
        title=voice.title,
        state=state_of(voice) or "",
        standing="",
        category_label=voice.category.label_ko if voice.category else "",
        department_name=voice.department.name_ko if voice.department else "",
        at=voice.updated_at,
    )


def _of_entry(row: Publication) -> QueueRow:
    by = row.proposed_by if row.standing == Standing.PROPOSED else row.moderated_by
    return QueueRow(
        ref=row.voice.ref,
        title=row.title,
        state=row.state,
        standing=row.standing,
        category_label=row.category.label_ko if row.category else "",
        department_name=row.department.name_ko if row.department else "",
        at=row.changed_at,
        by_name=by.name if by else "",
        note=row.note,
        is_behind=row.is_behind,
    )
