"""What an operator's visit, and a review of the access log, may be refused for."""

from __future__ import annotations

from tenants.errors import DomainError


class VisitLinkInvalid(DomainError):
    """The link was used, is too old, was cut short, or belongs to another city."""

    code = "visit.link_invalid"
    http_status = 404


class VisitNotReasoned(DomainError):
    """A visit needs a reason, and ends within two hours."""

    code = "visit.not_reasoned"
    http_status = 422


class VisitIsReadOnly(DomainError):
    """A visiting operator looks and changes nothing."""

    code = "visit.read_only"
    http_status = 403


class ReviewNotPossible(DomainError):
    """A month is reviewed once, when it is over, and alerts are answered in words."""

    code = "access_log.review_not_possible"
    http_status = 422
