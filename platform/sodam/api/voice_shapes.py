"""A voice as it comes in and goes out over the API."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localtime
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core_crm.common.personal_data import mask_name, normalise_phone
from core_crm.voices.selectors import status_label, tracking_url
from core_crm.voices.selectors.fields import attributes_for_programs
from core_crm.voices.types import (
    CitizenDraft,
    PetitionClass,
    VoiceChannel,
    VoiceDraft,
    VoiceFilters,
    VoicePhase,
)

LONGEST_BODY, LONGEST_ATTRIBUTES = 20_000, 10_000
CHANNELS = [each.value for each in VoiceChannel]
PHASES = [each.value for each in VoicePhase]
CLASSES = [each.value for each in PetitionClass]
LARGEST_PAGE, PAGE_SIZE = 100, 50


class CitizenInput(serializers.Serializer):
    """Who is speaking: a name, and a phone or an e-mail address."""

    name = serializers.CharField(max_length=60)
    phone = serializers.CharField(max_length=30, required=False, allow_blank=True, default="")
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True, default="")

    def validate_phone(self, phone: str) -> str:
        if phone and not normalise_phone(phone):
            raise serializers.ValidationError("전화번호로 읽을 수 없습니다.", code="phone")
        return phone

    def validate(self, citizen: dict[str, str]) -> dict[str, str]:
        if not citizen["phone"] and not citizen["email"]:
            raise serializers.ValidationError("phone이나 email이 있어야 합니다.", code="contact")
        return citizen


@extend_schema_field({"type": "object", "additionalProperties": True})
class AttributesField(serializers.DictField):
    """Values of the city's own fields by code, as `GET /voice-fields` describes them.

    A code that the city does not ask for, or a value that is none of the field's, is refused. Read
    back they are masked where they are personal.
    """

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        given: dict[str, Any] = super().to_internal_value(data)
        try:
            text = json.dumps(given, ensure_ascii=False, default=str, allow_nan=False)
        except ValueError as endless:  # 1e999 is read as infinity, which no JSON can say
            raise serializers.ValidationError("담을 수 없는 수가 있습니다.", "number") from endless
        if len(text) > LONGEST_ATTRIBUTES:
            raise serializers.ValidationError("attributes가 너무 큽니다.", code="too_large")
        if "\\u0000" in text or any(0xD800 <= ord(sign) <= 0xDFFF for sign in text):
            raise serializers.ValidationError("담을 수 없는 글자가 있습니다.", code="characters")
        return given


class VoiceInput(serializers.Serializer):
    """What `POST /voices` takes."""

    title = serializers.CharField(max_length=200)
    body = serializers.CharField(max_length=LONGEST_BODY)
    channel = serializers.ChoiceField(CHANNELS)
    citizen = CitizenInput()
    category = serializers.CharField(max_length=48, required=False, allow_blank=True, default="")
    service_code = serializers.CharField(
        max_length=48, required=False, allow_blank=True, default=""
    )
    location = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    attributes = AttributesField(
        required=False,
        default=dict,
        help_text="Values of the city's own fields by code: see `GET /voice-fields`.",
    )
    received_at = serializers.DateTimeField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Only with the scope voices:import: when it had arrived before.",
    )
    language = serializers.ChoiceField(["ko", "en"], required=False, default="ko")


class VoiceCreated(serializers.Serializer):
    """What `POST /voices` answers."""

    id = serializers.UUIDField()
    ref = serializers.CharField(help_text="Reference to read aloud, e.g. BS-2611-7K4M-3")
    status = serializers.ChoiceField(PHASES)
    is_compound = serializers.BooleanField()
    due_at = serializers.DateTimeField()
    tracking_url = serializers.URLField()

    def get_fields(self) -> dict[str, serializers.Field]:
        return {**super().get_fields(), "class": serializers.ChoiceField(CLASSES)}


class CitizenOutput(serializers.Serializer):
    """The petitioner, masked: names and numbers are read in the city's own pages only."""

    name = serializers.CharField()


class VoiceOutput(VoiceCreated):
    """A voice as a program sees it. `status` is the standard word, `city_status` the city's own.

    Without the tracking address: who holds it may act as the citizen, who reads may not.
    """

    tracking_url = None
    city_status = serializers.CharField()
    city_status_label = serializers.CharField()
    title = serializers.CharField()
    body = serializers.CharField()
    channel = serializers.ChoiceField(CHANNELS)
    category = serializers.CharField()
    service_code = serializers.CharField()
    department = serializers.CharField()
    location = serializers.CharField()
    attributes = AttributesField()
    language = serializers.ChoiceField(["ko", "en"])
    is_public = serializers.BooleanField()
    is_joint = serializers.BooleanField()
    citizen = CitizenOutput()
    received_at = serializers.DateTimeField()
    original_due_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.ChoiceField(["", "answered", "unable", "withdrawn", "transferred"])
    public_reason = serializers.CharField()
    reopened_count = serializers.IntegerField()
    updated_at = serializers.DateTimeField()


class VoiceQuery(serializers.Serializer):
    """What `GET /voices` can be narrowed to."""

    status = serializers.ChoiceField(PHASES, required=False, default="")
    category = serializers.CharField(max_length=48, required=False, default="")
    petition_class = serializers.ChoiceField(CLASSES, required=False, default="")
    channel = serializers.ChoiceField(CHANNELS, required=False, default="")
    department = serializers.CharField(max_length=64, required=False, default="")
    received_from = serializers.DateTimeField(required=False, default=None)
    received_before = serializers.DateTimeField(required=False, default=None)
    updated_from = serializers.DateTimeField(required=False, default=None)
    is_open = serializers.BooleanField(required=False, default=None, allow_null=True)
    cursor = serializers.CharField(max_length=400, required=False, default="")
    limit = serializers.IntegerField(
        min_value=1, max_value=LARGEST_PAGE, required=False, default=PAGE_SIZE
    )

    def filters(self, *, fields: Mapping[str, str]) -> VoiceFilters:
        """`fields`: conditions on the city's own fields, which this shape cannot know."""
        given = dict(self.validated_data)
        known = {name: given[name] for name in VoiceFilters.__dataclass_fields__ if name in given}
        return VoiceFilters(**known, fields=fields)


class VoicePage(serializers.Serializer):
    """A page of voices, the newest first."""

    data = VoiceOutput(many=True)
    next_cursor = serializers.CharField(allow_blank=True)
    has_more = serializers.BooleanField()


_INPUT = VoiceInput()  # reading needs no state: its fields are made once, not for each voice


def draft_of(data: Any) -> VoiceDraft:
    """What was sent as a draft. Raises ValidationError."""
    given: dict[str, Any] = dict(_INPUT.run_validation(data))
    citizen = CitizenDraft(**given.pop("citizen"))
    return VoiceDraft(citizen=citizen, by_program=True, **given)


def created(voice: Any) -> dict[str, Any]:
    """The answer to having filed a voice: a `VoiceCreated`, ready to be kept and sent."""
    return {
        "id": str(voice.id),
        "ref": voice.ref,
        "status": voice.phase,
        "is_compound": voice.is_compound,
        "due_at": localtime(voice.due_at).isoformat(),
        "tracking_url": tracking_url(voice),
        "class": voice.petition_class,
    }


def shown(voice: Any, *, language: str = "ko") -> dict[str, Any]:
    """A voice for programs."""
    extra = {
        "status": voice.phase,
        "class": voice.petition_class,
        "city_status": voice.status,
        "city_status_label": status_label(
            voice.status, digest=voice.workflow_digest, language=language
        ),
        "category": voice.category_code,
        "department": voice.department.code if voice.department else "",
        "citizen": {"name": mask_name(voice.citizen.name)},
        "attributes": attributes_for_programs(voice.attributes),
    }
    names = set(VoiceOutput().fields) - set(extra)
    facts = {name: getattr(voice, name) for name in names}
    return dict(VoiceOutput({**facts, **extra}).data)
