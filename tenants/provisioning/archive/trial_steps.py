"""Trying a backup: restored into a schema of its own, compared, brought up to date, dropped.

Only the owner can look into that schema; no city is made of it.
"""

from __future__ import annotations

import time
from pathlib import Path

from tenants.backups import BackupFacts, backup_list, backup_newest
from tenants.errors import DomainError
from tenants.provisioning import replay
from tenants.provisioning.archive import erasing, records
from tenants.provisioning.archive.errors import ArchiveMissing
from tenants.provisioning.archive.files import files_remove
from tenants.provisioning.archive.opening import archive_head, migrations_in
from tenants.provisioning.archive.restoring import restored_check, rows_restore, schema_for
from tenants.provisioning.operations import StepContext, StepSpec
from tenants.schema import migrations_on_disk
from tenants.types import OperationFacts

PREFIX = "zz_trial_"  # no government's code begins like this


def trial_steps(_operation: OperationFacts) -> list[StepSpec]:
    return [
        StepSpec("restore", _restore, "owner", _drop, "시험 복원", "Test-restore"),
        StepSpec("drop", _drop, "owner", None, "시험 자리 지우기", "Tidying up"),
    ]


def trial_code(code: str) -> str:
    """Where a city's backup is tried: a schema's name, never a city's."""
    return f"{PREFIX}{code}"


def _restore(context: StepContext) -> None:
    """The whole restore, its time, and what differs; written down, also when it fails."""
    backup = _backup(context)
    context.result(backup_id=str(backup.id))
    began = time.monotonic()
    try:
        rows, differences = _tried(Path(backup.path), trial_code(context.city_code), context)
    except DomainError as failure:
        _note(context, backup, restored=False, problem=failure.message)
        _drop(context)
        raise
    seconds = round(time.monotonic() - began, 3)
    facts = {"rows": rows, "seconds": seconds, "differences": list(differences)}
    _note(context, backup, restored=not differences, **facts)


def _tried(path: Path, code: str, context: StepContext) -> tuple[int, tuple[str, ...]]:
    schema_for(path, code, with_role=False)
    manifest = rows_restore(path, code, progress=context.progress)
    checked = restored_check(manifest, code)
    if migrations_on_disk() - migrations_in(archive_head(path)):
        replay.migrate_schema(code)
    return checked.rows, checked.differences


def _note(context: StepContext, backup: BackupFacts, **facts: object) -> None:
    records.backup_tested(backup.id, at=context.now(), result=facts)
    context.result(**facts)
    if not facts["restored"]:
        context.say(f"복원할 수 없는 백업입니다: {Path(backup.path).name}", "error")


def _drop(context: StepContext) -> None:
    code = trial_code(context.city_code)
    erasing.schema_drop(code, with_role=False)
    files_remove(code)


def _backup(context: StepContext) -> BackupFacts:
    """The one that was named, else the newest. Raises ArchiveMissing."""
    named = context.arguments.get("backup_id")
    if not named:
        found = backup_newest(context.city_code).get(context.city_code)
    else:
        rows = backup_list(context.city_code, limit=1000, is_there=True)
        found = next((row for row in rows if str(row.id) == str(named)), None)
    if found is None:
        raise ArchiveMissing("시험할 백업이 없습니다. 먼저 백업을 만드십시오.")
    return found
