"""DOOR for the faces: the plugins this process knows, and a city's documents in force."""

from __future__ import annotations

from customization.documents.models import Change, Manifest
from customization.documents.portable import Portable, exported, imported, read_portable, read_value
from customization.documents.selectors import (
    change_get,
    change_list,
    drift_of_city,
    ground,
    in_force,
    in_force_at,
    manifest_list,
    newest_number,
    standard_version_in_force,
)
from customization.documents.services import (
    change_apply,
    change_decide,
    change_draft,
    change_edit,
    change_plan,
    change_schedule,
    change_submit,
    change_withdraw,
    operations_of,
    plan_operations,
    plan_tree,
    rollback,
    rollback_ask,
    scores_from,
    upgrade,
    upgrade_ask,
    upgrade_due,
    upgrade_look,
    upgrade_plan,
)
from customization.documents.source import documents_previewed
from customization.documents.types import (
    ChangeStatus,
    InForce,
    Plan,
    PluginUse,
    UpgradeLook,
    UpgradeState,
)
from customization.preview.masking import masks_kept
from customization.preview.reading import reading_only
from customization.preview.running import what_if
from customization.preview.types import Impact
from customization.registry.binding import use_of, uses_here
from customization.registry.compatibility import plugins_unusable
from customization.registry.contract import Finding, plugin_check
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
from customization.registry.overview import PluginRow, plugin_overview
from customization.registry.places import Place, place_of
from customization.registry.store import known_plugins, plugin_list
from customization.registry.writing import plugin_write
from customization.resolution.drift import Drift, drift
from customization.resolution.judging import findings
from customization.resolution.locks import locked_because
from customization.resolution.operations import Operation, apply, diff
from customization.resolution.problems import Problem
from customization.resolution.rebase import Choice, Conflict, Inherited, Rebase
from customization.resolution.schemas import SchemaMissing, schema_kinds, schema_of
from customization.resolution.standard import (
    StandardUnknown,
    standard_release,
    standard_tree,
    standard_versions,
)
from customization.resolution.trees import ABSENT, copied, dotted, put, value_at

__all__ = [
    "ABSENT",
    "Change",
    "ChangeStatus",
    "Choice",
    "Conflict",
    "Drift",
    "Finding",
    "Impact",
    "InForce",
    "Inherited",
    "Loaded",
    "Manifest",
    "Operation",
    "Place",
    "Plan",
    "PluginPlan",
    "PluginRow",
    "PluginUse",
    "Portable",
    "Problem",
    "Quarantined",
    "Rebase",
    "SchemaMissing",
    "StandardUnknown",
    "UpgradeLook",
    "UpgradeState",
    "apply",
    "change_apply",
    "change_decide",
    "change_draft",
    "change_edit",
    "change_get",
    "change_list",
    "change_plan",
    "change_schedule",
    "change_submit",
    "change_withdraw",
    "copied",
    "diff",
    "disable_plan",
    "documents_previewed",
    "dotted",
    "drift",
    "drift_of_city",
    "enable_plan",
    "exported",
    "findings",
    "ground",
    "health_list",
    "imported",
    "in_force",
    "in_force_at",
    "locked_because",
    "manifest_list",
    "masks_kept",
    "newest_number",
    "operations_of",
    "paused_here",
    "place_of",
    "plan_operations",
    "plan_tree",
    "plugin_check",
    "plugin_disable",
    "plugin_enable",
    "plugin_get",
    "plugin_list",
    "plugin_overview",
    "plugin_quarantined_list",
    "plugin_resume",
    "plugin_write",
    "plugins_unusable",
    "put",
    "read_portable",
    "read_value",
    "reading_only",
    "rollback",
    "rollback_ask",
    "schema_kinds",
    "schema_of",
    "scores_from",
    "standard_release",
    "standard_tree",
    "standard_version_in_force",
    "standard_versions",
    "upgrade",
    "upgrade_ask",
    "upgrade_due",
    "upgrade_look",
    "upgrade_plan",
    "use_of",
    "uses_here",
    "value_at",
    "what_if",
]


def plugin_quarantined_list() -> list[Quarantined]:
    """The plugins that were found and left out, each with the reason."""
    return list(known_plugins().quarantined)
