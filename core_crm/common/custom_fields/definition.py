"""The document kind `form`: what a city asks beyond the standard, without a migration."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from core_crm.common.labels import TwoLanguages

FieldCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,47}$")]

MOST_FIELDS, MOST_CHOICES = 60, 200
MOST_RETENTION_DAYS = 3650


class FieldType(StrEnum):
    """What a field holds. Kept as JSON: a text, a number, a truth, an ISO day, a list of codes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    TRUTH = "truth"


class PersonalData(StrEnum):
    """How the law looks at what a field holds (개인정보 보호법 제2조, 제23조, 제24조)."""

    NONE = "none"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    UNIQUE_ID = "unique_id"


class Mask(StrEnum):
    """What officials see of a value before they unmask it with a reason."""

    NONE = "none"
    NAME = "name"
    PHONE = "phone"
    ALL = "all"


SEARCHABLE = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.NUMBER)
WITH_CHOICES = (FieldType.CHOICE, FieldType.MULTI_CHOICE)
GRAVE = (PersonalData.SENSITIVE, PersonalData.UNIQUE_ID)


class Part(BaseModel):
    """Every part refuses unknown keys and never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldChoice(Part):
    """One answer of a choice. A retired one is shown where it was given, and offered no more."""

    label: TwoLanguages
    sort: int = 0
    retired: bool = False


class CustomField(Part):
    """One thing more that is asked. `shown_when`: a predicate over what is known by then.

    `retention_days`: how long after closing a value is kept; none: as long as its case.
    """

    label: TwoLanguages
    hint: TwoLanguages | None = None
    type: FieldType
    choices: dict[FieldCode, FieldChoice] = Field(default_factory=dict, max_length=MOST_CHOICES)
    required: bool = False
    required_for_categories: tuple[str, ...] = ()
    shown_when: dict[str, Any] | None = None
    personal_data: PersonalData = PersonalData.NONE
    mask: Mask = Mask.NONE
    searchable: bool = False
    in_inbox: bool = False
    in_api: bool = True
    retention_days: int | None = Field(default=None, ge=1, le=MOST_RETENTION_DAYS)
    sort: int = 0
    retired: bool = False

    @model_validator(mode="after")
    def _has_choices_where_it_needs_them(self) -> Self:
        if self.type in WITH_CHOICES and not any(not one.retired for one in self.choices.values()):
            raise ValueError("고를 항목(choices)을 하나 이상 두세요")
        if self.type not in WITH_CHOICES and self.choices:
            raise ValueError("고를 항목(choices)은 choice와 multi_choice에만 둡니다")
        return self

    @model_validator(mode="after")
    def _is_found_by_its_words(self) -> Self:
        if self.searchable and self.type not in SEARCHABLE:
            raise ValueError("글과 수만 찾을 수 있습니다. 고르는 항목은 목록의 조건으로 좁힙니다")
        return self

    @model_validator(mode="after")
    def _treats_personal_data_by_law(self) -> Self:
        """Masked, not found by a search, and not kept for ever (개인정보 보호법 제21조, 제24조)."""
        if self.personal_data == PersonalData.NONE:
            return self
        if self.mask == Mask.NONE:
            raise ValueError(
                "개인정보는 가리고 보여야 합니다. mask를 name, phone, all에서 고르세요"
            )
        if self.searchable:
            raise ValueError("개인정보로는 찾을 수 없습니다. searchable을 끄세요")
        if self.personal_data in GRAVE and self.retention_days is None:
            raise ValueError("민감정보와 고유식별정보에는 보관 일수(retention_days)를 정하세요")
        return self

    @property
    def is_personal(self) -> bool:
        return self.personal_data != PersonalData.NONE


class FormDefinition(Part):
    """What one kind of thing (`voice`, `citizen`) has beside its standard fields, by code."""

    fields: dict[FieldCode, CustomField] = Field(default_factory=dict, max_length=MOST_FIELDS)

    def ordered(self) -> list[tuple[str, CustomField]]:
        """Every field, retired ones too, as it is asked: by `sort`, then code."""
        return sorted(self.fields.items(), key=lambda each: (each[1].sort, each[0]))

    def asked(self) -> list[tuple[str, CustomField]]:
        """The fields that are asked for today."""
        return [each for each in self.ordered() if not each[1].retired]

    def only(self, code: str) -> FormDefinition:
        """The same form with one field."""
        return FormDefinition(fields={code: self.fields[code]})
