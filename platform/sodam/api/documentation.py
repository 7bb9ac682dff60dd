"""Words of the OpenAPI document that several endpoints share."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

BEARER = "apiKey"
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Up to 200 characters; the same key with the same body is filed once.",
)


class FieldErrorOutput(serializers.Serializer):
    """What is wrong with one field."""

    field = serializers.CharField(allow_blank=True)
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemOutput(serializers.Serializer):
    """An RFC 9457 problem. Decide by `code`, show `detail`."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()
    code = serializers.CharField()
    request_id = serializers.CharField(allow_blank=True)
    facts = serializers.DictField()

    def get_fields(self) -> dict[str, serializers.Field]:
        return {**super().get_fields(), "errors": FieldErrorOutput(many=True)}


def problems(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    """The problems an endpoint may answer with."""
    return {
        (status, "application/problem+json"): OpenApiResponse(ProblemOutput, WORDS[status])
        for status in statuses
    }


WORDS = {
    400: "The request could not be read.",
    401: "No usable key of this city.",
    403: "The key lacks the scope.",
    404: "Nothing there, or in another city.",
    409: "It is there already, or may not be changed any more.",
    413: "The request is too large.",
    415: "Not of the media type that is taken here.",
    422: "Something in it is wrong; `errors` says where.",
    429: "Too many requests; wait `Retry-After` seconds.",
}


class ScopedSchema(AutoSchema):
    """Adds `x-scope`: what a key needs for the operation."""

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        scope = getattr(self.view, "required_scopes", {}).get(self.method)
        if operation and scope:
            operation["x-scope"] = str(scope)
        return operation


class BearerScheme(OpenApiAuthenticationExtension):
    """Keys are checked by the view itself; this names them in the document."""

    target_class = "sodam.api.views.KeyShown"
    name = BEARER

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A key of one city (`sodam api-key create`), with scopes.",
        }
