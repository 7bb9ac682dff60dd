"""Announcements of the operators: written on the console, seen by officials while they last.

Officials' pages are served by their city's login, which reads no shared table. So the directory,
which every process keeps, carries the announcements along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tenants import directory
from tenants.errors import NoticeNotPossible
from tenants.models import PlatformNotice
from tenants.shared import shared_tables
from tenants.stamp import directory_changed
from tenants.types import NoticeFacts


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One announcement in the operators' list. `state`: coming, now or over."""

    id: UUID
    facts: NoticeFacts
    state: str
    written_by: str
    written_at: datetime


def notice_publish(facts: NoticeFacts, *, by: str, now: datetime) -> UUID:
    """Tell it from its start to its end. Raises NoticeNotPossible when it would never be seen."""
    if facts.ends_at <= max(now, facts.starts_at):
        raise NoticeNotPossible("끝나는 때가 시작보다, 그리고 지금보다 뒤여야 합니다.")
    row = PlatformNotice(
        cities=list(facts.cities),
        tone=facts.tone,
        words_ko=facts.words_ko,
        words_en=facts.words_en,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        written_by=by,
        written_at=now,
    )
    with shared_tables():
        row.save(force_insert=True)
    directory_changed()
    return UUID(str(row.pk))


def notice_end(notice_id: UUID, *, now: datetime) -> None:
    """Take it down now; one that has not begun is never seen. Raises NoticeNotPossible."""
    with shared_tables():
        row = PlatformNotice.objects.filter(pk=notice_id, ends_at__gt=now).first()
        if row is None:
            raise NoticeNotPossible("이미 끝난 알림입니다.")
        row.ends_at, row.starts_at = now, min(row.starts_at, now)
        row.save(update_fields=["ends_at", "starts_at"])
    directory_changed()


def notice_list(*, now: datetime, limit: int = 100) -> list[NoticeRow]:
    """The newest first, those that are over included."""
    with shared_tables():
        rows = PlatformNotice.objects.order_by("-written_at")[:limit]
        return [
            NoticeRow(row.pk, facts_of(row), _state(row, now), row.written_by, row.written_at)
            for row in rows
        ]


def notices_for(city: str, *, now: datetime) -> Sequence[NoticeFacts]:
    """What this city's officials should see now; the soonest to end first."""
    return [
        one
        for one in directory.notices()
        if one.starts_at <= now < one.ends_at and (not one.cities or city in one.cities)
    ]


def facts_of(row: PlatformNotice) -> NoticeFacts:
    return NoticeFacts(
        cities=tuple(row.cities),
        tone=row.tone,
        words_ko=row.words_ko,
        words_en=row.words_en,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )


def _state(row: PlatformNotice, now: datetime) -> str:
    if now < row.starts_at:
        return "coming"
    return "now" if now < row.ends_at else "over"
