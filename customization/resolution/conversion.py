"""Documents that were published in an older shape, read as today's. One step for each change of
shape, pure; the stored text never changes.

Shape 1 (until 2026-11-24): six kinds; an indicator had no weight. Shape 2: eighteen kinds; an
indicator says its weight, whom it evaluates, over which period and how.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from customization.resolution.trees import Tree, copied

SCHEMA_VERSION = 2

FIRST_KINDS = frozenset({"calendar", "code_list", "kpi", "survey", "template", "workflow"})
SCORING = ("weight", "level", "period", "evaluation", "band")
"""What an indicator got with shape 2."""

Step = Callable[[dict[str, Any], Tree], dict[str, Any]]


def converted(tree: Tree, *, shape: int, ground: Tree) -> dict[str, Any]:
    """The documents in today's shape. `ground`: their standard as it is in today's shape."""
    result = copied(tree)
    for number in range(shape, SCHEMA_VERSION):
        result = STEPS[number](result, ground)
    return result


def _to_second(tree: dict[str, Any], ground: Tree) -> dict[str, Any]:
    """The kinds that are new come from the standard, and so does how an indicator is scored."""
    for kind in sorted(set(ground) - FIRST_KINDS):
        tree.setdefault(kind, copied(ground[kind]))
    for code, body in tree.get("kpi", {}).items():
        known = ground.get("kpi", {}).get(code, {})
        if not any(name in body for name in SCORING):
            body.update({name: known[name] for name in SCORING if name in known})
    return tree


def as_first_shape(tree: Tree) -> dict[str, Any]:
    """The same documents as shape 1 had them; what it could not say is left out."""
    result = {kind: codes for kind, codes in copied(tree).items() if kind in FIRST_KINDS}
    for body in result.get("kpi", {}).values():
        for name in SCORING:
            body.pop(name, None)
    return result


STEPS: Mapping[int, Step] = {1: _to_second}
"""From which shape -> to the next one."""
