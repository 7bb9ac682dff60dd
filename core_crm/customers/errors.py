"""Named failures of the customers room."""

from __future__ import annotations

from tenants.errors import DomainError


class CitizenNotFound(DomainError):
    """No citizen of this city has the id."""

    code = "customers.citizen_not_found"
    http_status = 404


class ContactNotReadable(DomainError):
    """A telephone number or e-mail address that cannot be one."""

    code = "customers.contact_not_readable"
    http_status = 422
