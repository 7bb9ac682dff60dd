"""Reads of citizens: one, many, their history, and what conditions may ask of them."""

from core_crm.customers.selectors.citizens import (
    citizen_counts,
    citizen_get,
    citizen_list_by_contact,
    timeline_of,
)
from core_crm.customers.selectors.predicate_source import citizen_source, citizens_matching
from core_crm.customers.selectors.reach import happenings_since

__all__ = [
    "citizen_counts",
    "citizen_get",
    "citizen_list_by_contact",
    "citizen_source",
    "citizens_matching",
    "happenings_since",
    "timeline_of",
]
