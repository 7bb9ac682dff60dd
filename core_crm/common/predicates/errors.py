"""Why a document is no predicate."""

from __future__ import annotations

from tenants.errors import DomainError


class PredicateError(DomainError):
    """A condition cannot be asked; it says what is wrong and where.

    `reason`: shape, too_big, too_deep, field, operation or value. `pointer` is a JSON pointer
    (RFC 6901) into the tree: `/all/0/field`, and "" for all of it.
    """

    code = "predicate.not_valid"
    http_status = 422

    def __init__(self, reason: str, message: str, *, pointer: str) -> None:
        super().__init__(f"{pointer or '/'}: {message}", reason=reason, pointer=pointer)
        self.reason = reason
        self.pointer = pointer
