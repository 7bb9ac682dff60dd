"""What is asked for by itself: each night a backup of every city, and a try of what was made.

Backups between 01:00 and 05:00 in Korea, or when one is overdue; trials from 05:00 to 07:00. One
city after the other: nobody should notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tenants.backups import RPO, BackupFacts, backup_newest
from tenants.errors import OperationUnderWay
from tenants.models import City, Operation
from tenants.provisioning.operations import operation_ask
from tenants.types import CLOSED, NOT_OPEN, Asker, OperationKind, OperationState, Purpose

SEOUL = ZoneInfo("Asia/Seoul")
BACKUPS, TRIALS = range(1, 5), range(5, 7)
AGAIN_AFTER = timedelta(hours=1)  # what failed is tried again then, not every minute
AT_ONCE = 1
BY = Asker(None, "야간 일정", "schedule")


def backups_ask(now: datetime) -> list[str]:
    """Ask for the backups that are due, few at a time; for which cities."""
    return _ask(OperationKind.BACKUP, backups_due(now), now)


def trials_ask(now: datetime) -> list[str]:
    """Ask for a try of the newest backup of each city, once each."""
    return _ask(OperationKind.TEST_RESTORE, trials_due(now), now)


def backups_due(now: datetime) -> list[str]:
    """Cities without a backup of this night, or of the last 26 hours; the oldest first."""
    newest, is_night = backup_newest(), now.astimezone(SEOUL).hour in BACKUPS
    due = [
        (last, city.code)
        for city in _served()
        if (last := _last(newest.get(city.code), city)) < (_tonight(now) if is_night else now - RPO)
    ]
    return [code for _last_at, code in sorted(due)]


def trials_due(now: datetime) -> list[str]:
    if now.astimezone(SEOUL).hour not in TRIALS:
        return []
    newest = backup_newest()
    return sorted(
        city.code
        for city in _served()
        if city.code in newest and newest[city.code].tested_at is None
    )


def _served() -> Iterator[City]:
    found = City.objects.filter(purpose=Purpose.SERVICE.value)
    yield from found.exclude(status__in=[NOT_OPEN, CLOSED])


def _last(newest: BackupFacts | None, city: City) -> datetime:
    """Since when work would be lost: the last backup, or the opening of a city without one."""
    opened: datetime = city.opened_at or datetime.min.replace(tzinfo=SEOUL)
    return newest.made_at if newest else opened


def _tonight(now: datetime) -> datetime:
    return now.astimezone(SEOUL).replace(hour=BACKUPS[0], minute=0, second=0, microsecond=0)


def _ask(kind: OperationKind, due: list[str], now: datetime) -> list[str]:
    """Nothing while one is under way; one that failed is left alone for an hour."""
    if Operation.objects.filter(kind=kind.value, stands=True).exists():
        return []
    failed = Operation.objects.filter(
        kind=kind.value, state=OperationState.FAILED.value, ended_at__gt=now - AGAIN_AFTER
    )
    left_alone = set(failed.values_list("city_code", flat=True))
    asked: list[str] = []
    for code in due:
        if code not in left_alone and len(asked) < AT_ONCE and _asked(kind, code, now):
            asked.append(code)
    return asked


def _asked(kind: OperationKind, code: str, now: datetime) -> bool:
    try:
        operation_ask(kind, code, by=BY, now=now)
    except OperationUnderWay:
        return False
    return True
