"""The access log: whose data was shown to whom, written in the transaction that answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from core_crm.audit.models import Disclosure
from core_crm.audit.types import Actor
from tenants.rows import insert

AT_ONCE = 500


def disclosure_note(
    *,
    actor: Actor | None,
    action: str,
    subject_ids: Sequence[UUID],
    subject_kind: str = "citizen",
    fields: str = "",
    reason: str = "",
    route: str = "",
    now: datetime,
) -> int:
    """Exactly one row per person shown, however often they stand on the page; how many.

    `action`: `customer.viewed`, `customer.unmasked`, `customer.exported`, … `actor` None: the
    system itself, as at a command. `fields` and `reason` never hold a value of the person.
    """
    persons = list(dict.fromkeys(subject_ids))
    for start in range(0, len(persons), AT_ONCE):
        insert(
            *(
                Disclosure(
                    at=now,
                    action=action,
                    actor_id=actor.id if actor else None,
                    actor_name=actor.name[:60] if actor else "",
                    origin=actor.origin[:64] if actor else "",
                    subject_kind=subject_kind,
                    subject_id=person,
                    fields=fields[:200],
                    reason=reason[:300],
                    route=route[:80],
                )
                for person in persons[start : start + AT_ONCE]
            )
        )
    return len(persons)
