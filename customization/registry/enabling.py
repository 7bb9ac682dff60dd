"""Turning plugins on and off in the city being served: seen before, published, undone by rollback.

Nothing is lost. What a plugin recorded stays when it is turned off; what the city had changed in
its documents comes back when it is turned on again, so the digest is what it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from core_crm.audit.types import Actor
from core_crm.extension_points import digest_of
from customization.documents.models import Manifest
from customization.documents.selectors import ground, in_force
from customization.documents.services.planning import is_risky, problems_after
from customization.documents.services.publishing import numbers_lock, publish, refuse_if_wrong
from customization.documents.types import InForce, PluginUse
from customization.registry.binding import assuming, use_of
from customization.registry.errors import (
    PluginConfigNotValid,
    PluginInThisState,
    PluginNotForThisCity,
    PluginUnknown,
)
from customization.registry.loading import Loaded
from customization.registry.store import known_plugins
from customization.resolution.checking import Problem
from customization.resolution.operations import Operation, apply, diff
from customization.resolution.rebase import Choice, rebase
from customization.resolution.resolving import PLUGIN_PREFIX
from customization.resolution.trees import Path, Tree
from tenants.context import current_city


@dataclass(frozen=True, slots=True)
class PluginPlan:
    """What turning a plugin on or off would do to the documents in force."""

    code: str
    turns_on: bool
    uses: tuple[PluginUse, ...]
    tree: Tree
    operations: tuple[Operation, ...]
    problems: tuple[Problem, ...]
    digest_before: str
    digest_after: str

    @property
    def is_risky(self) -> bool:
        """Does it touch what an approver decides on?"""
        return is_risky(self.operations)


def plugin_get(code: str) -> Loaded:
    """A plugin that the city being served may use. Raises PluginUnknown, PluginNotForThisCity."""
    loaded = known_plugins().loaded.get(code)
    if loaded is None:
        raise PluginUnknown(
            "그런 플러그인이 없거나, 쓸 수 없어 빼 두었습니다. `sodam plugin list`를 보세요.",
            plugin=code,
        )
    if not loaded.may_serve(current_city().region_code):
        raise PluginNotForThisCity(
            "다른 시·도의 플러그인입니다. 이 시·도에서는 켤 수 없습니다.", plugin=code
        )
    return loaded


def enable_plan(code: str, *, config: Mapping[str, Any] | None = None) -> PluginPlan:
    """What it would do to turn a plugin on, or to take its present version and configuration.

    Raises PluginUnknown, PluginNotForThisCity, PluginConfigNotValid, PluginInThisState.
    """
    loaded, before = plugin_get(code), in_force()
    use = use_of(loaded, _checked(loaded, config, before))
    if use in before.plugins:
        raise PluginInThisState("이미 켜져 있습니다.", plugin=code)
    was_on = any(one.code == code for one in before.plugins)
    uses = tuple(use if one.code == code else one for one in before.plugins)
    uses = uses if was_on else (*uses, use)
    own = () if was_on else _own_words(code)
    return _planned(before, uses, code=code, turns_on=True, more=own)


def disable_plan(code: str) -> PluginPlan:
    """What it would do to turn a plugin off. Raises PluginInThisState."""
    before = in_force()
    uses = tuple(one for one in before.plugins if one.code != code)
    if uses == before.plugins:
        raise PluginInThisState("켜져 있지 않습니다.", plugin=code)
    return _planned(before, uses, code=code, turns_on=False)


@transaction.atomic
def plugin_enable(
    code: str, *, actor: Actor | None, now: datetime, config: Mapping[str, Any] | None = None
) -> Manifest:
    """Turn a plugin on by a new manifest. Raises DocumentsNotValid and what `enable_plan` does."""
    numbers_lock()
    plan = enable_plan(code, config=config)
    return _carried_out(plan, actor=actor, now=now, note=f"플러그인 {code} 켬")


@transaction.atomic
def plugin_disable(code: str, *, actor: Actor | None, now: datetime) -> Manifest:
    """Turn a plugin off by a new manifest; its records stay.

    Raises DocumentsNotValid when a document of the city itself needs the plugin, PluginInThisState.
    """
    numbers_lock()
    return _carried_out(disable_plan(code), actor=actor, now=now, note=f"플러그인 {code} 끔")


def _carried_out(plan: PluginPlan, *, actor: Actor | None, now: datetime, note: str) -> Manifest:
    refuse_if_wrong(plan.problems)
    return publish(
        plan.tree,
        standard_version=in_force().standard_version,
        now=now,
        actor=actor,
        note=note,
        plugins=plan.uses,
    )


def _planned(
    before: InForce,
    uses: tuple[PluginUse, ...],
    *,
    code: str,
    turns_on: bool,
    more: Sequence[Operation] = (),
) -> PluginPlan:
    old = ground(before.standard_version, before.plugins)
    new = ground(before.standard_version, uses)
    tree = apply(new, [*_carried_over(before, old, new, code, turns_on), *_fitting(more, new)])
    with assuming(uses):
        problems = problems_after(tree, standard_version=before.standard_version, plugins=uses)
    return PluginPlan(
        code=code,
        turns_on=turns_on,
        uses=uses,
        tree=tree,
        operations=tuple(diff(before.tree, tree)),
        problems=problems,
        digest_before=before.digest,
        digest_after=digest_of(tree),
    )


def _carried_over(
    before: InForce, old: Tree, new: Tree, code: str, turns_on: bool
) -> tuple[Operation, ...]:
    """The city's overlay on the new ground; where a plugin moved too, the city's word holds."""
    kept = [one for one in before.operations if turns_on or not _is_of(one.path, code)]
    plan = rebase(kept, old, new)
    return plan.settled({one.operation.path: Choice.MINE for one in plan.conflicts})


def _own_words(code: str) -> tuple[Operation, ...]:
    """What the city had changed in the plugin's documents when it was last on."""
    for manifest in Manifest.objects.order_by("-number").iterator(chunk_size=20):
        if any(one["code"] == code for one in manifest.plugins):
            found = (Operation.model_validate(one) for one in manifest.operations)
            return tuple(one for one in found if _is_of(one.path, code))
    return ()


def _fitting(operations: Sequence[Operation], new: Tree) -> tuple[Operation, ...]:
    """Those that still have their place."""
    return rebase(operations, new, new).kept


def _is_of(path: Path, code: str) -> bool:
    return len(path) > 1 and path[1].startswith(f"{PLUGIN_PREFIX}.{code}.")


def _checked(
    loaded: Loaded, config: Mapping[str, Any] | None, before: InForce
) -> Mapping[str, Any]:
    """The configuration wanted, or the one it had. Raises PluginConfigNotValid."""
    had = next((one.config for one in before.plugins if one.code == loaded.plugin.code), {})
    wanted = had if config is None else config
    model = loaded.plugin.config
    if model is None:
        if wanted:
            raise PluginConfigNotValid("이 플러그인에는 정할 것이 없습니다.")
        return {}
    try:
        return model.model_validate(dict(wanted)).model_dump(mode="json")
    except ValidationError as refused:
        first = refused.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise PluginConfigNotValid(
            f"플러그인의 설정이 옳지 않습니다. {place}: {first['msg']}"
        ) from refused
