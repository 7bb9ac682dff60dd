"""The documents behind categories and the service catalogue (kind `code_list`)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

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


class CodeEntry(_Strict):
    """One word of a list. A retired one stays for what was said with it, and is no longer offered.

    `parent`: the code of the entry it belongs to. `maps_to`: the standard's code, for comparison.
    """

    label: TwoLanguages
    sort: int = 0
    parent: str = ""
    maps_to: str = ""
    retired: bool = False


class CodeList(_Strict):
    """Any other document of the kind `code_list`: words that a city chooses among."""

    label: TwoLanguages
    description: TwoLanguages | None = None
    items: dict[Annotated[str, Field(pattern=CODE)], CodeEntry]

    @model_validator(mode="after")
    def _parents_are_there(self) -> Self:
        for code in self.items:
            self._walk_up(code)
        return self

    def _walk_up(self, code: str) -> None:
        """From an entry to the top. Raises ValueError when a parent is missing or comes twice."""
        seen, here = {code}, code
        while parent := self.items[here].parent:
            if parent not in self.items:
                raise ValueError(f"‘{here}’의 위 항목 ‘{parent}’이(가) 없습니다")
            if parent in seen:
                raise ValueError(f"‘{code}’의 위 항목이 돌고 돕니다")
            seen.add(parent)
            here = parent
