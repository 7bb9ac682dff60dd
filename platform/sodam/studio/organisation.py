"""`/studio/organisation`: bureaus, departments and teams as a tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpResponseBase

from core_crm.staff.selectors import department_tree, plan_list
from core_crm.staff.types import DepartmentNode, PlanKind, PlanState, Right
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.plan_words import state_sign


@studio_page
def organisation(request: StudioRequest) -> HttpResponseBase:
    """The tree of today; `?q=` keeps what holds the text, with the way to it. And its changes."""
    text = request.GET.get("q", "").strip()
    tree = department_tree()
    plans = plan_list(PlanKind.ORGANISATION)
    found = _holding(tree, text.lower()) if text else tree
    facts = {
        "nodes": found,
        "text": text,
        "total": _count(tree),
        "shown": _count(found),
        "has_predecessors": any(node.predecessor_label for node in tree),
        "may_manage": request.official.has(Right.STAFF_MANAGE),
        "plans": [(one, state_sign(one.state)) for one in plans],
        "waiting": [one for one in plans if one.state == PlanState.SCHEDULED],
        "place": "organisation",
    }
    return show(request, "studio/organisation.html", facts)


def _holding(nodes: Iterable[DepartmentNode], text: str) -> tuple[DepartmentNode, ...]:
    """Nodes that hold the text, whole, and those above them."""
    kept = []
    for node in nodes:
        if text in f"{node.name_ko} {node.name_en} {node.code}".lower():
            kept.append(node)
        elif below := _holding(node.children, text):
            kept.append(replace(node, children=below))
    return tuple(kept)


def _count(nodes: Iterable[DepartmentNode]) -> int:
    return sum(1 + _count(node.children) for node in nodes)
