"""Named failures of the segments room."""

from __future__ import annotations

from tenants.errors import DomainError


class SegmentNotFound(DomainError):
    """No segment of this city has the code."""

    code = "segment.not_found"
    http_status = 404


class SegmentNotValid(DomainError):
    """Something of a segment that cannot be so; `field` names what."""

    code = "segment.not_valid"
    http_status = 422


class SegmentCodeTaken(DomainError):
    """Another segment has the code, maybe a put-away one."""

    code = "segment.code_taken"
    http_status = 409


class LegalBasisMissing(DomainError):
    """A condition asks for sensitive data, and no law that allows it is written down.

    개인정보 보호법 제23조 (민감정보), 제24조 (고유식별정보). `fields` names the conditions' fields.
    """

    code = "segment.legal_basis_missing"
    http_status = 422


class SegmentChangedMeanwhile(DomainError):
    """Somebody else changed the segment since it was read."""

    code = "segment.changed_meanwhile"
    http_status = 409
