"""Proposing, deciding and publishing changes of a city's documents."""

from customization.documents.services.changing import (
    change_apply,
    change_decide,
    change_draft,
    change_edit,
    change_schedule,
    change_submit,
    change_withdraw,
    changes_apply_due,
    operations_of,
)
from customization.documents.services.grounds import change_plan, rollback_ask, upgrade_ask
from customization.documents.services.planning import is_risky, plan_operations, plan_tree
from customization.documents.services.publishing import rollback
from customization.documents.services.scoring import scores_from
from customization.documents.services.upgrading import (
    upgrade,
    upgrade_due,
    upgrade_look,
    upgrade_plan,
    upgrades_apply_due,
)

__all__ = [
    "change_apply",
    "change_decide",
    "change_draft",
    "change_edit",
    "change_plan",
    "change_schedule",
    "change_submit",
    "change_withdraw",
    "changes_apply_due",
    "is_risky",
    "operations_of",
    "plan_operations",
    "plan_tree",
    "rollback",
    "rollback_ask",
    "scores_from",
    "upgrade",
    "upgrade_ask",
    "upgrade_due",
    "upgrade_look",
    "upgrade_plan",
    "upgrades_apply_due",
]
