"""What is wrong with a tree of documents: each finding with its exact path and what was meant.

The same function answers the command, the studio, the API and the moment of publishing.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from core_crm.extension_points import KINDS
from customization.resolution.kinds import MODELS, Model, model_of
from customization.resolution.problems import Problem, nearest
from customization.resolution.trees import Path, Tree
from tenants.errors import DomainError

UNKNOWN = "extra_forbidden"
__all__ = ["Problem", "problems_of"]

SENTENCES = {
    UNKNOWN: "그런 항목은 없습니다",
    "missing": "있어야 하는 항목이 없습니다",
    "string_type": "글이어야 합니다",
    "int_type": "정수여야 합니다",
    "int_parsing": "정수여야 합니다",
    "bool_type": "true나 false여야 합니다",
    "dict_type": "항목들의 묶음이어야 합니다",
    "model_type": "항목들의 묶음이어야 합니다",
    "string_pattern_mismatch": "코드로 쓸 수 없는 글입니다 (영문 소문자, 숫자, _)",
    "string_too_short": "비어 있을 수 없습니다",
    "too_short": "너무 적습니다",
}


def problems_of(tree: Tree) -> list[Problem]:
    """All findings of a tree, sorted by path; none when every document fits its model."""
    found = [each for kind, documents in tree.items() for each in _of_kind(kind, documents)]
    return sorted(found, key=lambda each: each.path)


def _of_kind(kind: str, documents: Any) -> Iterator[Problem]:
    if kind not in KINDS:
        yield Problem((kind,), "그런 종류의 문서는 없습니다", nearest(kind, KINDS))
    elif not isinstance(documents, Mapping):
        yield Problem((kind,), SENTENCES["dict_type"])
    else:
        for code, body in documents.items():
            yield from _of_document(kind, code, body)


def _of_document(kind: str, code: str, body: Any) -> Iterator[Problem]:
    model = model_of(kind, code)
    if model is None:
        known = MODELS.get(kind)
        others = list(known) if isinstance(known, Mapping) else []
        yield Problem((kind, code), "그런 문서는 아직 쓰이지 않습니다", nearest(code, others))
        return
    try:
        model.model_validate(body)
    except ValidationError as refused:
        for error in refused.errors(include_url=False):
            yield _problem((kind, code), error, model)
    except DomainError as refused:  # a formula that cannot be read, a lawful period that is none
        yield Problem((kind, code), refused.message)


def _problem(at: Path, error: ErrorDetails, model: Model) -> Problem:
    inside = tuple(str(step) for step in error["loc"])
    message = SENTENCES.get(error["type"]) or _plainly(error["msg"])
    meant = ""
    if error["type"] == UNKNOWN:
        meant = nearest(inside[-1], _names_at(model, inside[:-1]))
    return Problem((*at, *inside), message, meant)


def _plainly(message: str) -> str:
    """Our own validators' sentences, without pydantic's prefix."""
    return message.removeprefix("Value error, ")


def _names_at(model: Model, path: Path) -> list[str]:
    """The fields a model has at a place inside it."""
    here: Any = model
    for step in path:
        here = _below(here, step)
    return _names(here)


def _names(annotation: Any) -> list[str]:
    for one in _alternatives(annotation):
        if isinstance(one, type) and issubclass(one, BaseModel):
            return [field.alias or name for name, field in one.model_fields.items()]
    return []


def _below(annotation: Any, step: str) -> Any:
    """The type of what lies under `step`."""
    for one in _alternatives(annotation):
        if isinstance(one, type) and issubclass(one, BaseModel):
            fields = {field.alias or name: field for name, field in one.model_fields.items()}
            if step in fields:
                return fields[step].annotation
        elif get_origin(one) in (dict, list, tuple):
            return get_args(one)[-1 if get_origin(one) is dict else 0]
    return None


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    is_union = get_origin(annotation) in (Union, types.UnionType)
    return get_args(annotation) if is_union else (annotation,)
