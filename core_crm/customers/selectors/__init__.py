"""Reads of customers: one, many, their history, and what conditions may ask of them."""

from core_crm.customers.selectors.browsing import CitizenFilters, citizen_browse
from core_crm.customers.selectors.card import CitizenCard, age_on, citizen_card, draft_of
from core_crm.customers.selectors.citizens import (
    citizen_counts,
    citizen_get,
    citizen_list_by_contact,
    names_of,
    own_ids,
    survivor_of,
    timeline_of,
)
from core_crm.customers.selectors.consents import (
    consent_changes,
    consenting,
    consents_of,
    consents_to_confirm,
    has_consent,
)
from core_crm.customers.selectors.duplicates import Suspect, possible_duplicates
from core_crm.customers.selectors.flags import citizen_flags, open_pairs
from core_crm.customers.selectors.listing import citizen_page, organisation_page
from core_crm.customers.selectors.lists import (
    ListedWord,
    dated_fact_kinds,
    need_codes,
    occasion_kinds,
)
from core_crm.customers.selectors.merges import (
    merge_get,
    merge_preview,
    merges_of,
    merges_undoable,
    pair_get,
    pairs_decided,
    pairs_open,
)
from core_crm.customers.selectors.organisation_card import OrganisationCard, organisation_card
from core_crm.customers.selectors.organisations import (
    members_of,
    occasion_get,
    occasion_list,
    organisation_draft_of,
    organisation_get,
    participants_of,
)
from core_crm.customers.selectors.predicate_source import citizen_source, citizens_matching
from core_crm.customers.selectors.reach import happenings_since
from core_crm.customers.selectors.search import citizen_search, organisation_search
from core_crm.customers.selectors.terms import terms_of
from core_crm.customers.selectors.timeline import (
    TimelinePage,
    last_met,
    timeline_hidden,
    timeline_kinds,
    timeline_page,
)

__all__ = [
    "CitizenCard",
    "CitizenFilters",
    "ListedWord",
    "OrganisationCard",
    "Suspect",
    "TimelinePage",
    "age_on",
    "citizen_browse",
    "citizen_card",
    "citizen_counts",
    "citizen_flags",
    "citizen_get",
    "citizen_list_by_contact",
    "citizen_page",
    "citizen_search",
    "citizen_source",
    "citizens_matching",
    "consent_changes",
    "consenting",
    "consents_of",
    "consents_to_confirm",
    "dated_fact_kinds",
    "draft_of",
    "happenings_since",
    "has_consent",
    "last_met",
    "members_of",
    "merge_get",
    "merge_preview",
    "merges_of",
    "merges_undoable",
    "names_of",
    "need_codes",
    "occasion_get",
    "occasion_kinds",
    "occasion_list",
    "open_pairs",
    "organisation_card",
    "organisation_draft_of",
    "organisation_get",
    "organisation_page",
    "organisation_search",
    "own_ids",
    "pair_get",
    "pairs_decided",
    "pairs_open",
    "participants_of",
    "possible_duplicates",
    "survivor_of",
    "terms_of",
    "timeline_hidden",
    "timeline_kinds",
    "timeline_of",
    "timeline_page",
]
