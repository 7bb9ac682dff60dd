"""Common tools that write: recording and relaying facts, answering the same request once."""

from core_crm.common.services.idempotency import idempotency_forget_old, idempotent
from core_crm.common.services.recording import record
from core_crm.common.services.relaying import events_relay

__all__ = ["events_relay", "idempotency_forget_old", "idempotent", "record"]
