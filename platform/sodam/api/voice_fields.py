"""`/api/v1/voice-fields`: what this city asks of a voice beside the standard fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core_crm.common.custom_fields import (
    CustomField,
    FieldType,
    FormDefinition,
    Mask,
    ordered_choices,
    read_each,
)
from core_crm.staff.types import Scope
from core_crm.voices.selectors.fields import voice_form
from core_crm.voices.services.fields import for_programs
from sodam.api.catalogue import whole
from sodam.api.documentation import problems
from sodam.api.views import CityAPIView

PREFIX = "field."
OWN_FIELD = OpenApiParameter(
    "field.CODE",
    str,
    description="Voices with this value in a field of the city's own (see `GET /voice-fields`), "
    "a choice by its code. Personal fields cannot be asked.",
)
TYPES = [each.value for each in FieldType]


class ChoiceOutput(serializers.Serializer):
    """One answer of a field that is chosen."""

    code = serializers.CharField()
    label_ko = serializers.CharField()
    label_en = serializers.CharField()


class FieldOutput(serializers.Serializer):
    """One field: its key in `attributes`, what it holds, and when it is needed.

    `shown_when` is a predicate over category, service, class, channel, language and the fields
    before it (docs/reference/formulas.md); null: always asked. `is_masked`: read back, the value is
    hidden.
    """

    code = serializers.CharField()
    type = serializers.ChoiceField(TYPES)
    label_ko = serializers.CharField()
    label_en = serializers.CharField()
    hint_ko = serializers.CharField(allow_blank=True)
    hint_en = serializers.CharField(allow_blank=True)
    choices = ChoiceOutput(many=True)
    is_required = serializers.BooleanField()
    required_for_categories = serializers.ListField(child=serializers.CharField())
    shown_when = serializers.DictField(allow_null=True)
    is_masked = serializers.BooleanField()


class FieldPage(serializers.Serializer):
    """All fields, in the order in which they are asked."""

    data = FieldOutput(many=True)
    next_cursor = serializers.CharField(allow_blank=True)
    has_more = serializers.BooleanField()


class VoiceFieldCollection(CityAPIView):
    """The city's own fields of a voice."""

    required_scopes: ClassVar = {"GET": Scope.CATEGORIES_READ}

    @extend_schema(
        operation_id="voice_field_list",
        summary="List the city's own fields of a voice",
        tags=["catalogue"],
        responses={200: FieldPage, **problems(401, 403, 429)},
    )
    def get(self, request: Request) -> Response:
        """What `attributes` of a voice may hold in this city. Empty where it asks nothing more."""
        asked = for_programs(voice_form()).asked()
        return whole(FieldOutput([_shown(code, one) for code, one in asked], many=True).data)


def field_conditions(given: Mapping[str, str]) -> dict[str, str]:
    """Conditions on own fields in a query. Raises ValidationError for what no field has."""
    wanted = {
        name.removeprefix(PREFIX): text for name, text in given.items() if name.startswith(PREFIX)
    }
    fields = for_programs(voice_form()).fields
    form = FormDefinition(fields={code: one for code, one in fields.items() if not one.is_personal})
    wrong = sorted(wanted.keys() - read_each(form, wanted).keys())
    if wrong:
        raise serializers.ValidationError(
            {PREFIX + code: "이 시·도에 없는 항목이거나 그 항목의 값이 아닙니다." for code in wrong}
        )
    return wanted


def _shown(code: str, one: CustomField) -> dict[str, Any]:
    return {
        "code": code,
        "type": one.type.value,
        "label_ko": one.label.ko,
        "label_en": one.label.en,
        "hint_ko": one.hint.ko if one.hint else "",
        "hint_en": one.hint.en if one.hint else "",
        "choices": [
            {"code": answer, "label_ko": choice.label.ko, "label_en": choice.label.en}
            for answer, choice in ordered_choices(one)
            if not choice.retired
        ],
        "is_required": one.required,
        "required_for_categories": list(one.required_for_categories),
        "shown_when": one.shown_when,
        "is_masked": one.mask != Mask.NONE,
    }
