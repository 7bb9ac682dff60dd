"""What may be done to the organisation and its people."""

from core_crm.staff.services.api_keys import api_key_create, api_key_revoke, api_key_touch
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
from core_crm.staff.services.saved_views import saved_view_delete, saved_view_save
from core_crm.staff.services.work import register_work_holder, work_hand_over, work_held_by

__all__ = [
    "admin_invite",
    "api_key_create",
    "api_key_revoke",
    "api_key_touch",
    "department_load",
    "invitation_accept",
    "invitation_make",
    "invitation_open",
    "official_change",
    "official_invite",
    "official_leave",
    "official_return",
    "official_set_preferences",
    "organisation_load_standard",
    "register_work_holder",
    "saved_view_delete",
    "saved_view_save",
    "work_hand_over",
    "work_held_by",
]
