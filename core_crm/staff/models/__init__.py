"""The city's organisation and its people: departments, officials, keys, saved views, plans."""

from core_crm.staff.models.access import SCOPES, ApiKey, GroupRoles
from core_crm.staff.models.organisation import KIND_LABELS_KO, KINDS, Department
from core_crm.staff.models.people import LANGUAGES, ROLES, Official, SavedView, validate_roles
from core_crm.staff.models.plans import OfficePlan

__all__ = [
    "KINDS",
    "KIND_LABELS_KO",
    "LANGUAGES",
    "ROLES",
    "SCOPES",
    "ApiKey",
    "Department",
    "GroupRoles",
    "OfficePlan",
    "Official",
    "SavedView",
    "validate_roles",
]
