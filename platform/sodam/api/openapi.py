"""The OpenAPI document, and the reference page drawn from it on the server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from core_crm.staff.types import Scope
from sodam.api.problem_codes import problem_codes
from sodam.api.views import OpenView

TAGS = ("voices", "customers", "catalogue", "schemas")
METHODS = ("get", "post", "put", "patch", "delete")
EXAMPLE = {
    "title": "가로등이 꺼져 있습니다",
    "body": "시민공원 앞 가로등 두 개가 사흘째 꺼져 있습니다.",
    "channel": "api",
    "citizen": {"name": "홍길동", "phone": "010-0000-1234"},
}


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a request or an answer."""

    name: str
    kind: str
    is_required: bool
    text: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One endpoint as the page shows it."""

    id: str
    method: str
    path: str
    summary: str
    text: str
    scope: str
    parameters: list[Field] = field(default_factory=list)
    body: list[Field] = field(default_factory=list)
    result: list[Field] = field(default_factory=list)
    answers: list[tuple[str, str]] = field(default_factory=list)


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document of `/api/v1`. The same for every city; made once a process."""
    generator = SchemaGenerator(urlconf="sodam.api.documented")
    made: dict[str, Any] = json.loads(json.dumps(generator.get_schema(public=True), default=str))
    made["info"]["description"] = (
        "Sodam (소담): voices of citizens. Keys belong to one city and are sent as "
        "`Authorization: Bearer …`. Errors are RFC 9457 problems; times are ISO 8601 with offset."
    )
    return made


class OpenApiDocument(OpenView):
    """`/api/v1/openapi.json`."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """The document itself; it does not describe itself."""
        return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


class Reference(OpenView):
    """`/api/docs`: the same for people, without a script."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """The page."""
        facts = {
            "operations": operations(),
            "problem_codes": problem_codes(),
            "scopes": [str(scope) for scope in Scope],
            "example": json.dumps(EXAMPLE, ensure_ascii=False, indent=2),
            "host": request.get_host(),
            "scheme": request.scheme,
        }
        return render(request._request, "api/docs.html", facts)


def operations() -> list[Operation]:
    """Every endpoint of the document, voices first."""
    found = [
        (item[method]["tags"][0], _operation(path, method, item[method]))
        for path, item in document()["paths"].items()
        for method in METHODS
        if method in item
    ]
    return [operation for _tag, operation in sorted(found, key=lambda one: TAGS.index(one[0]))]


def _operation(path: str, method: str, spec: dict[str, Any]) -> Operation:
    taken = spec.get("requestBody", {}).get("content", {})
    body = next(iter(taken.values()), {})
    good = next(one for status, one in spec["responses"].items() if status.startswith("2"))
    result = good.get("content", {}).get("application/json", {})
    return Operation(
        id=spec["operationId"],
        method=method.upper(),
        path=path,
        summary=spec.get("summary", ""),
        text=spec.get("description", "").replace("`", ""),
        scope=_scope(spec),
        parameters=[_parameter(one) for one in spec.get("parameters", [])],
        body=list(_fields(body.get("schema", {}))),
        result=list(_fields(result.get("schema", {}))),
        answers=[(status, one.get("description", "")) for status, one in spec["responses"].items()],
    )


def _scope(spec: dict[str, Any]) -> str:
    return str(spec.get("x-scope", ""))


def _parameter(spec: dict[str, Any]) -> Field:
    return Field(
        spec["name"],
        _kind(spec.get("schema", {})),
        bool(spec.get("required")),
        spec.get("description", ""),
        spec["in"],
    )


def _fields(schema: dict[str, Any], prefix: str = "") -> Iterator[Field]:
    """The members of an object, those of objects inside it with a dotted name."""
    known = _resolved(schema)
    for name, member in known.get("properties", {}).items():
        inner = _resolved(member)
        is_required = name in known.get("required", [])
        yield Field(prefix + name, _kind(inner), is_required, member.get("description", ""))
        rows = _resolved(inner.get("items", {}))
        if inner.get("properties"):
            yield from _fields(inner, f"{prefix}{name}.")
        elif rows.get("properties"):
            yield from _fields(rows, f"{prefix}{name}[].")


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    for part in schema.get("allOf", []):
        schema = {**schema, **part}
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _kind(schema: dict[str, Any]) -> str:
    known = _resolved(schema)
    kinds = known.get("type", "")
    word = " | ".join(kinds) if isinstance(kinds, list) else str(kinds)
    if "enum" in known:
        return " | ".join(str(value) for value in known["enum"] if value not in ("", None))
    if "oneOf" in known:
        return " | ".join(filter(None, (_kind(one) for one in known["oneOf"])))
    return f"{word} ({known['format']})" if "format" in known else word
