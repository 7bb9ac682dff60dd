"""Reads of segments: which there are, whom they hold, and what lies behind a count."""

from core_crm.segments.selectors.asking import fields_needing_basis, read_condition, rules_of
from core_crm.segments.selectors.counting import (
    condition_count,
    consent_reach,
    rule_walk,
    sample_of,
)
from core_crm.segments.selectors.equity import segment_equity
from core_crm.segments.selectors.segments import (
    register_uses,
    segment_count,
    segment_drift,
    segment_get,
    segment_list,
    segment_members,
    segment_uses,
    segments_of,
)

__all__ = [
    "condition_count",
    "consent_reach",
    "fields_needing_basis",
    "read_condition",
    "register_uses",
    "rule_walk",
    "rules_of",
    "sample_of",
    "segment_count",
    "segment_drift",
    "segment_equity",
    "segment_get",
    "segment_list",
    "segment_members",
    "segment_uses",
    "segments_of",
]
