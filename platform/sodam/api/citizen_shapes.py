"""A citizen as it comes in and goes out over the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rest_framework import serializers

from core_crm.customers.types import CitizenDraft, ContactChannel, Sex

LARGEST_PAGE, PAGE_SIZE = 100, 50
CHANNELS = [each.value for each in ContactChannel]
SEXES = ["", *(each.value for each in Sex)]


class CitizenDraftInput(serializers.Serializer):
    """What `POST /citizens` takes: a name or a contact at least."""

    name = serializers.CharField(max_length=80, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=30, required=False, allow_blank=True)
    email = serializers.CharField(max_length=254, required=False, allow_blank=True)
    preferred_channel = serializers.ChoiceField(["", *CHANNELS], required=False)
    language = serializers.ChoiceField(["ko", "en"], required=False)
    birth_on = serializers.DateField(required=False, allow_null=True)
    sex = serializers.ChoiceField(SEXES, required=False)
    postcode = serializers.CharField(max_length=5, required=False, allow_blank=True)
    address = serializers.CharField(max_length=200, required=False, allow_blank=True)
    address_detail = serializers.CharField(max_length=100, required=False, allow_blank=True)
    district_code = serializers.CharField(
        max_length=10,
        required=False,
        allow_blank=True,
        help_text="Ten digits (행정동). Left out, it is found by the address.",
    )
    needs = serializers.ListField(
        child=serializers.CharField(max_length=24), required=False, max_length=20
    )
    source = serializers.CharField(
        max_length=40, required=False, allow_blank=True, help_text="Kept from the first time only."
    )


class CitizenCreated(serializers.Serializer):
    """What `POST /citizens` answers: nothing personal, for it is kept for 30 days."""

    id = serializers.UUIDField()


class CitizenFull(serializers.Serializer):
    """A citizen in full. Each reading of one is written to the access log under the key's name."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    phone = serializers.CharField(help_text="E.164")
    email = serializers.CharField()
    preferred_channel = serializers.ChoiceField(CHANNELS)
    language = serializers.CharField()
    is_anonymous = serializers.BooleanField()
    birth_on = serializers.DateField(allow_null=True)
    sex = serializers.ChoiceField(SEXES)
    postcode = serializers.CharField()
    address = serializers.CharField()
    address_detail = serializers.CharField()
    district_code = serializers.CharField()
    needs = serializers.ListField(child=serializers.CharField())
    is_restricted = serializers.BooleanField(help_text="Processing was stopped (처리 정지).")
    source = serializers.CharField()
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField(allow_null=True)


class CitizenPage(serializers.Serializer):
    """A page of citizens, the newest first."""

    data = CitizenFull(many=True)
    next_cursor = serializers.CharField(allow_blank=True)
    has_more = serializers.BooleanField()


class CitizenQuery(serializers.Serializer):
    """Which page of `GET /citizens`. Names and contacts are asked by `POST /citizens/search`."""

    changed_from = serializers.DateTimeField(required=False, default=None)
    cursor = serializers.CharField(max_length=400, required=False, default="")
    limit = serializers.IntegerField(
        min_value=1, max_value=LARGEST_PAGE, required=False, default=PAGE_SIZE
    )


class CitizenSearch(serializers.Serializer):
    """Whom to look for; in the body, as addresses end up in logs."""

    query = serializers.CharField(
        min_length=2,
        max_length=100,
        help_text="A name or part of it, a phone, its last four digits, an e-mail, an address.",
    )
    limit = serializers.IntegerField(min_value=1, max_value=50, required=False, default=20)


def draft_of_input(data: Any) -> CitizenDraft:
    """What was sent as a draft. Raises ValidationError."""
    return changed(CitizenDraft(), data)


def changed(draft: CitizenDraft, data: Any) -> CitizenDraft:
    """The draft with what was sent in place of what it said. Raises ValidationError."""
    given = CitizenDraftInput(data=data)
    given.is_valid(raise_exception=True)
    values: Mapping[str, Any] = dict(given.validated_data)
    if "needs" in values:
        values = {**values, "needs": tuple(values["needs"])}
    if "address" in values and "district_code" not in values:
        values = {**values, "district_code": ""}
    return replace(draft, **values)
