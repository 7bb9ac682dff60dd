"""Appending to the audit, sealing it, and checking the seals."""

from core_crm.audit.services.appending import audit_append
from core_crm.audit.services.sealing import audit_head, audit_seal, audit_verify

__all__ = ["audit_append", "audit_head", "audit_seal", "audit_verify"]
