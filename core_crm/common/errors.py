"""Failures of the tools that every room uses."""

from __future__ import annotations

from tenants.errors import DomainError


class CursorNotValid(DomainError):
    """The cursor was not made by us, or for another order."""

    code = "page.cursor_not_valid"


class IdempotencyKeyReused(DomainError):
    """The same Idempotency-Key came with another request."""

    code = "idempotency.key_reused"
    http_status = 422
