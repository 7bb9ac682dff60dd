"""A file of customers as it is sent, and what the API says of it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _
from rest_framework import serializers

from core_crm.imports.types import BatchState, ImportOptions, MatchPolicy

KINDS = ["citizens", "organisations", "participations"]
ENCODINGS = ["auto", "utf-8", "utf-16", "cp949"]


class ImportInput(serializers.Serializer):
    """What `POST /imports` takes, as multipart/form-data."""

    file = serializers.FileField(help_text="CSV, XLSX or JSON (a list of flat objects).")
    kind = serializers.ChoiceField(KINDS)
    source = serializers.CharField(
        max_length=80, help_text="Whence the file comes; its columns are remembered by it."
    )
    basis = serializers.CharField(
        max_length=200, required=False, default="", help_text="The law it is taken in by."
    )
    acquired_list = serializers.UUIDField(
        required=False, default=None, help_text="The registered list that it belongs to."
    )
    policy = serializers.ChoiceField(
        [each.value for each in MatchPolicy],
        required=False,
        default=MatchPolicy.FILL.value,
        help_text="What happens to whom one knows: fill empties, overwrite, or skip the row.",
    )
    encoding = serializers.ChoiceField(ENCODINGS, required=False, default="auto")
    mapping = serializers.JSONField(
        required=False,
        default=None,
        binary=True,
        help_text='Column to field, e.g. {"성명": "name"}. Left out: what is suggested.',
    )
    dry_run = serializers.BooleanField(
        required=False, default=False, help_text="Only check; nobody is registered."
    )

    def validate_mapping(self, value: Any) -> dict[str, str] | None:
        if value is None:
            return None
        if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
            return value
        raise serializers.ValidationError(_("열과 항목의 짝을 JSON 객체로 보내 주세요."))


class ImportStarted(serializers.Serializer):
    """The import that was made of the file, and how its columns were understood."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField([each.value for each in BatchState])
    mapping = serializers.DictField(child=serializers.CharField())


class ProblemRow(serializers.Serializer):
    """A row that is not taken, and why."""

    row = serializers.IntegerField()
    column = serializers.CharField(allow_blank=True)
    reason = serializers.CharField()


class ImportOutput(serializers.Serializer):
    """How far an import is. The four counts sum to `rows`; of a dry run they say what would be."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    source = serializers.CharField()
    state = serializers.ChoiceField([each.value for each in BatchState])
    encoding = serializers.CharField()
    rows = serializers.IntegerField()
    total = serializers.IntegerField()
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    skipped = serializers.IntegerField()
    refused = serializers.IntegerField()
    rows_per_second = serializers.FloatField()
    left_seconds = serializers.FloatField(allow_null=True)
    place = serializers.IntegerField(allow_null=True, help_text="Its place while it waits.")
    problems = ProblemRow(many=True, help_text="The first 20 that the dry run found.")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


def options_of(given: dict[str, Any]) -> ImportOptions:
    """What was asked, as the room takes it."""
    return ImportOptions(
        source=given["source"],
        basis=given["basis"],
        policy=MatchPolicy(given["policy"]),
        encoding=given["encoding"],
        acquired_list_id=given["acquired_list"],
    )


def fingerprint(given: dict[str, Any]) -> dict[str, str]:
    """What makes two requests the same: the file's content and everything said beside it."""
    said = {name: str(value) for name, value in given.items() if name not in ("file", "mapping")}
    return {**said, "mapping": json.dumps(given["mapping"]), "file": _digest(given["file"])}


def _digest(file: File[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
