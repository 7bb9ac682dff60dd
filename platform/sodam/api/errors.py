"""Refusals that only the API knows."""

from __future__ import annotations

from tenants.errors import DomainError
from tenants.isolation.limits import TooManyRequests


class KeyMissing(DomainError):
    """No key was sent, or none of this city that still works."""

    code = "api.key_missing"
    http_status = 401


class ScopeMissing(DomainError):
    """The key works, but not for this; `facts["scope"]` says what it would need."""

    code = "api.scope_missing"
    http_status = 403


class TooManyApiRequests(TooManyRequests):
    """More requests in a minute than a key, an address without one, or a city may send or get."""

    code = "api.too_many_requests"


class BodyTooLarge(DomainError):
    """The request is larger than any voice needs to be."""

    code = "api.body_too_large"
    http_status = 413


class SchemaUnknown(DomainError):
    """No document schema is published under this name."""

    code = "api.schema_unknown"
    http_status = 404
