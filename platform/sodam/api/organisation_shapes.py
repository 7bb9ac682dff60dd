"""A body as it comes in and goes out over the API."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rest_framework import serializers

from core_crm.customers.types import OrganisationDraft, OrganisationKind
from sodam.api.citizen_shapes import CitizenQuery
from sodam.api.voice_shapes import AttributesField

KINDS = [each.value for each in OrganisationKind]


class OrganisationInput(serializers.Serializer):
    """What `POST /organisations` takes: a name at least."""

    name = serializers.CharField(max_length=120)
    kind = serializers.ChoiceField(KINDS, required=False)
    trade = serializers.CharField(max_length=60, required=False, allow_blank=True)
    registration_no = serializers.CharField(max_length=20, required=False, allow_blank=True)
    representative_name = serializers.CharField(max_length=80, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=30, required=False, allow_blank=True)
    extension = serializers.CharField(max_length=12, required=False, allow_blank=True)
    email = serializers.CharField(max_length=254, required=False, allow_blank=True)
    website = serializers.CharField(max_length=200, required=False, allow_blank=True)
    postcode = serializers.CharField(max_length=5, required=False, allow_blank=True)
    address = serializers.CharField(max_length=200, required=False, allow_blank=True)
    address_detail = serializers.CharField(max_length=100, required=False, allow_blank=True)
    district_code = serializers.CharField(max_length=10, required=False, allow_blank=True)
    facts = AttributesField(required=False, help_text="What a directory tells beside.")
    source = serializers.CharField(max_length=40, required=False, allow_blank=True)


class OrganisationFull(serializers.Serializer):
    """A body in full. Each reading of one is written to the access log under the key's name."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    trade = serializers.CharField()
    registration_no = serializers.CharField()
    representative_name = serializers.CharField()
    phone = serializers.CharField(help_text="E.164")
    extension = serializers.CharField()
    email = serializers.CharField()
    website = serializers.CharField()
    postcode = serializers.CharField()
    address = serializers.CharField()
    address_detail = serializers.CharField()
    district_code = serializers.CharField()
    facts = serializers.DictField()
    source = serializers.CharField()
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField(allow_null=True)


class OrganisationCreated(serializers.Serializer):
    """What writing one down answers."""

    id = serializers.UUIDField()


class OrganisationPage(serializers.Serializer):
    """A page of bodies, the newest first."""

    data = OrganisationFull(many=True)
    next_cursor = serializers.CharField(allow_blank=True)
    has_more = serializers.BooleanField()


class OrganisationQuery(CitizenQuery):
    """Which page, and bodies of which kind."""

    kind = serializers.ChoiceField(KINDS, required=False, default="")


def draft_of_input(data: Any) -> OrganisationDraft:
    """What was sent as a draft. Raises ValidationError."""
    given = OrganisationInput(data=data)
    given.is_valid(raise_exception=True)
    return OrganisationDraft(**given.validated_data)


def changed(draft: OrganisationDraft, data: Any) -> OrganisationDraft:
    """The draft with what was sent in place of what it said. Raises ValidationError."""
    given = OrganisationInput(data=data, partial=True)
    given.is_valid(raise_exception=True)
    values = dict(given.validated_data)
    if "address" in values:
        values.setdefault("district_code", "")
    return replace(draft, **values)
