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
from core_crm.imports.services.reading import columns_require, table_read
from core_crm.imports.services.workbooks import upload_read

__all__ = [
    "REASON_COLUMN",
    "ErrorFile",
    "RowIds",
    "batch_add",
    "batch_fail",
    "batch_finish",
    "batch_start",
    "columns_require",
    "decode",
    "guard",
    "imported_note",
    "table_read",
    "unguard",
    "upload_read",
]
