"""DOOR: facts, recorded in the transaction they became true in, delivered after it.

`record(VoiceClosed(…))` inside a transaction writes the fact and one owed delivery per receiver.
After the commit the relay delivers; a sweep from Postgres finds what a crash left. Each reaction
runs in one transaction with its mark, so its rows are written exactly once. See
docs/reference/events.md for what is promised and what is not.
"""

from __future__ import annotations

from core_crm.common.events import Event, receiver
from core_crm.common.services.recording import record

__all__ = ["Event", "receiver", "record"]
