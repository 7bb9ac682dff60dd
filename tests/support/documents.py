"""A city's own documents in a test: published for real, and read at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from customization.documents.selectors import in_force
from customization.documents.services.publishing import publish
from customization.documents.source import move_stamp
from customization.resolution.trees import copied, put
from tests.conftest import kst


def have(places: Mapping[str, Any]) -> None:
    """Bring these values into force: `{"sla.voice.targets.grievance.percent": 40}`."""
    found = in_force()
    tree = copied(found.tree)
    for dotted, value in places.items():
        put(tree, tuple(dotted.split(".")), value)
    manifest = publish(
        tree,
        standard_version=found.standard_version,
        now=kst("2026-11-24 08:00"),
        actor=None,
        note="test",
    )
    move_stamp(manifest.number)  # no commit comes here
