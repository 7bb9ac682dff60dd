"""Backing a city up and handing its data over, step by step."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from tenants.provisioning.archive import records
from tenants.provisioning.archive.backing_up import city_back_up
from tenants.provisioning.archive.configuration import (
    configuration_put,
    configuration_taken,
)
from tenants.provisioning.archive.errors import ArchiveThere
from tenants.provisioning.archive.exporting import city_export
from tenants.provisioning.operations import StepContext, StepSpec, operation_get
from tenants.types import OperationFacts


def backup_steps(_operation: OperationFacts) -> list[StepSpec]:
    return [
        StepSpec("configuration", _configuration, "serving", None, "기준 문서 담기", "Documents"),
        StepSpec("archive", _archive, "owner", None, "표와 파일 담기", "Tables and files"),
        StepSpec("retention", _retention, "owner", None, "오래된 백업 정리", "Old backups"),
    ]


def export_steps(_operation: OperationFacts) -> list[StepSpec]:
    return [
        StepSpec("configuration", _configuration, "serving", None, "기준 문서 담기", "Documents"),
        StepSpec("export", _export, "owner", None, "표와 파일 내보내기", "Tables and files"),
        StepSpec("tidy", _tidy, "owner", None, "정리", "Tidying up"),
    ]


def _configuration(context: StepContext) -> None:
    facts = configuration_put(context.city_code, _configuration_path(context))
    context.result(configuration={"number": facts.number, "digest": facts.digest})


def _archive(context: StepContext) -> None:
    """Written under another name until it is whole; what an earlier try finished is made anew."""
    asked = operation_get(context.operation_id)
    is_anonymised = bool(context.arguments.get("anonymise"))
    path = _out(context) or records.backup_path(
        context.city_code, at=asked.asked_at, is_anonymised=is_anonymised
    )
    _claim(context, path)
    made_at = context.now()
    made = city_back_up(
        context.city_code,
        path,
        now=made_at,
        configuration=configuration_taken(_configuration_path(context)),
        anonymise=is_anonymised,
        progress=context.progress,
    )
    by_hand = asked.origin != "schedule"
    row = records.backup_note(context.city_code, made, at=made_at, by_hand=by_hand)
    context.result(
        backup_id=str(row.id),
        path=str(path),
        bytes=made.bytes,
        tables=len(made.manifest.tables),
        rows=made.manifest.rows,
        files=made.manifest.files.count,
        seconds=round(made.seconds, 3),
        grown_mb=round(made.grown_mb, 1),
        sha256=made.sha256,
        is_anonymised=is_anonymised,
    )


def _retention(context: StepContext) -> None:
    removed = records.backups_prune(context.city_code, now=context.now())
    for path in removed:
        context.say(f"보관 기간이 지나 지웠습니다: {Path(path).name}")
    _tidy(context)


def _export(context: StepContext) -> None:
    path = _out(context) or _export_path(context, operation_get(context.operation_id).asked_at)
    _claim(context, path)
    made = city_export(
        context.city_code,
        path,
        now=context.now(),
        configuration=configuration_taken(_configuration_path(context)),
        progress=context.progress,
    )
    context.result(
        path=str(path),
        bytes=made.bytes,
        sha256=made.sha256,
        tables=made.tables,
        rows=made.rows,
        files=made.files,
    )


def _export_path(context: StepContext, at: datetime) -> Path:
    name = f"{context.city_code}-export-{at:%Y%m%dT%H%M%SZ}{records.EXPORT_ENDING}"
    return records.backups_folder(context.city_code) / name


def _tidy(context: StepContext) -> None:
    shutil.rmtree(records.work_folder(context.operation_id), ignore_errors=True)


def _out(context: StepContext) -> Path | None:
    given = context.arguments.get("out")
    return Path(given) if given else None


def _claim(context: StepContext, path: Path) -> None:
    """The file is this operation's: one of an earlier try goes, anybody else's stays."""
    mark = records.work_folder(context.operation_id) / "claimed"
    if mark.exists():
        path.unlink(missing_ok=True)
        return
    if path.exists():
        raise ArchiveThere(f"이미 있는 파일은 덮어쓰지 않습니다: {path}")
    mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark.touch()


def _configuration_path(context: StepContext) -> Path:
    return records.work_folder(context.operation_id) / "configuration.json"
