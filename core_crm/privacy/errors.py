"""Named failures of the privacy room."""

from __future__ import annotations

from tenants.errors import DomainError


class RequestNotFound(DomainError):
    """No request of this city has the id."""

    code = "privacy.request_not_found"
    http_status = 404


class RequestNotPossible(DomainError):
    """A request that cannot be made or decided so; `field` names what."""

    code = "privacy.request_not_possible"
    http_status = 422


class RequestNotInState(DomainError):
    """Somebody decided already, or nobody did yet."""

    code = "privacy.request_not_in_state"
    http_status = 409
