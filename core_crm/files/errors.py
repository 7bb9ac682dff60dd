"""Why a file is not taken."""

from tenants.errors import DomainError


class FileTooLarge(DomainError):
    code = "file.too_large"
    http_status = 413


class FileTypeNotAllowed(DomainError):
    code = "file.type_not_allowed"
    http_status = 415


class FileMissing(DomainError):
    code = "file.missing"
    http_status = 404
