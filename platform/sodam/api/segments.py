"""`/api/v1/segments`: citizens by what they need, as sentences and counts; never who they are."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core_crm.customers.selectors import citizen_source
from core_crm.segments.selectors import segment_count, segment_get, segment_list
from core_crm.segments.types import SegmentKind
from core_crm.staff.types import Scope
from sodam.api.catalogue import whole
from sodam.api.documentation import problems
from sodam.api.views import CityAPIView
from sodam.ui.conditions import sentence


class SegmentOutput(serializers.Serializer):
    """A segment: its name, its condition as a sentence, and how many were counted when."""

    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField([each.value for each in SegmentKind])
    sentence = serializers.CharField(help_text="The condition as an official reads it.")
    count = serializers.IntegerField(allow_null=True, help_text="Citizens, at counted_at.")
    counted_at = serializers.DateTimeField(allow_null=True)


class SegmentPage(serializers.Serializer):
    """All segments in use, by name."""

    data = SegmentOutput(many=True)
    next_cursor = serializers.CharField(allow_blank=True)
    has_more = serializers.BooleanField()


class SegmentCollection(CityAPIView):
    """The segments of the city."""

    required_scopes: ClassVar = {"GET": Scope.SEGMENTS_READ}

    @extend_schema(
        operation_id="segment_list",
        summary="List segments",
        tags=["customers"],
        responses={200: SegmentPage, **problems(401, 403, 429)},
    )
    def get(self, request: Request) -> Response:
        """Those in use, with the count that was taken last."""
        source = citizen_source()
        rows = [
            _told(one, source, count=one.counted, counted_at=one.counted_at)
            for one in segment_list()
        ]
        return whole(SegmentOutput(rows, many=True).data)


class SegmentItem(CityAPIView):
    """One segment."""

    required_scopes: ClassVar = {"GET": Scope.SEGMENTS_READ}

    @extend_schema(
        operation_id="segment_get",
        summary="Read a segment",
        tags=["customers"],
        responses={200: SegmentOutput, **problems(401, 403, 404, 422, 429)},
    )
    def get(self, request: Request, code: str) -> Response:
        """Counted now."""
        found, today = segment_get(code), timezone.localdate(self.now)
        count = segment_count(found, today=today)
        told = _told(found, citizen_source(), count=count, counted_at=self.now)
        return Response(SegmentOutput(told).data)


def _told(segment: Any, source: Any, **counted: Any) -> dict[str, Any]:
    return {
        "code": segment.code,
        "name": segment.name,
        "kind": segment.kind,
        "sentence": sentence(segment.condition, source),
        **counted,
    }
