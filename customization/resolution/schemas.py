"""The JSON Schema of every kind of document, as its model has it (JSON Schema 2020-12)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from pydantic import TypeAdapter

from customization.resolution.kinds import MODELS, Model, model_of
from tenants.errors import DomainError

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class SchemaMissing(DomainError):
    """There is no such kind of document, or no such document of a kind that is told apart."""

    code = "schema.missing"
    http_status = 404


def schema_kinds() -> list[str]:
    """The kinds that have a schema, sorted."""
    return sorted(MODELS)


@lru_cache(maxsize=64)
def schema_of(kind: str, code: str = "") -> dict[str, Any]:
    """What a document of this kind must fit; with `code`, that one document (`categories`).

    Of a kind whose documents differ it is any of theirs. Raises SchemaMissing.
    """
    model = _model(kind, code)
    if model is None:
        raise SchemaMissing("그런 문서 종류가 없습니다.", kind=kind, kinds=schema_kinds())
    name = f"{kind}/{code}" if code else kind
    return {"$schema": DIALECT, "$id": f"sodam:{name}", **TypeAdapter(model).json_schema()}


def _model(kind: str, code: str) -> Any:
    known = MODELS.get(kind)
    if code and known is not None:
        return model_of(kind, code)
    return _any_of(known) if isinstance(known, Mapping) else known


def _any_of(known: Mapping[str, Model]) -> Any:
    return reduce(or_, dict.fromkeys(known.values()))
