"""What rooms keep in tables of their own, brought behind to the documents that come into force."""

from __future__ import annotations

from typing import Any

from core_crm.voices.services import catalogue_follow
from customization.resolution.trees import ABSENT, Path, Tree, is_same, value_at

BEHIND_THE_CATALOGUE: tuple[Path, ...] = (
    ("code_list", "categories"),
    ("code_list", "services"),
    ("routing", "voice", "departments"),
)


def rooms_follow(before: Tree, after: Tree) -> None:
    """In the transaction that publishes: categories and services are rows that cases point to."""
    if all(
        is_same(value_at(before, place), value_at(after, place)) for place in BEHIND_THE_CATALOGUE
    ):
        return
    categories, services, departments = (_map(after, place) for place in BEHIND_THE_CATALOGUE)
    catalogue_follow(categories=categories, services=services, departments=departments)


def _map(tree: Tree, place: Path) -> dict[str, Any]:
    found = value_at(tree, place)
    return {} if found is ABSENT else dict(found)
