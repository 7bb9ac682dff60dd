"""Lists of departments and people: read, kept, compared with what there is, applied."""

from core_crm.staff.services.plans.applying import Applied, plan_apply, plans_apply_due
from core_crm.staff.services.plans.columns import columns_of
from core_crm.staff.services.plans.keeping import (
    plan_arrange,
    plan_drop,
    plan_get,
    plan_read,
    plan_write,
    plans_forget,
)
from core_crm.staff.services.plans.outlook import Outlook, plan_outlook

__all__ = [
    "Applied",
    "Outlook",
    "columns_of",
    "plan_apply",
    "plan_arrange",
    "plan_drop",
    "plan_get",
    "plan_outlook",
    "plan_read",
    "plan_write",
    "plans_apply_due",
    "plans_forget",
]
