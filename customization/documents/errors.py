"""Failures of changing a city's documents."""

from __future__ import annotations

from tenants.errors import DomainError


class DocumentsNotValid(DomainError):
    """The documents would not be right after the change; `problems` names each place."""

    code = "config.not_valid"
    http_status = 422


class ChangeConflict(DomainError):
    """Somebody changed the same place since the change was drafted; `paths` names them."""

    code = "config.conflict"
    http_status = 409


class ChangeNotAllowed(DomainError):
    """The change is in a state in which this cannot be done, or by somebody who may not."""

    code = "config.change_not_allowed"
    http_status = 409


class ManifestUnknown(DomainError):
    """No version of this city's documents has this number."""

    code = "config.manifest_unknown"
    http_status = 404


class ChangeUnknown(DomainError):
    """This city has no such proposal."""

    code = "config.change_unknown"
    http_status = 404
