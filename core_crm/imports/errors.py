"""Named failures of the imports room."""

from __future__ import annotations

from tenants.errors import DomainError


class TableUnreadable(DomainError):
    """The file as a whole is no table: empty, without a header, or not text."""

    code = "imports.table_unreadable"
    http_status = 422


class TableTooLarge(DomainError):
    """The file is larger than one import takes."""

    code = "imports.table_too_large"
    http_status = 413


class ColumnsMissing(DomainError):
    """Columns the import cannot do without are not in the file."""

    code = "imports.columns_missing"
    http_status = 422


class FormatUnknown(DomainError):
    """No plugin of this city reads files of that format."""

    code = "imports.format_unknown"
    http_status = 422


class BatchAlreadyFinished(DomainError):
    """A finished import counts no more rows."""

    code = "imports.batch_already_finished"
    http_status = 409
