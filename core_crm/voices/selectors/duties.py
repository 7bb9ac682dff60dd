"""What the law asks for with time: voices past their due instant, and notices of progress."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from core_crm.voices.models import Voice
from core_crm.voices.selectors.finding import RELATED


def voices_open() -> QuerySet[Voice]:
    """Everything not closed."""
    return Voice.objects.filter(closed_at__isnull=True)


def voice_list_overdue(*, now: datetime) -> QuerySet[Voice]:
    """Open voices whose clock runs and whose due instant has passed, the longest waiting first."""
    return (
        voices_open().filter(due_at__lt=now, paused_at__isnull=True, outcome="").order_by("due_at")
    )


def voices_needing_progress_notice(*, now: datetime) -> QuerySet[Voice]:
    """Open voices of which thirty more days have passed (시행령 제23조), the oldest first."""
    return (
        voices_open()
        .filter(progress_notice_at__lte=now, outcome="")
        .select_related(*RELATED)
        .order_by("progress_notice_at", "id")
    )


def voices_to_escalate(*, now: datetime) -> QuerySet[Voice]:
    """Open voices without an answer whose promise somebody else should look after by now."""
    return (
        voices_open()
        .filter(escalate_at__lte=now, paused_at__isnull=True, outcome="")
        .select_related(*RELATED)
        .order_by("escalate_at", "id")
    )
