"""`/api/v1/schemas/{kind}.json`: the JSON Schema of each kind of document. Anybody may read it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from customization.public import SchemaMissing, schema_kinds, schema_of
from sodam.api.documentation import problems
from sodam.api.errors import SchemaUnknown
from sodam.api.views import OpenView

ANSWERS = {200: {"type": "object", "additionalProperties": True}, **problems(404)}
KIND = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=schema_kinds())


def _answer(kind: str, code: str = "") -> Response:
    try:
        return Response(schema_of(kind, code), content_type="application/schema+json")
    except SchemaMissing as missing:
        told = _("그런 문서 종류가 없습니다.")
        raise SchemaUnknown(told, kind=kind, kinds=schema_kinds()) from missing


class DocumentSchema(OpenView):
    """The shape of configuration documents of one kind."""

    @extend_schema(
        operation_id="document_schema",
        summary="JSON Schema of a document kind",
        tags=["schemas"],
        parameters=[KIND],
        responses=ANSWERS,
        auth=[],
    )
    def get(self, request: Request, kind: str) -> Response:
        """The JSON Schema that a city's documents of this kind must fit."""
        return _answer(kind)


class OneDocumentSchema(OpenView):
    """The shape of one document of a kind whose documents differ."""

    @extend_schema(
        operation_id="one_document_schema",
        summary="JSON Schema of one document",
        tags=["schemas"],
        parameters=[KIND, OpenApiParameter("code", str, OpenApiParameter.PATH)],
        responses=ANSWERS,
        auth=[],
    )
    def get(self, request: Request, kind: str, code: str) -> Response:
        """The JSON Schema of one document, e.g. `code_list/categories`."""
        return _answer(kind, code)
