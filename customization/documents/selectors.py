"""What is in force in the city being served, what was, and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from core_crm.extension_points import digest_of
from customization.documents.errors import ChangeUnknown, ManifestUnknown
from customization.documents.models import Change, DocumentBody, Manifest
from customization.documents.parts import starting_plugins
from customization.documents.types import STANDARD_MANIFEST, InForce, PluginUse
from customization.resolution.conversion import SCHEMA_VERSION, converted
from customization.resolution.drift import Drift, drift
from customization.resolution.operations import Operation
from customization.resolution.rebase import rebase
from customization.resolution.resolving import with_parts
from customization.resolution.standard import standard_tree, standard_versions
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
        plugins=_plugins_of(manifest),
    )


def ground(standard_version: str, plugins: Sequence[PluginUse] | None = None) -> dict[str, Any]:
    """What the overlay stands on: the standard of that version, with the plugins' parts.

    `plugins`: other ones than those in force.
    """
    uses = plugins_in_force() if plugins is None else plugins
    return with_parts(standard_tree(standard_version), {one.code: one.documents for one in uses})


def plugins_in_force() -> tuple[PluginUse, ...]:
    """The plugins turned on in the newest manifest; before the first, those a city starts with."""
    manifest = Manifest.objects.order_by("-number").first()
    return _plugins_of(manifest) if manifest else starting_plugins()


def standard_version_in_force() -> str:
    """The release of the standard that the city is on. One query."""
    found = Manifest.objects.order_by("-number").values_list("standard_version", flat=True).first()
    return found or current_city().standard_version


def in_force_at(at: datetime) -> InForce:
    """The documents that were in force at an instant: of the newest manifest by then."""
    number = (
        Manifest.objects.filter(effective_from__lte=at)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return in_force(STANDARD_MANIFEST if number is None else number)


def drift_of_city(*, found: InForce | None = None) -> Drift:
    """How far the city went from its standard, and where the newest release says otherwise."""
    now = found or in_force()
    newest = standard_versions()[-1]
    old, new = (ground(one, now.plugins) for one in (now.standard_version, newest))
    return drift(now.operations, now.tree, conflicts=rebase(now.operations, old, new).conflicts)


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
    plugins = starting_plugins()
    tree = ground(version, plugins)
    return InForce(STANDARD_MANIFEST, version, tree, digest_of(tree), plugins=plugins)


def _tree_of(manifest: Manifest) -> dict[str, Any]:
    """Its documents in today's shape, whichever they were written in."""
    tree = _with_bodies(manifest.documents)
    if manifest.schema_version == SCHEMA_VERSION:
        return tree
    base = ground(manifest.standard_version, _plugins_of(manifest))
    return converted(tree, shape=manifest.schema_version, ground=base)


def _plugins_of(manifest: Manifest) -> tuple[PluginUse, ...]:
    return tuple(
        PluginUse(one["code"], one["version"], one["config"], _with_bodies(one["documents"]))
        for one in manifest.plugins
    )


def _with_bodies(named: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """{kind: {code: digest}} with each digest's body in its place; nothing named, no query."""
    digests = [digest for codes in named.values() for digest in codes.values()]
    found = DocumentBody.objects.filter(digest__in=digests).values_list("digest", "body")
    bodies = dict(found.iterator()) if digests else {}
    return {
        kind: {code: bodies[digest] for code, digest in codes.items()}
        for kind, codes in named.items()
    }
