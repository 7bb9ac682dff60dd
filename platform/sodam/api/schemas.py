"""`/api/v1/schemas/{kind}.json`: the JSON Schema of each document kind that exists so far."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import BaseModel, RootModel
from rest_framework.request import Request
from rest_framework.response import Response

from core_crm.calendars import CalendarDefinition
from core_crm.messaging.types import MessageTemplate
from core_crm.surveys.types import SurveyDefinition
from core_crm.voices.types import CategoryList, ServiceList
from core_crm.workflows import WorkflowDefinition
from sodam.api.documentation import problems
from sodam.api.errors import SchemaUnknown
from sodam.api.views import OpenView


class CodeList(RootModel[CategoryList | ServiceList]):
    """A list of codes: categories, or the service catalogue."""


MODELS: dict[str, type[BaseModel]] = {
    "calendar": CalendarDefinition,
    "code_list": CodeList,
    "survey": SurveyDefinition,
    "template": MessageTemplate,
    "workflow": WorkflowDefinition,
}


@lru_cache(maxsize=32)
def schema_of(kind: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of a kind. Raises SchemaUnknown."""
    if kind not in MODELS:
        raise SchemaUnknown(_("그런 문서 종류가 없습니다."), kind=kind, kinds=sorted(MODELS))
    body = MODELS[kind].model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": kind, **body}


class DocumentSchema(OpenView):
    """The shape of configuration documents. Anybody may read it."""

    @extend_schema(
        operation_id="document_schema",
        summary="JSON Schema of a document kind",
        tags=["schemas"],
        parameters=[
            OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=sorted(MODELS)),
        ],
        responses={200: {"type": "object", "additionalProperties": True}, **problems(404)},
        auth=[],
    )
    def get(self, request: Request, kind: str) -> Response:
        """The JSON Schema that a city's documents of this kind must fit."""
        return Response(schema_of(kind), content_type="application/schema+json")
