"""Taking a file in: kept in the city's storage in one form, its columns still open."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path, PurePath

from django.core.files.base import File

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.imports.models import ImportBatch
from core_crm.imports.selectors import row_kind
from core_crm.imports.services.keeping import upload_keep
from core_crm.imports.services.rows import BatchRows, kept_path
from core_crm.imports.types import BatchState, ImportOptions
from tenants.errors import DomainError
from tenants.isolation.keys import city_storage

SUBJECT = "import_batch"


def batch_open(
    kind: str, upload: File[bytes], options: ImportOptions, *, by: Actor | None, now: datetime
) -> ImportBatch:
    """A draft of an import. Nothing of a file that cannot be read is kept.

    Raises RowKindUnknown, TableUnreadable, TableTooLarge, and what the kind refuses.
    """
    row_kind(kind).check(options)
    batch = ImportBatch(
        kind=kind,
        source=options.source.strip()[:80],
        file_name=PurePath(upload.name or "").name[:255],
        state=BatchState.DRAFT,
        by_id=by.id if by else None,
        basis=options.basis.strip()[:200],
        policy=str(options.policy),
        acquired_list_id=options.acquired_list_id,
        created_at=now,
    )
    batch.upload = f"imports/{batch.pk}/rows.csv"
    path = kept_path(batch)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        kept = upload_keep(upload, path, encoding=options.encoding)
        batch.encoding, batch.delimiter = kept.encoding, kept.delimiter
        columns = BatchRows(batch).columns
        batch.total = max(kept.lines - 1, 0)
        batch.mapping = dict.fromkeys(columns, "")
        batch.save()
    except DomainError:
        file_drop(batch)
        raise
    batch_note("import.opened", batch, by=by, now=now)
    return batch


def file_drop(batch: ImportBatch) -> None:
    """Delete the kept rows; the file of refused ones stays."""
    if batch.upload:
        city_storage().delete(batch.upload)
        folder = Path(city_storage().path(batch.upload)).parent
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def batch_note(
    action: str, batch: ImportBatch, *, by: Actor | None, now: datetime, **facts: int
) -> None:
    """Who did what with which file, for the audit."""
    audit_append(
        action,
        actor=by,
        subject_kind=SUBJECT,
        subject_id=batch.pk,
        now=now,
        facts={"kind": batch.kind, **facts},
    )
