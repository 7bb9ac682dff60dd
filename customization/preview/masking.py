"""What a preview never opens: values of citizens that are masked today.

Who writes a proposal sees it before anybody has decided on it. A draft that makes a field less
personal must not show its values, which ask for a reason and leave a trail.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from customization.preview.types import Tree
from customization.resolution.trees import ABSENT, copied, value_at

KIND, FIELDS = "form", "fields"
HIDDEN = {"mask": "all", "searchable": False}


def masks_kept(before: Tree, after: Tree) -> dict[str, Any]:
    """`after` with every custom field masked at least as in `before`.

    A field that is new in it is masked: a file or a field of before may have left values there.
    """
    shown = copied(after)
    for entity, form in shown.get(KIND, {}).items():
        now = value_at(before, (KIND, entity, FIELDS))
        known = {} if now is ABSENT else now
        for code, field in form.get(FIELDS, {}).items():
            field |= _hidden(known.get(code), field)
    return shown


def _hidden(known: Mapping[str, Any] | None, field: Mapping[str, Any]) -> Mapping[str, Any]:
    if known is None:
        return HIDDEN
    if known.get("mask", "none") == "none":
        return {}
    return {
        "mask": known["mask"],
        "searchable": False,
        "personal_data": known.get("personal_data", "none"),
        "retention_days": known.get("retention_days") or field.get("retention_days"),
    }
