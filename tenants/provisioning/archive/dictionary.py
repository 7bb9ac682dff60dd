"""The data dictionary of an export: tables and columns in Korean and English, from the models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import override

from tenants.personal import Told
from tenants.provisioning.archive.declared import city_models, told_tables

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field
TYPES = {
    models.UUIDField: "uuid",
    models.BooleanField: "boolean",
    models.DateTimeField: "timestamp with time zone (ISO 8601, UTC)",
    models.DateField: "date (ISO 8601)",
    models.JSONField: "JSON",
    ArrayField: "array",
    models.FloatField: "number",
    models.DecimalField: "number",
    models.IntegerField: "integer",
    models.AutoField: "integer",
    models.CharField: "text",
    models.TextField: "text",
}


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """One column. `refers_to`: `table.column` that it names; `personal`: is it about a person?"""

    table: str
    table_ko: str
    table_en: str
    column: str
    name_ko: str
    name_en: str
    type: str
    may_be_empty: bool
    longest: int | None
    refers_to: str
    personal: bool


def data_dictionary() -> list[dict[str, Any]]:
    """Every column of every table a city has, the tables by name."""
    known = told_tables()
    entries = [entry for model in city_models() for entry in _entries(model, known)]
    return [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.table)]


def _entries(model: type[models.Model], known: dict[str, Told]) -> Iterator[ColumnEntry]:
    table = model._meta.db_table
    said = known.get(table, Told())
    table_ko, table_en = _both(str(model._meta.object_name), model._meta.verbose_name)
    for field in model._meta.local_concrete_fields:
        column = str(field.column)
        name_ko, name_en = _both(column, field.verbose_name)
        yield ColumnEntry(
            table=table,
            table_ko=table_ko,
            table_en=table_en,
            column=column,
            name_ko=name_ko,
            name_en=name_en,
            type=_type(field),
            may_be_empty=field.null,
            longest=field.max_length,
            refers_to=_reference(field),
            personal=said.stays or column in said.columns,
        )


def _both(name: str, label: Any) -> tuple[str, str]:
    """The label in Korean, and in English as translated, else the name's own words."""
    with override("ko"):
        korean = str(label)
    with override("en"):
        english = str(label)
    return korean, english if english.isascii() else _words(name)


def _words(name: str) -> str:
    """`received_at` → `Received at`; `VoiceEntry` → `Voice entry`."""
    parted = "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name)
    words = parted.replace("_", " ").split()
    return " ".join(words).capitalize()


def _type(field: Field) -> str:
    shown = field.target_field if isinstance(field, models.ForeignKey) else field
    return next((said for kind, said in TYPES.items() if isinstance(shown, kind)), "text")


def _reference(field: Field) -> str:
    related = field.related_model
    if not field.is_relation or related is None or isinstance(related, str):
        return ""
    return f"{related._meta.db_table}.{related._meta.pk.column}"
