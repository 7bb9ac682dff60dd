"""Reads: what is held of a person, what they asked, what is due to be forgotten."""

from core_crm.privacy.selectors.reports import person_report
from core_crm.privacy.selectors.requests import (
    request_get,
    requests_ended,
    requests_of,
    requests_waiting,
)
from core_crm.privacy.selectors.retention import retention_lines
from core_crm.privacy.selectors.statistics import access_counts, consent_editions

__all__ = [
    "access_counts",
    "consent_editions",
    "person_report",
    "request_get",
    "requests_ended",
    "requests_of",
    "requests_waiting",
    "retention_lines",
]
