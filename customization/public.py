"""DOOR for the faces: the plugins this process knows, and a city's documents in force."""

from __future__ import annotations

from customization.documents.portable import exported, imported
from customization.documents.selectors import (
    change_get,
    change_list,
    ground,
    in_force,
    manifest_list,
)
from customization.documents.services import (
    change_apply,
    change_decide,
    change_draft,
    change_edit,
    change_schedule,
    change_submit,
    change_withdraw,
    operations_of,
    plan_operations,
    plan_tree,
    rollback,
    upgrade,
    upgrade_plan,
)
from customization.documents.types import ChangeStatus, InForce, Plan, PluginUse
from customization.preview.reading import reading_only
from customization.preview.running import what_if
from customization.preview.types import Impact
from customization.registry.binding import use_of, uses_here
from customization.registry.enabling import (
    PluginPlan,
    disable_plan,
    enable_plan,
    plugin_disable,
    plugin_enable,
    plugin_get,
)
from customization.registry.health import health_list, paused_here
from customization.registry.health import resume as plugin_resume
from customization.registry.loading import Loaded, Quarantined
from customization.registry.store import known_plugins, plugin_list
from customization.resolution.checking import Problem
from customization.resolution.locks import locked_because
from customization.resolution.operations import Operation, diff
from customization.resolution.rebase import Choice, Rebase
from customization.resolution.standard import standard_versions
from customization.resolution.trees import ABSENT, copied, dotted, put, value_at

__all__ = [
    "ABSENT",
    "ChangeStatus",
    "Choice",
    "Impact",
    "InForce",
    "Loaded",
    "Operation",
    "Plan",
    "PluginPlan",
    "PluginUse",
    "Problem",
    "Quarantined",
    "Rebase",
    "change_apply",
    "change_decide",
    "change_draft",
    "change_edit",
    "change_get",
    "change_list",
    "change_schedule",
    "change_submit",
    "change_withdraw",
    "copied",
    "diff",
    "disable_plan",
    "dotted",
    "enable_plan",
    "exported",
    "ground",
    "health_list",
    "imported",
    "in_force",
    "locked_because",
    "manifest_list",
    "operations_of",
    "paused_here",
    "plan_operations",
    "plan_tree",
    "plugin_disable",
    "plugin_enable",
    "plugin_get",
    "plugin_list",
    "plugin_quarantined_list",
    "plugin_resume",
    "put",
    "reading_only",
    "rollback",
    "standard_versions",
    "upgrade",
    "upgrade_plan",
    "use_of",
    "uses_here",
    "value_at",
    "what_if",
]


def plugin_quarantined_list() -> list[Quarantined]:
    """The plugins that were found and left out, each with the reason."""
    return list(known_plugins().quarantined)
