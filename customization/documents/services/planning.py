"""What a change would do, before it does it: the same answer for the page, the command and the job.

Reads only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from core_crm.extension_points import digest_of
from customization.documents.parts import added_by
from customization.documents.selectors import ground, in_force, plugins_in_force
from customization.documents.types import InForce, Plan, PluginUse
from customization.resolution.judging import findings
from customization.resolution.operations import Operation, apply, diff
from customization.resolution.problems import Problem
from customization.resolution.trees import ABSENT, Path, Tree, copied, put, value_at

RISKY: tuple[Path, ...] = (
    ("workflow", "*"),
    ("code_list", "services", "services", "*", "period"),
    ("code_list", "services", "services", "*", "department_role"),
    ("code_list", "categories", "categories", "*", "department_role"),
    ("calendar", "*"),
    ("routing", "*"),
    ("sla", "*"),
    ("kpi", "*"),
    ("performance_contract", "*"),
    ("campaign_type", "*"),
    ("consent_text", "*"),
    ("retention", "*"),
)
"""Places where one person alone may not decide: they move cases, due times, messages or
somebody's score."""
ABOUT_PRIVACY = {"personal_data", "mask", "retention_days"}
"""Of a field that is there: what makes it personal, shows more of it, or forgets it for ever."""


def plan_operations(
    operations: Sequence[Operation],
    *,
    now_in_force: InForce | None = None,
    standard_version: str | None = None,
    plugins: Sequence[PluginUse] | None = None,
) -> Plan:
    """What these operations would do to the documents in force.

    `standard_version`, `plugins`: the ground they will stand on, if it moves too. Raises
    OverlayNotValid.
    """
    before = now_in_force or in_force()
    version = standard_version or before.standard_version
    after = apply(before.tree, operations)
    return Plan(
        operations=tuple(operations),
        problems=(
            *problems_after(after, standard_version=version, plugins=plugins),
            *_personal_fields_gone(before.tree, after),
        ),
        digest_before=before.digest,
        digest_after=digest_of(after),
        is_risky=is_risky(operations),
    )


def _personal_fields_gone(before: Tree, after: Tree) -> Iterator[Problem]:
    """What a field asked of citizens is forgotten by its own days (개인정보 보호법 제21조): nobody
    would know them once it is gone."""
    for path in _paths_of_personal_fields_gone(before, after):
        yield Problem(path, "개인정보를 묻던 항목은 빼지 말고 retired로 두어야 합니다")


def _paths_of_personal_fields_gone(before: Tree, after: Tree) -> Iterator[Path]:
    for code, form in before.get("form", {}).items():
        for name, field in form.get("fields", {}).items():
            path = ("form", code, "fields", name)
            if _is_personal(field) and value_at(after, path) is ABSENT:
                yield path


def problems_after(
    tree: Tree, *, standard_version: str, plugins: Sequence[PluginUse] | None = None
) -> tuple[Problem, ...]:
    """What is wrong with these documents on this standard, and on these plugins' parts."""
    uses = plugins_in_force() if plugins is None else plugins
    return findings(tree, ground(standard_version, uses), added=added_by(uses))


def plan_tree(tree: Tree, *, now_in_force: InForce | None = None) -> Plan:
    """What it would take to have exactly these documents."""
    before = now_in_force or in_force()
    return plan_operations(diff(before.tree, tree), now_in_force=before)


def is_risky(operations: Sequence[Operation]) -> bool:
    """Does any of them touch a place that two people decide on, or somebody's privacy?"""
    touched = any(_meets(one.path, place) for one in operations for place in RISKY)
    return touched or any(map(_touches_privacy, operations))


def _touches_privacy(one: Operation) -> bool:
    """A field asks for something personal, or a personal one is kept or shown otherwise
    (개인정보 보호법 제16조, 제21조). A field about nobody is one person's to add. Taking a personal
    one out counts: a new one of its code, about nobody, would show its values in the open."""
    if one.path[0] != "form":
        return False
    is_about = _is_personal(one.value) or _is_personal(one.base)
    return one.path[-1] in ABOUT_PRIVACY or is_about


def with_personal_fields_kept(before: Tree, target: Tree) -> Tree:
    """`target`, where each field that asks something personal and is not in it stays, retired."""
    wanted = copied(target)
    for path in _paths_of_personal_fields_gone(before, target):
        put(wanted, path, {**value_at(before, path), "retired": True})
    return wanted


def _is_personal(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    asks = value.get("personal_data", "none") != "none"
    return asks or any(_is_personal(below) for below in value.values())


def _meets(path: Path, place: Path) -> bool:
    """Does one lie at or below the other?"""
    return all(fnmatchcase(step, wanted) for step, wanted in zip(path, place, strict=False))
