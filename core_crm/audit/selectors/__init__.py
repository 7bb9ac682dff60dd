"""Named reads of what was done, of operators' visits, and of the access log."""

from core_crm.audit.selectors.access_log import (
    actors_in,
    disclosure_page,
    disclosures_between,
    disclosures_of_subject,
    review_of,
    reviews,
)
from core_crm.audit.selectors.alerts import alert_rule_register, alerts_between, by_actor
from core_crm.audit.selectors.entries import (
    entries_about,
    entry_list,
    entry_unsealed_count,
    link_lives_until,
    visit_get,
    visit_list,
    visit_living,
    visit_pages,
    visits_now,
)

__all__ = [
    "actors_in",
    "alert_rule_register",
    "alerts_between",
    "by_actor",
    "disclosure_page",
    "disclosures_between",
    "disclosures_of_subject",
    "entries_about",
    "entry_list",
    "entry_unsealed_count",
    "link_lives_until",
    "review_of",
    "reviews",
    "visit_get",
    "visit_list",
    "visit_living",
    "visit_pages",
    "visits_now",
]
