"""Reads of the organisation and its people."""

from core_crm.staff.selectors.keys import KEY_MARK, api_key_find, api_key_list, key_digest
from core_crm.staff.selectors.organisation import (
    department_by_code,
    department_list,
    department_list_current,
    department_tree,
    departments_under,
    plan_list,
)
from core_crm.staff.selectors.people import (
    SEAT,
    account_with_seat,
    group_roles,
    official_by_email,
    official_get,
    official_list,
    official_of,
    official_search,
    saved_view_list,
)

__all__ = [
    "KEY_MARK",
    "SEAT",
    "account_with_seat",
    "api_key_find",
    "api_key_list",
    "department_by_code",
    "department_list",
    "department_list_current",
    "department_tree",
    "departments_under",
    "group_roles",
    "key_digest",
    "official_by_email",
    "official_get",
    "official_list",
    "official_of",
    "official_search",
    "plan_list",
    "saved_view_list",
]
