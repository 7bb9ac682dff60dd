"""What may be done with facts: mark a day, compute them anew."""

from core_crm.kpis.services.marking import (
    days_mark,
    days_mark_of,
    mark_all,
    mark_closing,
    mark_invitation,
    mark_receipt,
)
from core_crm.kpis.services.refreshing import facts_refresh

__all__ = [
    "days_mark",
    "days_mark_of",
    "facts_refresh",
    "mark_all",
    "mark_closing",
    "mark_invitation",
    "mark_receipt",
]
