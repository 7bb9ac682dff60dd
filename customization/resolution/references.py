"""What one document says of another: every name it uses is there, with its path and a near miss.

Looked at in the raw tree, so a document that is wrong in itself is still asked what it names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from core_crm.extension_points import FIXTURES
from core_crm.staff.types import Right, Role
from customization.resolution.places import places
from customization.resolution.problems import Problem, nearest
from customization.resolution.trees import Path, Tree, value_at

PLUGIN_MARK = "x."

Added = Mapping[str, Collection[str]]
"""What the plugins turned on add: name of the list -> full codes `x.<plugin>.<code>`."""

ROLES: Path = ("routing", "*", "departments")

FILLED = frozenset({"category", "service", "department", "officer", "location"})
"""Standard fields that a state may ask to be filled in, beside custom ones."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A place that holds names: a text, or a list of texts.

    `to` says which names are known (`_known`), `noun` how people call them.
    """

    pattern: Path
    to: str
    noun: str


REFERENCES = (
    Reference(("code_list", "services", "services", "*", "category"), "category", "분야"),
    Reference(("code_list", "services", "services", "*", "department_role"), "role", "부서 구실"),
    Reference(
        ("code_list", "categories", "categories", "*", "department_role"), "role", "부서 구실"
    ),
    Reference(("routing", "*", "rules", "*", "department_role"), "role", "부서 구실"),
    Reference(("routing", "*", "fallback_role"), "role", "부서 구실"),
    Reference(("sla", "*", "targets", "*", "category"), "category", "분야"),
    Reference(("sla", "*", "targets", "*", "service"), "service", "민원"),
    Reference(("form", "*", "fields", "*", "required_for_categories"), "category", "분야"),
    Reference(("performance_contract", "*", "items", "*", "kpi"), "kpi", "지표"),
    Reference(("campaign_type", "*", "channels", "*", "template"), "template", "알림 문구"),
    Reference(("campaign_type", "*", "trigger", "code"), "campaign_triggers", "계기"),
    Reference(("workflow", "*", "transitions", "*", "rights"), "right", "권한"),
    Reference(("workflow", "*", "transitions", "*", "roles"), "actor", "역할"),
    Reference(("workflow", "*", "states", "*", "required_fields"), "filled", "항목"),
    Reference(
        ("workflow", "*", "transitions", "*", "plugin_guards", "*"), "workflow_guards", "조건"
    ),
    Reference(
        ("workflow", "*", "transitions", "*", "actions", "*", "arguments", "template"),
        "template",
        "알림 문구",
    ),
    Reference(("call_routing", "*", "hours"), "calendar", "업무시간"),
    Reference(("call_routing", "*", "lines", "*", "categories"), "category", "분야"),
    Reference(("call_routing", "*", "lines", "*", "hands_over_to"), "role", "부서 구실"),
)


def reference_problems(tree: Tree, *, added: Added | None = None) -> Iterator[Problem]:
    """Names that nobody has. Without `added`, names of plugins are not judged."""
    for reference in REFERENCES:
        for path, value in places(tree, reference.pattern):
            for name in _names(value):
                yield from _judged(tree, reference, path, name, added)
    yield from _actions(tree, added)


def _judged(
    tree: Tree, reference: Reference, path: Path, name: str, added: Added | None
) -> Iterator[Problem]:
    if _is_plugins(reference.to, name) and added is None:
        return
    known = _known(tree, reference.to, added or {})
    if name not in known:
        yield Problem(path, f"없는 {reference.noun}입니다: {name}", nearest(name, known))


def _actions(tree: Tree, added: Added | None) -> Iterator[Problem]:
    """Steps ask plugins by `do: x.<plugin>.<code>`; the core's own are the model's to judge."""
    if added is None:
        return
    known = added.get("workflow_actions", ())
    for path, name in places(tree, ("workflow", "*", "transitions", "*", "actions", "*", "do")):
        if isinstance(name, str) and name.startswith(PLUGIN_MARK) and name not in known:
            yield Problem(path, f"없는 일입니다: {name}", nearest(name, known))


def _is_plugins(to: str, name: str) -> bool:
    return to in ("workflow_guards", "campaign_triggers") or (
        name.startswith(PLUGIN_MARK) and to not in TABLES
    )


def _names(value: Any) -> list[str]:
    given = value if isinstance(value, list | tuple | set | frozenset) else [value]
    return [one for one in given if isinstance(one, str) and one]


def _known(tree: Tree, to: str, added: Added) -> Collection[str]:
    """The names that are there, of one sort."""
    if to in TABLES:
        return _keys(tree, TABLES[to])
    if to in FIXED:
        return FIXED[to]()
    if to == "role":  # a city names a department for a role of its own by `departments`
        return department_roles() | {
            role for _path, named in places(tree, ROLES) for role in _words(named)
        }
    if to == "filled":
        return FILLED | set(_keys(tree, ("form", "voice", "fields")))
    return added.get(to, ())


def _words(named: Any) -> list[str]:
    return [str(one) for one in named] if isinstance(named, Mapping) else []


def _keys(tree: Tree, path: Path) -> Collection[str]:
    found = value_at(tree, path)
    return list(found) if isinstance(found, Mapping) else []


TABLES: Mapping[str, Path] = {
    "calendar": ("calendar",),
    "category": ("code_list", "categories", "categories"),
    "kpi": ("kpi",),
    "service": ("code_list", "services", "services"),
    "template": ("template",),
}
"""Names that other documents bring."""


@lru_cache(maxsize=1)
def department_roles() -> frozenset[str]:
    """What a department may be for (fixtures/organisation/mapping.yaml)."""
    text = (FIXTURES / "organisation" / "mapping.yaml").read_text(encoding="utf-8")
    return frozenset(yaml.safe_load(text)["roles"])


def _actors() -> frozenset[str]:
    return frozenset({"citizen", "system", *(role.value for role in Role)})


def _rights() -> frozenset[str]:
    return frozenset(right.value for right in Right)


FIXED: Mapping[str, Callable[[], frozenset[str]]] = {
    "actor": _actors,
    "right": _rights,
}
"""Names that the product brings."""
