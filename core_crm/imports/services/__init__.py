"""What may be done with a file of rows: read it, count it, hand back what was refused."""

from core_crm.common.csv_writing import guard, unguard
from core_crm.imports.services.batches import (
    batch_add,
    batch_fail,
    batch_finish,
    batch_start,
    imported_note,
)
from core_crm.imports.services.decoding import decode
from core_crm.imports.services.errors_file import REASON_COLUMN, ErrorFile
from core_crm.imports.services.identity import RowIds
from core_crm.imports.services.matching import batch_look, batch_map
from core_crm.imports.services.opening import batch_open
from core_crm.imports.services.reading import columns_require, table_read
from core_crm.imports.services.running import (
    batch_cancel,
    batch_errors,
    batch_pause,
    batch_resume,
    batch_run,
    batch_work,
)
from core_crm.imports.services.taking import batch_plan
from core_crm.imports.services.undoing import batch_undo, undo_plan
from core_crm.imports.services.workbooks import upload_read

__all__ = [
    "REASON_COLUMN",
    "ErrorFile",
    "RowIds",
    "batch_add",
    "batch_cancel",
    "batch_errors",
    "batch_fail",
    "batch_finish",
    "batch_look",
    "batch_map",
    "batch_open",
    "batch_pause",
    "batch_plan",
    "batch_resume",
    "batch_run",
    "batch_start",
    "batch_undo",
    "batch_work",
    "columns_require",
    "decode",
    "guard",
    "imported_note",
    "table_read",
    "undo_plan",
    "unguard",
    "upload_read",
]
