"""Reads of the outbox, of the city's own addresses, and of the demo mailbox."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Min, Q, QuerySet, Value, When

from core_crm.calendars import SEOUL
from core_crm.messaging.models import LEFT_STATES, DemoLetter, OutgoingMessage, Sender
from core_crm.messaging.types import Channel, Lane, MessageState, MessageUse, SmsKind
from tenants.context import current_city
from tenants.isolation.kept import kept_a_moment

ALARM_AFTER_SECONDS = 60
SMS_BYTES = 90
KIND = Case(
    When(channel=Channel.EMAIL, then=Value(Channel.EMAIL.value)),
    When(byte_count__lte=SMS_BYTES, then=Value(SmsKind.SMS.value)),
    default=Value(SmsKind.LMS.value),
    output_field=CharField(),
)
"""What a carrier bills a message as."""


def messages_about(kind: str, about_id: UUID) -> QuerySet[OutgoingMessage]:
    """Every message about one thing, in the order they were written."""
    return OutgoingMessage.objects.filter(about_kind=kind, about_id=about_id).order_by(
        "created_at", "id"
    )


def messages_about_many(kind: str, about_ids: Iterable[UUID]) -> QuerySet[OutgoingMessage]:
    """Messages about several things of one kind, for lists."""
    return OutgoingMessage.objects.filter(about_kind=kind, about_id__in=list(about_ids)).order_by(
        "created_at", "id"
    )


def messages_within(
    kind: str,
    about: QuerySet[Any, Any],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[OutgoingMessage]:
    """Messages about things of one kind (`about`: their ids) from an instant to before another.

    The newest first.
    """
    found = OutgoingMessage.objects.filter(about_kind=kind, about_id__in=about)
    return _between(found, since, until)


def messages_named(
    citizens: Iterable[UUID],
    *,
    but_about: str,
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[OutgoingMessage]:
    """Messages that name one of these citizens and are about no `but_about`; the newest first."""
    found = OutgoingMessage.objects.filter(citizen_id__in=list(citizens))
    return _between(found.exclude(about_kind=but_about), since, until)


def _between(
    found: QuerySet[OutgoingMessage], since: datetime | None, until: datetime | None
) -> QuerySet[OutgoingMessage]:
    if since is not None:
        found = found.filter(created_at__gte=since)
    if until is not None:
        found = found.filter(created_at__lt=until)
    return found.order_by("-created_at", "-id")


def messages_to(citizen_ids: Sequence[UUID]) -> QuerySet[OutgoingMessage]:
    """What left for one citizen (`citizen_ids`: theirs and their aliases'), the newest first."""
    found = OutgoingMessage.objects.filter(citizen_id__in=citizen_ids, state__in=LEFT_STATES)
    return found.order_by("-created_at", "-id")


def message_counts() -> dict[str, int]:
    """How many messages stand in each state; states without any are 0."""
    counted = dict(OutgoingMessage.objects.values_list("state").annotate(n=Count("id")))
    return {state.value: counted.get(state.value, 0) for state in MessageState}


def oldest_due_seconds(*, now: datetime) -> float:
    """How long the oldest message that should have left has been waiting; 0 when none is.

    The watchdog of progress: alive processes prove nothing, a message that moves does. A campaign
    takes its hours, and is not looked at.
    """
    awaited = Q(state=MessageState.QUEUED, lane=Lane.TRANSACTIONAL)
    waiting = OutgoingMessage.objects.filter(not_before__lte=now).aggregate(
        queued=Min("not_before", filter=awaited),
        sending=Min("claimed_at", filter=Q(state=MessageState.SENDING)),
    )
    since = [instant for instant in waiting.values() if instant is not None]
    return max(0.0, (now - min(since)).total_seconds()) if since else 0.0


def has_due(lane: Lane, *, now: datetime) -> bool:
    """Does a message of this lane wait whose time has come?"""
    due = OutgoingMessage.objects.filter(state=MessageState.QUEUED, not_before__lte=now)
    return due.filter(lane=lane).exists()


def bulk_left(*, now: datetime) -> int:
    """How many more messages this city may send to many this month, by what was agreed with it.

    Those that somebody waits for count, and are never held back.
    """
    agreed = current_city().limits.get("messages_per_month")
    if agreed is None:
        return sys.maxsize
    month = now.astimezone(SEOUL).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    left = OutgoingMessage.objects.filter(state__in=LEFT_STATES, sent_at__gte=month)
    return max(0, agreed - left.count())


def is_sending_stalled(*, now: datetime) -> bool:
    """Has a due message waited longer than a minute? Then somebody must look."""
    return oldest_due_seconds(now=now) > ALARM_AFTER_SECONDS


def demo_letter_list(*, limit: int = 50) -> list[DemoLetter]:
    """The demo mailbox, the newest letter first."""
    return list(DemoLetter.objects.order_by("-at", "-id")[:limit])


def messages_held() -> QuerySet[OutgoingMessage]:
    """What was written and stays in the house, the newest first."""
    return OutgoingMessage.objects.filter(state=MessageState.HELD).order_by("-created_at", "-id")


def message_uses(*, since: datetime, until: datetime) -> list[MessageUse]:
    """How many messages left in [since, until), by what they are billed as."""
    left = OutgoingMessage.objects.filter(
        state__in=LEFT_STATES, sent_at__gte=since, sent_at__lt=until
    )
    counted = left.annotate(kind=KIND).values_list("kind").annotate(n=Count("id")).order_by("kind")
    return [MessageUse(kind, count) for kind, count in counted]


def sender_list() -> QuerySet[Sender]:
    """The city's own addresses, by channel; the one that goes out first."""
    return Sender.objects.order_by("channel", "-is_used", "address")


@kept_a_moment
def sender_in_use(channel: str) -> str:
    """The address this channel writes from; "" when the city has none of its own."""
    found = Sender.objects.filter(channel=channel, is_used=True).values_list("address", flat=True)
    return next(iter(found), "")
