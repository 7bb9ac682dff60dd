"""A newer standard for a city: seen before, accepted by the city, nothing lost on the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from core_crm.audit.types import Actor
from customization.documents.errors import ChangeConflict
from customization.documents.models import Manifest
from customization.documents.selectors import ground, in_force
from customization.documents.services.planning import problems_after
from customization.documents.services.publishing import (
    numbers_lock,
    publish,
    refuse_if_wrong,
)
from customization.documents.types import InForce
from customization.resolution.operations import apply
from customization.resolution.rebase import Choice, Rebase, rebase
from customization.resolution.trees import Path, dotted


def upgrade_plan(version: str, *, now_in_force: InForce | None = None) -> Rebase:
    """What a standard would bring here: adopted, kept, conflicts, inherited. Reads only."""
    before = now_in_force or in_force()
    old = ground(before.standard_version, before.plugins)
    return rebase(before.operations, old, ground(version, before.plugins))


@transaction.atomic
def upgrade(
    version: str,
    *,
    now: datetime,
    actor: Actor | None,
    choices: Mapping[Path, Choice] | None = None,
) -> Manifest:
    """Accept a standard; each conflict is settled as chosen.

    Raises ChangeConflict for one without a choice, DocumentsNotValid.
    """
    numbers_lock()
    plan, chosen = upgrade_plan(version), dict(choices or {})
    open_ones = [one.operation.path for one in plan.conflicts if one.operation.path not in chosen]
    if open_ones:
        paths = [dotted(path) for path in open_ones]
        raise ChangeConflict(
            f"표준과 우리 것 가운데 하나를 골라야 합니다: {', '.join(paths[:3])}", paths=paths
        )
    tree = apply(ground(version), plan.settled(chosen))
    refuse_if_wrong(problems_after(tree, standard_version=version))
    return publish(
        tree, standard_version=version, now=now, actor=actor, note=f"표준 {version}판 받아들임"
    )
