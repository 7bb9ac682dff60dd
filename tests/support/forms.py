"""Custom fields in force in the city a test is inside of, published by the real services."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from customization.documents.selectors import in_force
from customization.documents.services.publishing import numbers_lock, publish, refuse_if_wrong
from customization.documents.source import move_stamp
from customization.resolution.checking import problems_of

LONG_AGO = datetime(2026, 1, 2, tzinfo=UTC)


def use_form(fields: Mapping[str, Any], *, entity: str = "voice") -> None:
    """The city asks for these fields from now on, and for no others."""
    before = in_force()
    tree = copy.deepcopy(dict(before.tree))
    tree.setdefault("form", {})[entity] = {"fields": dict(fields)}
    refuse_if_wrong(problems_of(tree))
    numbers_lock()
    manifest = publish(
        tree, standard_version=before.standard_version, now=LONG_AGO, actor=None, note="test"
    )
    move_stamp(manifest.number)  # here no commit will come
