"""Going back to an earlier version, or on to a newer standard, asked for by one and decided by two.

Where nobody's scores, due times or messages move, it is done at once. Else it becomes a change
that waits for an approver, like any other, and remembers the ground it will stand on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.staff.errors import RightMissing
from core_crm.staff.types import Right
from customization.documents.errors import ChangeConflict
from customization.documents.models import Change, Manifest
from customization.documents.selectors import in_force
from customization.documents.services.planning import (
    is_risky,
    plan_operations,
    with_personal_fields_kept,
)
from customization.documents.services.publishing import numbers_lock, publish, refuse_if_wrong
from customization.documents.services.upgrading import ACCEPTED, upgraded_tree
from customization.documents.types import ChangeStatus, InForce, Person, Plan, PluginUse
from customization.resolution.operations import Operation, apply, diff
from customization.resolution.rebase import Choice
from customization.resolution.trees import Path, Tree

BACK = "{}판으로 되돌림"


@dataclass(frozen=True, slots=True)
class Ground:
    """What documents stand on: a release of the standard, and the plugins turned on.

    `manifest`: the version whose plugins they are; None: those in force.
    """

    standard_version: str
    plugins: tuple[PluginUse, ...]
    manifest: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {"standard": self.standard_version, "manifest": self.manifest}


def ground_of(change: Change, now_in_force: InForce) -> Ground:
    """What the change will stand on; for most, what is in force stands on."""
    wanted = change.stands_on
    if not wanted:
        return Ground(now_in_force.standard_version, now_in_force.plugins)
    number = wanted["manifest"]
    plugins = now_in_force.plugins if number is None else in_force(number).plugins
    return Ground(wanted["standard"], plugins, number)


def change_plan(change: Change, *, now_in_force: InForce | None = None) -> Plan:
    """What a proposal would do to the documents in force, on the ground it asks for."""
    before = now_in_force or in_force()
    wanted = [Operation.model_validate(one) for one in change.operations]
    ground = ground_of(change, before)
    return plan_operations(
        wanted,
        now_in_force=before,
        standard_version=ground.standard_version,
        plugins=ground.plugins,
    )


def change_publish(
    change: Change, wanted: list[Operation], current: InForce, *, actor: Actor | None, now: datetime
) -> Manifest:
    """Bring a decided change into force. Raises ChangeConflict, DocumentsNotValid."""
    _refuse_moved_ground(change, current)
    refuse_if_wrong(change_plan(change, now_in_force=current).problems)
    ground = ground_of(change, current)
    return publish(
        apply(current.tree, wanted),
        standard_version=ground.standard_version,
        now=now,
        actor=actor,
        change=change,
        note=change.title,
        plugins=ground.plugins,
    )


def _refuse_moved_ground(change: Change, current: InForce) -> None:
    """One that moves the ground was seen on the ground of its own day."""
    if not change.stands_on:
        return
    seen = in_force(change.base_number)
    if (seen.standard_version, seen.plugins) != (current.standard_version, current.plugins):
        raise ChangeConflict(
            "그사이 표준이나 플러그인이 바뀌었습니다. 지금 상태를 보고 다시 부탁해 주세요."
        )


@transaction.atomic
def rollback_ask(
    number: int, *, by: Person, actor: Actor | None, now: datetime
) -> Manifest | Change:
    """Go back to an earlier version: at once, or once an approver has agreed.

    A field that asks for personal data since then stays, retired: its values are still to be
    forgotten by its days. Raises RightMissing, ManifestUnknown, DocumentsNotValid.
    """
    numbers_lock()
    earlier, before = in_force(number), in_force()
    tree = with_personal_fields_kept(before.tree, earlier.tree)
    ground = Ground(earlier.standard_version, earlier.plugins, number)
    return _asked(tree, ground, before, title=BACK.format(number), by=by, actor=actor, now=now)


@transaction.atomic
def upgrade_ask(
    version: str,
    *,
    by: Person,
    actor: Actor | None,
    now: datetime,
    choices: Mapping[Path, Choice] | None = None,
) -> Manifest | Change:
    """Accept a standard: at once, or once an approver has agreed.

    Raises RightMissing and what `upgrade` does.
    """
    numbers_lock()
    before = in_force()
    tree = upgraded_tree(version, before, dict(choices or {}))
    ground = Ground(version, before.plugins)
    return _asked(tree, ground, before, title=ACCEPTED.format(version), by=by, actor=actor, now=now)


def _asked(
    tree: Tree,
    ground: Ground,
    before: InForce,
    *,
    title: str,
    by: Person,
    actor: Actor | None,
    now: datetime,
) -> Manifest | Change:
    _needs_a_say(by)
    wanted = list(diff(before.tree, tree))
    change = Change(
        title=title,
        operations=[one.model_dump(mode="json") for one in wanted],
        base_number=before.number,
        is_risky=is_risky(wanted) or ground.plugins != before.plugins,
        stands_on=ground.as_json(),
        created_by_id=by.pk,
        created_at=now,
    )
    refuse_if_wrong(change_plan(change, now_in_force=before).problems)
    return _waiting(change, actor, now) if change.is_risky else _at_once(change, before, actor, now)


def _needs_a_say(by: Person) -> None:
    if not (by.has(Right.SETTINGS_CHANGE) or by.has(Right.SETTINGS_APPROVE)):
        raise RightMissing("기준 문서를 바꿀 권한이 없습니다.", right=Right.SETTINGS_CHANGE.value)


def _waiting(change: Change, actor: Actor | None, now: datetime) -> Change:
    """The same wish that waits already is not written down twice."""
    waits = Change.objects.filter(status=ChangeStatus.SUBMITTED, base_number=change.base_number)
    same = waits.filter(operations=change.operations, stands_on=change.stands_on).first()
    if same is not None:
        return same
    change.status = ChangeStatus.SUBMITTED.value
    change.save()
    _note(change, actor=actor, now=now)
    return change


def _at_once(change: Change, before: InForce, actor: Actor | None, now: datetime) -> Manifest:
    change.status = ChangeStatus.APPLIED.value
    change.save()
    wanted = [Operation.model_validate(one) for one in change.operations]
    manifest = change_publish(change, wanted, before, actor=actor, now=now)
    _note(change, actor=actor, now=now)
    return manifest


def _note(change: Change, *, actor: Actor | None, now: datetime) -> None:
    audit_append(
        f"config.change_{change.status}",
        actor=actor,
        subject_kind="change",
        subject_id=change.id,
        now=now,
        reason=change.title,
    )
