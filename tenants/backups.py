"""Named reads of the archives that were made, by the platform's role or the owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tenants.models import Backup

RPO = timedelta(hours=26)  # one night, and two hours for a night that was busy


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """One archive. `is_there`: its file was not removed. `test_result` is empty before a test."""

    id: UUID
    city_code: str
    made_at: datetime
    path: str
    size_bytes: int
    rows: int
    files: int
    seconds: float
    digest: str
    app: str
    is_anonymised: bool
    is_managed: bool
    is_there: bool
    kept_until: datetime | None
    tested_at: datetime | None
    test_result: Mapping[str, Any]

    @property
    def is_restorable(self) -> bool | None:
        """Could it be restored, without a difference? None: not tried yet."""
        if self.tested_at is None:
            return None
        return bool(self.test_result.get("restored")) and not self.test_result.get("differences")

    @property
    def restore_seconds(self) -> float | None:
        """How long the test-restore took: what a restore in need would take (RTO)."""
        return self.test_result.get("seconds") if self.is_restorable else None


def backup_list(
    city_code: str, *, limit: int = 50, is_there: bool | None = None
) -> list[BackupFacts]:
    """The archives of a city, the newest first."""
    found = Backup.objects.filter(city_code=city_code).order_by("-made_at", "-id")
    if is_there is not None:
        found = found.filter(removed_at__isnull=is_there)
    return [_facts(row) for row in found[:limit]]


def backup_newest(*city_codes: str) -> dict[str, BackupFacts]:
    """City -> its newest whole archive that is still there; for all cities when none is named."""
    found = Backup.objects.filter(removed_at__isnull=True, is_anonymised=False, is_managed=True)
    if city_codes:
        found = found.filter(city_code__in=city_codes)
    newest = found.order_by("city_code", "-made_at", "-id").distinct("city_code")
    return {row.city_code: _facts(row) for row in newest}


def is_overdue(newest: BackupFacts | None, *, now: datetime) -> bool:
    """Would more than a night's work be lost (RPO)?"""
    return newest is None or now - newest.made_at > RPO


def _facts(row: Backup) -> BackupFacts:
    names = BackupFacts.__dataclass_fields__.keys() - {"is_there"}
    return BackupFacts(
        **{name: getattr(row, name) for name in names}, is_there=row.removed_at is None
    )
