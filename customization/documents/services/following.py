"""What rooms keep in tables of their own, brought behind to the documents that come into force."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from core_crm.voices.services import catalogue_follow
from customization.documents.errors import DocumentsNotValid
from customization.resolution.trees import ABSENT, Path, Tree, is_same, value_at

BEHIND_THE_CATALOGUE: tuple[Path, ...] = (
    ("code_list", "categories"),
    ("code_list", "services"),
    ("routing", "voice", "departments"),
)


def rooms_follow(before: Tree, after: Tree) -> None:
    """In the transaction that publishes: categories and services are rows that cases point to.

    Raises DocumentsNotValid for a value that no row holds, e.g. a name that is too long.
    """
    if all(
        is_same(value_at(before, place), value_at(after, place)) for place in BEHIND_THE_CATALOGUE
    ):
        return
    categories, services, departments = (_map(after, place) for place in BEHIND_THE_CATALOGUE)
    try:
        catalogue_follow(categories=categories, services=services, departments=departments)
    except ValidationError as refused:
        raise DocumentsNotValid(
            f"분야와 민원편람에 담을 수 없는 값이 있습니다. {' '.join(refused.messages)}"
        ) from refused


def _map(tree: Tree, place: Path) -> dict[str, Any]:
    found = value_at(tree, place)
    return {} if found is ABSENT else dict(found)
