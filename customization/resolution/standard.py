"""The standard model of one version as a tree: every document that has a model."""

from __future__ import annotations

from typing import Any

from core_crm.common.standard_documents import RELEASE_FILE, release_of
from core_crm.extension_points import FIXTURES, STANDARD_VERSION, Release, StandardDocuments
from customization.resolution.kinds import MODELS
from tenants.errors import DomainError


class StandardUnknown(DomainError):
    """No release of the standard has this number."""

    code = "standard.unknown"
    http_status = 404


def standard_versions() -> list[str]:
    """The versions that are shipped, the oldest first."""
    found = [path.parent.name for path in (FIXTURES / "standard").glob(f"*/{RELEASE_FILE}")]
    return sorted(found, key=as_numbers)


def as_numbers(version: str) -> tuple[int, ...]:
    """For comparing: 1.10 comes after 1.9."""
    return tuple(int(part) for part in version.split("."))


def standard_release(version: str) -> Release:
    """What a release says of itself. Raises StandardUnknown."""
    known = standard_versions()
    if version not in known:
        raise StandardUnknown(
            f"표준 {version}판은 없습니다. 있는 판: {', '.join(known)}", version=version
        )
    return release_of(FIXTURES / "standard", version)


def standard_tree(version: str = STANDARD_VERSION) -> dict[str, Any]:
    """{kind: {code: body}} of all documents of a version; the reader's own copy.

    Raises StandardUnknown.
    """
    standard_release(version)
    source = StandardDocuments(FIXTURES / "standard", version)
    return {
        kind: {code: source.get(kind, code).body for code in source.codes(kind)} for kind in MODELS
    }
