"""What is in force in the city being served, what was, and what is proposed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core_crm.extension_points import digest_of
from customization.documents.errors import ChangeUnknown, ManifestUnknown
from customization.documents.models import Change, DocumentBody, Manifest
from customization.documents.types import STANDARD_MANIFEST, InForce
from customization.resolution.operations import Operation
from customization.resolution.resolving import with_parts
from customization.resolution.standard import standard_tree
from tenants.context import current_city
from tenants.isolation.objects import CityQuerySet


def newest_number() -> int:
    """The number of the manifest in force; STANDARD_MANIFEST before the first."""
    newest = Manifest.objects.order_by("-number").values_list("number", flat=True).first()
    return newest if newest is not None else STANDARD_MANIFEST


def in_force(number: int | None = None) -> InForce:
    """The documents of a manifest, the newest if not named. Raises ManifestUnknown."""
    wanted = newest_number() if number is None else number
    if wanted == STANDARD_MANIFEST:
        return _standard_alone()
    manifest = Manifest.objects.filter(number=wanted).first()
    if manifest is None:
        raise ManifestUnknown("그런 번호의 판이 없습니다.", number=wanted)
    return InForce(
        number=manifest.number,
        standard_version=manifest.standard_version,
        tree=_tree_of(manifest),
        digest=manifest.digest,
        operations=tuple(Operation.model_validate(one) for one in manifest.operations),
    )


def ground(standard_version: str) -> dict[str, Any]:
    """What the overlay stands on: the standard of that version, with the plugin's parts."""
    return with_parts(standard_tree(standard_version), {})


def manifest_list() -> CityQuerySet[Manifest]:
    """Every version that came into force, the newest first."""
    return Manifest.objects.select_related("change").order_by("-number")


def change_list() -> CityQuerySet[Change]:
    """Every proposal, the newest first."""
    return Change.objects.select_related("created_by__user", "decided_by__user").order_by("-id")


def change_get(change_id: UUID) -> Change:
    """One proposal. Raises ChangeUnknown."""
    found: Change | None = change_list().filter(pk=change_id).first()
    if found is None:
        raise ChangeUnknown("그런 변경안이 없습니다.")
    return found


def _standard_alone() -> InForce:
    version = current_city().standard_version
    tree = ground(version)
    return InForce(STANDARD_MANIFEST, version, tree, digest_of(tree))


def _tree_of(manifest: Manifest) -> dict[str, Any]:
    named = [digest for codes in manifest.documents.values() for digest in codes.values()]
    bodies = dict(
        DocumentBody.objects.filter(digest__in=named).values_list("digest", "body").iterator()
    )
    return {
        kind: {code: bodies[digest] for code, digest in codes.items()}
        for kind, codes in manifest.documents.items()
    }
