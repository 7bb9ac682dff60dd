"""Appending to the audit, sealing it, checking the seals; and operators' visits."""

from core_crm.audit.services.appending import audit_append
from core_crm.audit.services.disclosing import disclosure_note
from core_crm.audit.services.reviewing import month_span, review_sign
from core_crm.audit.services.sealing import audit_head, audit_seal, audit_verify
from core_crm.audit.services.sealing_log import log_seal, log_verify
from core_crm.audit.services.visits import (
    actor_of_visit,
    visit_ask,
    visit_end,
    visit_enter,
    visit_look,
    visit_of_token,
    visit_token,
)

__all__ = [
    "actor_of_visit",
    "audit_append",
    "audit_head",
    "audit_seal",
    "audit_verify",
    "disclosure_note",
    "log_seal",
    "log_verify",
    "month_span",
    "review_sign",
    "visit_ask",
    "visit_end",
    "visit_enter",
    "visit_look",
    "visit_of_token",
    "visit_token",
]
