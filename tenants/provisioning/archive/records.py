"""The list of archives: what was made, tried, and removed when its time was over."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from tenants.models import Backup
from tenants.provisioning.archive.backing_up import Written
from tenants.provisioning.archive.retention import kept

BY_HAND = timedelta(days=30)  # what a person asked for is not the nightly rule's to remove
ENDING, EXPORT_ENDING = ".sodam.age", ".zip"
EXPORTS_KEPT = timedelta(days=14)


def backups_folder(code: str) -> Path:
    return Path(settings.BACKUPS["FOLDER"]) / code


def work_folder(operation: UUID | str) -> Path:
    """Where the steps of one operation leave things for each other; only the owner looks there."""
    return Path(settings.BACKUPS["FOLDER"]) / ".work" / str(operation)


def backup_path(code: str, *, at: datetime, is_anonymised: bool = False) -> Path:
    """`busan/busan-20261125T030000Z.sodam.age`."""
    kind = "-training" if is_anonymised else ""
    return backups_folder(code) / f"{code}{kind}-{at:%Y%m%dT%H%M%SZ}{ENDING}"


def is_managed(path: Path) -> bool:
    """Does it lie in our own folder?"""
    return path.is_relative_to(Path(settings.BACKUPS["FOLDER"]))


def backup_note(code: str, made: Written, *, at: datetime, by_hand: bool) -> Backup:
    """Put an archive on the list, once for each file."""
    row, _is_new = Backup.objects.update_or_create(
        city_code=code,
        path=str(made.path),
        removed_at=None,
        defaults={
            "made_at": at,
            "size_bytes": made.bytes,
            "rows": made.manifest.rows,
            "files": made.manifest.files.count,
            "seconds": made.seconds,
            "digest": made.sha256,
            "app": made.manifest.head.app,
            "is_anonymised": made.manifest.head.is_anonymised,
            "is_managed": is_managed(made.path),
            "kept_until": at + BY_HAND if by_hand else None,
        },
    )
    return row


def backup_tested(identity: UUID | str, *, at: datetime, result: dict[str, Any]) -> None:
    Backup.objects.filter(id=identity).update(tested_at=at, test_result=result)


def backups_prune(code: str, *, now: datetime) -> list[str]:
    """Remove archives whose time is over; which. Never the newest one that could be restored."""
    there = Backup.objects.filter(city_code=code, is_managed=True, removed_at=None)
    rows = list(there.filter(is_anonymised=False))
    stay = kept([(row.id, row.made_at) for row in rows])
    stay |= {row.id for row in rows if row.kept_until and row.kept_until > now}
    proven = [row for row in rows if row.test_result.get("restored")]
    stay |= {row.id for row in sorted(proven, key=lambda row: row.made_at)[-1:]}
    gone = [_remove(row, now=now) for row in rows if row.id not in stay]
    return gone + _old_exports(code, now=now)


def _old_exports(code: str, *, now: datetime) -> list[str]:
    """What was handed over need not lie here for ever: it can be read by whoever finds it."""
    gone = []
    for path in backups_folder(code).glob(f"*{EXPORT_ENDING}"):
        if now.timestamp() - path.stat().st_mtime > EXPORTS_KEPT.total_seconds():
            path.unlink()
            gone.append(str(path))
    return gone


def backups_remove(code: str, *, now: datetime) -> list[str]:
    """Remove every archive and export of ours; which."""
    rows = Backup.objects.filter(city_code=code, is_managed=True, removed_at=None)
    gone = [_remove(row, now=now) for row in rows]
    others = [str(path) for path in _in_folder(code)]
    shutil.rmtree(backups_folder(code), ignore_errors=True)
    return gone + others


def backups_left(code: str) -> list[str]:
    """Archives and exports that are still somewhere."""
    left = Backup.objects.filter(city_code=code, removed_at=None)
    return sorted({*left.values_list("path", flat=True), *map(str, _in_folder(code))})


def _in_folder(code: str) -> list[Path]:
    return [path for path in backups_folder(code).glob("*") if path.is_file()]


def _remove(row: Backup, *, now: datetime) -> str:
    """The file first: a row without a file is told of, a file without a row is not found again."""
    Path(row.path).unlink(missing_ok=True)
    row.removed_at = now
    row.save(update_fields=["removed_at"])
    return str(row.path)
