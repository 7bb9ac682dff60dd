"""Restoring an archive under a new code, step by step.

When a step fails nothing is left behind. Tried again, a step first makes what it stands on.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tenants.models import Backup
from tenants.provisioning import replay, roles
from tenants.provisioning.archive import places, records
from tenants.provisioning.archive.configuration import configuration_of
from tenants.provisioning.archive.errors import ArchiveMissing, ArchiveTorn
from tenants.provisioning.archive.members import NOT_WHOLE
from tenants.provisioning.archive.opening import archive_head, migrations_in
from tenants.provisioning.archive.restoring import restored_check, rows_restore, schema_for
from tenants.provisioning.operations import StepContext, StepSpec
from tenants.provisioning.owner import run
from tenants.schema import migrations_on_disk
from tenants.types import OperationFacts, Purpose

Work = Callable[[StepContext], None]


def restore_steps(_operation: OperationFacts) -> list[StepSpec]:
    return [
        StepSpec("check", _check, "owner", None, "보관본과 코드 확인", "Archive and code"),
        StepSpec("tables", _or_nothing(_tables), "owner", _clear, "표 만들기", "Tables"),
        StepSpec("rows", _or_nothing(_rows), "owner", None, "행과 파일 넣기", "Rows and files"),
        StepSpec("verify", _or_nothing(_verify), "owner", None, "다시 읽어 견주기", "Checksums"),
        StepSpec("migrate", _or_nothing(_migrate), "owner", None, "지금 판으로 이행", "Migrations"),
        StepSpec("configuration", _configuration, "serving", None, "기준 문서 견주기", "Documents"),
        StepSpec("open", _open, "owner", None, "목록에 올리기", "Listed"),
    ]


def archive_path(context: StepContext) -> Path:
    """The file itself, or that of a backup on the list. Raises ArchiveMissing."""
    given = context.arguments.get("archive")
    if given:
        return Path(given)
    identity = str(context.arguments.get("backup_id") or "")
    row = Backup.objects.filter(id=identity).first() if identity else None
    if row is None or row.removed_at is not None:
        raise ArchiveMissing("그런 백업이 목록에 없거나 이미 지워졌습니다.")
    return Path(row.path)


def _check(context: StepContext) -> None:
    """The archive opens, is not too new, and the code is free."""
    head = archive_head(archive_path(context))
    migrations_in(head)
    places.place_free(context.city_code)
    context.result(made_at=head.made_at, of=head.city.code, is_anonymised=head.is_anonymised)


def _tables(context: StepContext) -> None:
    path = archive_path(context)
    head = archive_head(path)
    usual = Purpose.TRAINING if head.is_anonymised else Purpose.COPY
    purpose = Purpose(context.arguments.get("purpose") or usual)
    places.place_listed(context.city_code, head, purpose)
    schema_for(path, context.city_code)


def _rows(context: StepContext) -> None:
    _needs(context, _tables)
    code = context.city_code
    manifest = rows_restore(archive_path(context), code, progress=context.progress)
    places.manifest_put(manifest, records.work_folder(context.operation_id))
    context.result(rows=manifest.rows, files=manifest.files.count, tables=len(manifest.tables))


def _verify(context: StepContext) -> None:
    _needs(context, _rows)
    manifest = places.manifest_taken(records.work_folder(context.operation_id))
    checked = restored_check(manifest, context.city_code)
    context.result(differences=list(checked.differences))
    if checked.differences:
        raise ArchiveTorn(NOT_WHOLE, tables=list(checked.differences))


def _migrate(context: StepContext) -> None:
    _needs(context, _verify)
    manifest = places.manifest_taken(records.work_folder(context.operation_id))
    missing = migrations_on_disk() - migrations_in(manifest.head)
    if missing:
        replay.migrate_schema(context.city_code)
        run([roles.after_tables_sql(context.city_code)])
    context.result(migrated=len(missing))


def _configuration(context: StepContext) -> None:
    """The documents in force mean the same as when the archive was made, or it is told."""
    before = places.manifest_taken(records.work_folder(context.operation_id)).configuration
    now = configuration_of(context.city_code).facts
    same = before == now
    context.result(same_configuration=same)
    if not same:
        words = "기준 문서의 지문이 백업한 때와 다릅니다: 플러그인이나 표준이 그 뒤에 바뀌었습니다."
        context.say(words, "warn")


def _open(context: StepContext) -> None:
    host = places.place_open(context.city_code)
    shutil.rmtree(records.work_folder(context.operation_id), ignore_errors=True)
    context.result(code=context.city_code, host=host)


def _clear(context: StepContext) -> None:
    places.place_cleared(context.city_code)


def _or_nothing(work: Work) -> Work:
    """What fails leaves nothing behind."""

    def whole(context: StepContext) -> None:
        try:
            work(context)
        except Exception:
            _clear(context)
            raise

    return whole


def _needs(context: StepContext, before: Work) -> None:
    """After a failure all was taken away: make it again."""
    if not places.has_schema(context.city_code):
        before(context)
