"""What may be done to citizens, bodies and their history."""

from core_crm.customers.services.citizens import citizen_find_or_create
from core_crm.customers.services.consents import (
    consent_asked_again,
    consent_set,
    consents_merge,
    consents_withdraw,
)
from core_crm.customers.services.contacts import contact_add, contact_end
from core_crm.customers.services.facts import dated_fact_remove, dated_fact_set, note_add
from core_crm.customers.services.families import (
    household_join,
    household_leave,
    relation_add,
    relation_end,
)
from core_crm.customers.services.merging import citizens_merge, merges_forget
from core_crm.customers.services.merging_pairs import pair_dismiss, pair_open, pair_reopen
from core_crm.customers.services.merging_undo import merge_undo
from core_crm.customers.services.occasions import occasion_register, participation_note
from core_crm.customers.services.organisations import (
    membership_add,
    membership_end,
    organisation_change,
    organisation_register,
)
from core_crm.customers.services.registering import citizen_change, citizen_register
from core_crm.customers.services.sign_in import code_ask, code_use
from core_crm.customers.services.timeline import timeline_add
from core_crm.customers.services.unsubscribing import (
    unsubscribe,
    unsubscribe_token,
    unsubscribe_undo,
    unsubscribe_url,
    way_out,
)

__all__ = [
    "citizen_change",
    "citizen_find_or_create",
    "citizen_register",
    "citizens_merge",
    "code_ask",
    "code_use",
    "consent_asked_again",
    "consent_set",
    "consents_merge",
    "consents_withdraw",
    "contact_add",
    "contact_end",
    "dated_fact_remove",
    "dated_fact_set",
    "household_join",
    "household_leave",
    "membership_add",
    "membership_end",
    "merge_undo",
    "merges_forget",
    "note_add",
    "occasion_register",
    "organisation_change",
    "organisation_register",
    "pair_dismiss",
    "pair_open",
    "pair_reopen",
    "participation_note",
    "relation_add",
    "relation_end",
    "timeline_add",
    "unsubscribe",
    "unsubscribe_token",
    "unsubscribe_undo",
    "unsubscribe_url",
    "way_out",
]
