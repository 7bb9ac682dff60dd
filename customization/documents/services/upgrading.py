"""A newer standard for a city: seen before, accepted by the city, nothing lost on the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from core_crm.audit.types import Actor
from core_crm.calendars import SEOUL
from customization.documents.errors import ChangeConflict, ChangeNotAllowed, DocumentsNotValid
from customization.documents.models import Manifest
from customization.documents.selectors import ground, in_force, standard_version_in_force
from customization.documents.services.planning import problems_after
from customization.documents.services.publishing import (
    numbers_lock,
    publish,
    refuse_if_wrong,
)
from customization.documents.types import InForce, UpgradeLook, UpgradeState
from customization.resolution.operations import apply
from customization.resolution.problems import Problem
from customization.resolution.rebase import Choice, Rebase, rebase
from customization.resolution.standard import as_numbers, standard_release, standard_versions
from customization.resolution.trees import Path, Tree, dotted

ACCEPTED, BY_GRACE = "표준 {}판 받아들임", "유예 기간이 끝나 표준 {}판으로 올림"


def upgrade_plan(version: str, *, now_in_force: InForce | None = None) -> Rebase:
    """What a standard would bring here: adopted, kept, conflicts, inherited. Reads only.

    Raises StandardUnknown.
    """
    before = now_in_force or in_force()
    new = ground(version, before.plugins)
    return rebase(before.operations, ground(before.standard_version, before.plugins), new)


def upgrade_look(version: str, *, now_in_force: InForce | None = None) -> UpgradeLook:
    """Where a city stands with a standard: what it brings, and whether it could be accepted now.

    Raises StandardUnknown.
    """
    before = now_in_force or in_force()
    plan = upgrade_plan(version, now_in_force=before)
    problems = _problems(before, plan, version)
    return UpgradeLook(version, before, plan, _state(before, plan, version, problems), problems)


def _problems(before: InForce, plan: Rebase, version: str) -> tuple[Problem, ...]:
    """What would be wrong after it, each conflict settled as the standard says."""
    chosen = {one.operation.path: Choice.STANDARD for one in plan.conflicts}
    tree = apply(ground(version, before.plugins), plan.settled(chosen))
    return problems_after(tree, standard_version=version, plugins=before.plugins)


def _state(
    before: InForce, plan: Rebase, version: str, problems: tuple[Problem, ...]
) -> UpgradeState:
    if as_numbers(version) <= as_numbers(before.standard_version):
        return UpgradeState.CURRENT
    if plan.conflicts:
        return UpgradeState.CONFLICT
    return UpgradeState.NOT_VALID if problems else UpgradeState.READY


@transaction.atomic
def upgrade(
    version: str,
    *,
    now: datetime,
    actor: Actor | None,
    choices: Mapping[Path, Choice] | None = None,
    note: str = "",
) -> Manifest:
    """Accept a standard; each conflict is settled as chosen.

    Raises StandardUnknown, ChangeNotAllowed for one that is not newer, ChangeConflict for a
    conflict without a choice, DocumentsNotValid.
    """
    numbers_lock()
    before = in_force()
    tree = upgraded_tree(version, before, dict(choices or {}))
    refuse_if_wrong(problems_after(tree, standard_version=version, plugins=before.plugins))
    said = note or ACCEPTED.format(version)
    return publish(tree, standard_version=version, now=now, actor=actor, note=said)


def upgraded_tree(version: str, before: InForce, chosen: dict[Path, Choice]) -> Tree:
    """The documents on that release. Raises StandardUnknown, ChangeNotAllowed, ChangeConflict."""
    _refuse_unless_newer(version, before.standard_version)
    plan = upgrade_plan(version, now_in_force=before)
    _refuse_open(plan, chosen)
    return apply(ground(version, before.plugins), plan.settled(chosen))


def _refuse_unless_newer(version: str, present: str) -> None:
    standard_release(version)
    if as_numbers(version) <= as_numbers(present):
        raise ChangeNotAllowed(
            f"지금 표준이 {present}판이어서 {version}판으로 올릴 수 없습니다. "
            "이전으로 돌아가려면 적용 이력에서 되돌리세요.",
            present=present,
        )


def _refuse_open(plan: Rebase, chosen: Mapping[Path, Choice]) -> None:
    paths = [
        dotted(one.operation.path) for one in plan.conflicts if one.operation.path not in chosen
    ]
    if paths:
        raise ChangeConflict(
            f"표준과 우리 것 가운데 하나를 골라야 합니다: {', '.join(paths[:3])}", paths=paths
        )


def upgrade_due(*, on: date, present: str) -> str | None:
    """The newest release whose grace is over on that day, if it is newer than `present`."""
    over = [
        version
        for version in standard_versions()
        if (applies_on := standard_release(version).applies_on) and applies_on <= on
    ]
    return next((one for one in reversed(over) if as_numbers(one) > as_numbers(present)), None)


def upgrades_apply_due(*, now: datetime) -> Manifest | None:
    """Move the city to a release whose grace is over, unless its own wishes stand against it.

    Such a city stays where it is until it chooses: `upgrade_look` tells what it has to choose.
    """
    version = upgrade_due(on=now.astimezone(SEOUL).date(), present=standard_version_in_force())
    if version is None:
        return None
    try:
        return upgrade(version, now=now, actor=None, note=BY_GRACE.format(version))
    except (ChangeConflict, DocumentsNotValid):
        return None
