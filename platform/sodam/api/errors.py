"""Refusals that only the API knows."""

from __future__ import annotations

from tenants.errors import DomainError


class KeyMissing(DomainError):
    """No key was sent, or none of this city that still works."""

    code = "api.key_missing"
    http_status = 401


class ScopeMissing(DomainError):
    """The key works, but not for this; `facts["scope"]` says what it would need."""

    code = "api.scope_missing"
    http_status = 403


class TooManyRequests(DomainError):
    """More requests in a minute than a key (or an address without one) may send."""

    code = "api.too_many_requests"
    http_status = 429


class BodyTooLarge(DomainError):
    """The request is larger than any voice needs to be."""

    code = "api.body_too_large"
    http_status = 413


class SchemaUnknown(DomainError):
    """No document schema is published under this name."""

    code = "api.schema_unknown"
    http_status = 404
