"""What a citizen asks, carried out; whole persons and old data forgotten; locks renewed."""

from core_crm.privacy.services.erasing import person_erase
from core_crm.privacy.services.requests import request_carry_out, request_decide, request_open
from core_crm.privacy.services.retention import retention_run
from core_crm.privacy.services.rotating import identifiers_rotate

__all__ = [
    "identifiers_rotate",
    "person_erase",
    "request_carry_out",
    "request_decide",
    "request_open",
    "retention_run",
]
