"""What a city starts with: the standard, and the overlay its government comes with."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from customization.documents.models import Change, Manifest
from customization.documents.overlays import Overlay, overlay_of
from customization.documents.selectors import ground, in_force, newest_number
from customization.documents.services.planning import is_risky, plan_operations
from customization.documents.services.publishing import numbers_lock, publish, refuse_if_wrong
from customization.documents.types import STANDARD_MANIFEST, ChangeStatus, InForce
from customization.resolution.operations import Operation, apply
from customization.resolution.rebase import Choice, rebase

TITLE = "개통할 때의 우리 시·도 맞춤"


@transaction.atomic
def overlay_publish(city: str, *, now: datetime) -> Manifest | None:
    """Publish the government's overlay as the first manifest.

    None: there is none, it is done, or the plugin it needs is not turned on here. The change behind
    it names the reason and source of every place. Nobody decides it: with it the operator opens the
    city. Raises DocumentsNotValid.
    """
    overlay = overlay_of(city)
    if overlay is None:
        return None
    numbers_lock()
    if newest_number() != STANDARD_MANIFEST:
        return None
    before = in_force()
    if overlay.needs and overlay.needs not in {use.code for use in before.plugins}:
        return None
    wanted = _fitted(overlay, before)
    refuse_if_wrong(plan_operations(wanted, now_in_force=before).problems)
    return publish(
        apply(before.tree, wanted),
        standard_version=before.standard_version,
        now=now,
        actor=None,
        change=_change(wanted, now=now),
        note=TITLE,
    )


def _fitted(overlay: Overlay, before: InForce) -> tuple[Operation, ...]:
    """Its operations on the city's own standard. Where that moved on, the overlay holds."""
    written_for = ground(overlay.based_on)
    plan = rebase(overlay.operations(written_for), written_for, before.tree)
    return plan.settled({one.operation.path: Choice.MINE for one in plan.conflicts})


def _change(wanted: tuple[Operation, ...], *, now: datetime) -> Change:
    return Change.objects.create(
        title=TITLE,
        status=ChangeStatus.APPLIED.value,
        operations=[one.model_dump(mode="json") for one in wanted],
        base_number=STANDARD_MANIFEST,
        is_risky=is_risky(wanted),
        created_at=now,
    )
