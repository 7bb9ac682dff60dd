"""All that is wrong with documents: in themselves, among themselves, and before the law."""

from __future__ import annotations

from customization.resolution.checking import problems_of
from customization.resolution.conditions import condition_problems
from customization.resolution.locks import broken_locks, missing_documents
from customization.resolution.problems import Problem
from customization.resolution.references import Added, reference_problems
from customization.resolution.sums import sum_problems
from customization.resolution.trees import Tree
from customization.resolution.wordings import wording_problems


def findings(tree: Tree, standard: Tree, *, added: Added | None = None) -> tuple[Problem, ...]:
    """Every finding of a city's documents on this standard with its plugins' parts.

    `added`: what the plugins turned on add, by list; None when that is not known here.
    """
    among = (
        *reference_problems(tree, added=added),
        *condition_problems(tree, added=added),
        *sum_problems(tree, added=added),
        *wording_problems(tree, standard),
    )
    return (
        *problems_of(tree),
        *sorted(set(among), key=lambda one: (one.path, one.message)),
        *broken_locks(standard, tree),
        *missing_documents(standard, tree),
    )
