"""The door of events: facts recorded in the transaction, delivered after it.

`record(VoiceClosed(…))` inside a transaction writes the fact and one owed delivery per receiver.
After commit the relay delivers; a sweep from Postgres finds what a crash left. Each reaction runs in
one transaction with its mark, so its rows are written exactly once.
"""

from __future__ import annotations

from core_crm.common.events import Event, receiver
from core_crm.common.services.recording import record

__all__ = ["Event", "receiver", "record"]
