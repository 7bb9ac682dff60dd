"""A city's documents as one YAML file, out and in again with the same digest."""

from __future__ import annotations

from typing import Any

import yaml

from customization.documents.errors import DocumentsNotValid
from customization.documents.selectors import in_force
from customization.resolution.trees import Tree

HEAD = ("city", "standard", "manifest", "digest", "documents")


def exported(city: str) -> str:
    """The documents in force as YAML, sorted, with their digest."""
    found = in_force()
    body = {
        "city": city,
        "standard": found.standard_version,
        "manifest": found.number,
        "digest": found.digest,
        "documents": dict(found.tree),
    }
    return yaml.safe_dump(body, allow_unicode=True, sort_keys=True, width=100)


def imported(text: str) -> Tree:
    """The documents of such a file. Raises DocumentsNotValid when it is none."""
    try:
        body = yaml.safe_load(text)
    except yaml.YAMLError as refused:
        raise DocumentsNotValid(f"YAML이 아닙니다: {_where(refused)}") from refused
    if not isinstance(body, dict) or not isinstance(body.get("documents"), dict):
        raise DocumentsNotValid(
            "`documents:` 아래에 문서가 있어야 합니다. `sodam config export`가 쓰는 꼴을 보세요."
        )
    strangers = sorted(set(body) - set(HEAD))
    if strangers:
        raise DocumentsNotValid(f"모르는 항목이 있습니다: {', '.join(map(str, strangers))}")
    documents: Tree = _as_json(body["documents"])
    return documents


def _as_json(value: Any) -> Any:
    """What YAML reads as a date or a number key is text in a document."""
    if isinstance(value, dict):
        return {str(key): _as_json(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_as_json(below) for below in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _where(refused: yaml.YAMLError) -> str:
    mark = getattr(refused, "problem_mark", None)
    return f"{mark.line + 1}번째 줄 {mark.column + 1}번째 글자" if mark else str(refused)
