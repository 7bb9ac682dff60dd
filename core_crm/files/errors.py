"""Why a file is not taken, or not given."""

from tenants.errors import DomainError


class FileTooLarge(DomainError):
    """More bytes or pixels than are taken."""

    code = "file.too_large"
    http_status = 413


class FileTypeNotAllowed(DomainError):
    """Not one of the types that are taken, by its bytes."""

    code = "file.type_not_allowed"
    http_status = 415


class FileMissing(DomainError):
    """There is no such file in this city."""

    code = "file.missing"
    http_status = 404
