"""One act, written in the transaction in which it was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from core_crm.audit.models import AuditEntry
from core_crm.audit.types import Actor, Fact
from tenants.rows import insert


def audit_append(
    action: str,
    *,
    actor: Actor | None,
    subject_kind: str,
    subject_id: UUID | None,
    now: datetime,
    facts: Mapping[str, Fact] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Add one entry. `actor` is None for the system itself; `facts` hold no personal data."""
    entry = AuditEntry(
        at=now,
        action=action,
        actor_id=actor.id if actor else None,
        actor_name=actor.name if actor else "",
        origin=actor.origin if actor else "",
        subject_kind=subject_kind,
        subject_id=subject_id,
        facts=dict(facts or {}),
        reason=reason,
    )
    insert(entry)
    return entry
