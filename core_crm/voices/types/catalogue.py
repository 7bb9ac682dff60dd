"""The documents behind categories and the service catalogue (kind `code_list`)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from core_crm.voices.types.words import PetitionClass

PeriodUnit = Literal["immediately", "hours", "days", "weeks", "months", "years"]
CODE = r"^[a-z][a-z0-9_]*$"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TwoLanguages(_Strict):
    """A text in Korean and English."""

    ko: str
    en: str = ""


class CategoryEntry(_Strict):
    """One thing a citizen chooses from when filing a voice (분야)."""

    label: TwoLanguages
    icon: str = ""
    petition_class: PetitionClass
    department_role: str
    sort: int = 0
    notice: TwoLanguages | None = None


class CategoryList(_Strict):
    """The document `code_list/categories`."""

    version: str = ""
    categories: dict[str, CategoryEntry]


class PeriodEntry(_Strict):
    """A processing period as the law words it."""

    unit: PeriodUnit
    amount: int = Field(ge=1)


class ServiceEntry(_Strict):
    """One petition of the service catalogue (민원편람)."""

    title: TwoLanguages
    category: str
    legal_basis: str = ""
    period: PeriodEntry
    petition_class: PetitionClass = PetitionClass.STATUTORY
    is_compound: bool = False
    department_role: str
    documents: tuple[str, ...] = ()
    fee_krw: int | None = None
    fee_note: str = ""


class ServiceList(_Strict):
    """The document `code_list/services`."""

    version: str = ""
    written_on: date | None = None
    services: dict[str, ServiceEntry]
