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


class BatchNotFound(DomainError):
    """There is no such import in this city."""

    code = "imports.batch_not_found"
    http_status = 404


class RowKindUnknown(DomainError):
    """Rows of a file cannot become that."""

    code = "imports.kind_unknown"
    http_status = 404


class ColumnsNotMatched(DomainError):
    """The columns are matched so that rows cannot be taken in; `facts["column"]` names one."""

    code = "imports.columns_not_matched"
    http_status = 422


class NotNow(DomainError):
    """The import is not where this can be done."""

    code = "imports.not_now"
    http_status = 409


class NoErrorsFile(DomainError):
    """Every row was taken, so there is no file of refused ones."""

    code = "imports.no_errors_file"
    http_status = 404
