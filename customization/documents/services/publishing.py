"""Bringing documents into force: a new manifest, never a change of an old one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.extension_points import digest_of
from customization.documents.errors import DocumentsNotValid
from customization.documents.models import Change, DocumentBody, Manifest
from customization.documents.selectors import (
    ground,
    in_force,
    newest_number,
    plugins_in_force,
)
from customization.documents.services.following import rooms_follow
from customization.documents.services.planning import problems_after, with_personal_fields_kept
from customization.documents.source import move_stamp
from customization.documents.types import PluginUse
from customization.resolution.operations import Operation, diff
from customization.resolution.problems import Problem
from customization.resolution.trees import Tree
from tenants import sql


def publish(
    tree: Tree,
    *,
    standard_version: str,
    now: datetime,
    actor: Actor | None,
    change: Change | None = None,
    note: str = "",
    plugins: Sequence[PluginUse] | None = None,
) -> Manifest:
    """Write the next manifest in the caller's transaction; the caller holds `numbers_lock`.

    `plugins`: other ones than those in force now.
    """
    rooms_follow(in_force().tree, tree)
    uses = plugins_in_force() if plugins is None else plugins
    base = ground(standard_version, uses)
    documents = {kind: _kept(codes) for kind, codes in tree.items()}
    manifest = Manifest.objects.create(
        number=newest_number() + 1,
        effective_from=_not_before_the_last(now),
        standard_version=standard_version,
        operations=[one.model_dump(mode="json") for one in _with_reasons(diff(base, tree), change)],
        documents=documents,
        plugins=[_as_row(one) for one in uses],
        digest=digest_of(tree),
        change=change,
        note=note[:200],
    )
    audit_append(
        "config.published",
        actor=actor,
        subject_kind="manifest",
        subject_id=manifest.id,
        now=now,
        facts={"number": manifest.number, "digest": manifest.digest},
        reason=note[:300],
    )
    number = manifest.number
    transaction.on_commit(lambda: move_stamp(number))
    return manifest


def _with_reasons(overlay: Sequence[Operation], change: Change | None) -> list[Operation]:
    """The overlay with the reasons given for its places: by this change, or when they were made."""
    given = Manifest.objects.order_by("-number").values_list("operations", flat=True).first() or []
    told = {tuple(one["path"]): one for one in [*given, *(change.operations if change else [])]}
    return [
        one.model_copy(update={"reason": known["reason"], "by": known["by"]})
        if (known := told.get(one.path)) and known["reason"]
        else one
        for one in overlay
    ]


def _not_before_the_last(now: datetime) -> datetime:
    last = Manifest.objects.order_by("-number").values_list("effective_from", flat=True).first()
    return now if last is None else max(now, last)


def numbers_lock() -> None:
    """Until the end of the transaction nobody else publishes in this city; readers go on."""
    sql.execute("LOCK TABLE custom_documents_manifest IN SHARE ROW EXCLUSIVE MODE")


@transaction.atomic
def rollback(number: int, *, now: datetime, actor: Actor | None, note: str = "") -> Manifest:
    """Publish what an earlier manifest said as a new one, if it is still right today.

    The operator's way, at once; a city's own people ask by `rollback_ask`. Number 0 is the standard
    alone. A field that asks for personal data since then stays, retired. Raises ManifestUnknown,
    DocumentsNotValid.
    """
    numbers_lock()
    earlier = in_force(number)
    tree = with_personal_fields_kept(in_force().tree, earlier.tree)
    refuse_if_wrong(
        problems_after(tree, standard_version=earlier.standard_version, plugins=earlier.plugins)
    )
    return publish(
        tree,
        standard_version=earlier.standard_version,
        now=now,
        actor=actor,
        note=note or f"{number}판으로 되돌림",
        plugins=earlier.plugins,
    )


def refuse_if_wrong(problems: Sequence[Problem]) -> None:
    """Raise DocumentsNotValid naming every place that is not right."""
    if problems:
        raise DocumentsNotValid(
            f"고칠 곳이 {len(problems)}군데 있습니다. {problems[0]}",
            problems=[
                {"path": list(one.path), "message": one.message, "meant": one.meant}
                for one in problems
            ],
        )


def _as_row(use: PluginUse) -> dict[str, Any]:
    parts = {kind: _kept(codes) for kind, codes in use.documents.items()}
    return {
        "code": use.code,
        "version": use.version,
        "config": dict(use.config),
        "documents": parts,
    }


def _kept(codes: Any) -> dict[str, str]:
    """Code -> digest, with every body that is new written down."""
    named = {code: digest_of(body) for code, body in codes.items()}
    bodies = {named[code]: body for code, body in codes.items()}
    rows = [DocumentBody(digest=digest, body=body) for digest, body in bodies.items()]
    DocumentBody.objects.bulk_create(rows, ignore_conflicts=True)
    return named
