"""What may be done to the organisation and its people."""

from core_crm.staff.services.api_keys import api_key_create, api_key_revoke, api_key_touch
from core_crm.staff.services.first_admin import first_admin_step
from core_crm.staff.services.groups import group_roles_set, official_sign_on
from core_crm.staff.services.invitations import (
    admin_invite,
    invitation_accept,
    invitation_make,
    invitation_open,
)
from core_crm.staff.services.leaving import official_leave, official_return
from core_crm.staff.services.officials import (
    official_change,
    official_invite,
    official_set_preferences,
)
from core_crm.staff.services.organisation import department_load, organisation_load_standard
from core_crm.staff.services.plans import (
    Applied,
    Outlook,
    columns_of,
    plan_apply,
    plan_arrange,
    plan_drop,
    plan_get,
    plan_outlook,
    plan_read,
    plan_write,
    plans_apply_due,
    plans_forget,
)
from core_crm.staff.services.saved_views import saved_view_delete, saved_view_save
from core_crm.staff.services.work import (
    register_work_holder,
    work_hand_over,
    work_held_by,
    work_held_in,
)

__all__ = [
    "Applied",
    "Outlook",
    "admin_invite",
    "api_key_create",
    "api_key_revoke",
    "api_key_touch",
    "columns_of",
    "department_load",
    "first_admin_step",
    "group_roles_set",
    "invitation_accept",
    "invitation_make",
    "invitation_open",
    "official_change",
    "official_invite",
    "official_leave",
    "official_return",
    "official_set_preferences",
    "official_sign_on",
    "organisation_load_standard",
    "plan_apply",
    "plan_arrange",
    "plan_drop",
    "plan_get",
    "plan_outlook",
    "plan_read",
    "plan_write",
    "plans_apply_due",
    "plans_forget",
    "register_work_holder",
    "saved_view_delete",
    "saved_view_save",
    "work_hand_over",
    "work_held_by",
    "work_held_in",
]
