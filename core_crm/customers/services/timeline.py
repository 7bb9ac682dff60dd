"""The history of a citizen, written by the rooms in which it happens."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core_crm.customers.models import Citizen, TimelineEntry
from tenants.rows import insert


def timeline_add(
    citizen: Citizen, *, kind: str, about: tuple[str, UUID], summary: str, at: datetime
) -> None:
    """Write one line of a citizen's history, in the transaction of what happened.

    `about` names the thing and its id, as ("voice", voice.id). The same line twice is kept once.
    """
    about_kind, about_id = about
    entry = TimelineEntry(
        citizen=citizen,
        kind=kind,
        about_kind=about_kind,
        about_id=about_id,
        at=at,
        summary=summary[:300],
    )
    insert(entry, unless_there=True)
