"""From the standard, the plugin's parts and the city's overlay to the documents in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core_crm.extension_points import digest_of
from customization.resolution.judging import findings
from customization.resolution.operations import Operation, apply
from customization.resolution.problems import Problem
from customization.resolution.trees import Tree, copied, put

PLUGIN_PREFIX = "x"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A city's documents, and all that is wrong with them. `digest` names them exactly."""

    tree: Mapping[str, Any]
    digest: str
    problems: tuple[Problem, ...] = ()

    @property
    def is_valid(self) -> bool:
        return not self.problems


def resolve(
    standard: Tree, operations: Iterable[Operation], *, parts: Mapping[str, Tree] | None = None
) -> Resolved:
    """Standard, then each plugin's own parts, then what the city wants; checked against the law.

    `parts`: plugin code -> {kind: {code: body}}; a plugin's documents get codes below `x.<plugin>.`
    and so can neither replace nor move one of the standard's. Raises OverlayNotValid.
    """
    ground = with_parts(standard, parts or {})
    tree = apply(ground, operations)
    return Resolved(tree, digest_of(tree), findings(tree, standard))


def with_parts(standard: Tree, parts: Mapping[str, Tree]) -> dict[str, Any]:
    """The standard with each plugin's documents beside it, sorted by plugin."""
    tree = copied(standard)
    for plugin in sorted(parts):
        for kind, documents in parts[plugin].items():
            for code, body in documents.items():
                put(tree, (kind, f"{PLUGIN_PREFIX}.{plugin}.{code}"), body)
    return tree
