"""The standard model of one version as a tree: every document that has a model."""

from __future__ import annotations

from typing import Any

from core_crm.extension_points import FIXTURES, STANDARD_VERSION, StandardDocuments
from customization.resolution.kinds import MODELS


def standard_versions() -> list[str]:
    """The versions that are shipped, the oldest first."""
    found = [folder.name for folder in (FIXTURES / "standard").iterdir() if folder.is_dir()]
    return sorted(found, key=lambda name: [int(part) for part in name.split(".")])


def standard_tree(version: str = STANDARD_VERSION) -> dict[str, Any]:
    """{kind: {code: body}} of all documents of a version; the reader's own copy."""
    source = StandardDocuments(FIXTURES / "standard", version)
    return {
        kind: {code: source.get(kind, code).body for code in source.codes(kind)} for kind in MODELS
    }
