"""Which items of performance contracts a change touches: their own lines, or their indicators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from customization.preview.types import Tree
from customization.resolution.trees import is_same

KIND, CONTRACT = "kpi", "performance_contract"


def items_touched(before: Tree, after: Tree) -> list[str]:
    """`contract.item` of every item whose own line or whose indicator differs."""
    was, will = before.get(CONTRACT, {}), after.get(CONTRACT, {})
    return [
        f"{contract}.{item}"
        for contract in sorted({*was, *will})
        for item in sorted({*_items(was.get(contract)), *_items(will.get(contract))})
        if _is_touched(was.get(contract), will.get(contract), item, before, after)
    ]


def _is_touched(was: Any, will: Any, item: str, before: Tree, after: Tree) -> bool:
    one, other = _items(was).get(item), _items(will).get(item)
    if one is None or other is None or not is_same(one, other):
        return True
    kpi = one.get("kpi")
    return not is_same(before.get(KIND, {}).get(kpi), after.get(KIND, {}).get(kpi))


def _items(contract: Any) -> Mapping[str, Any]:
    items = contract.get("items") if isinstance(contract, Mapping) else None
    return items if isinstance(items, Mapping) else {}
