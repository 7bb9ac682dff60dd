"""What may be done to citizens and their history."""

from core_crm.customers.services.citizens import citizen_find_or_create
from core_crm.customers.services.timeline import timeline_add

__all__ = ["citizen_find_or_create", "timeline_add"]
