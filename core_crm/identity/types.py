"""The document kinds `terminology` and `branding`: one document `city` of each."""

from __future__ import annotations

import math
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from core_crm.calendars.types import Label
from core_crm.identity.palette import is_readable, weakest_contrast

PHONE = r"^[0-9][0-9-]{1,14}[0-9]$"
COLOUR = r"^#[0-9a-f]{6}$"
MOST_FOOTER_LINES = 8


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CallCentre(_Strict):
    """Whom a citizen phones. `phone` as it is dialled: `120`, `052-120`."""

    name: Label
    phone: str = Field(pattern=PHONE)
    hours: Label


class Terminology(_Strict):
    """What this government calls things, in the words its citizens know."""

    call_centre: CallCentre
    service_name: Label = Field(description="The name of the citizens' pages.")
    residents: Label = Field(description="시민 in a city, 도민 in a province.")
    civil_office: Label = Field(description="Where one goes in person (민원실).")
    city_hall: Label = Field(description="시청, 도청.")


class Mark(_Strict):
    """The sign beside the name: a bubble, or one or two letters on a shape."""

    shape: Literal["bubble", "round", "square"] = "bubble"
    letters: str = Field(default="", max_length=2)


class FooterLine(_Strict):
    """A line at the foot of the citizens' pages, e.g. the address of the city hall."""

    sort: int = 0
    text: Label


class Branding(_Strict):
    """How this government's pages look. Everything else is KRDS, the same everywhere.

    `colour` is for words and buttons. `masthead`: the official line above the pages of an official
    site (전자정부 누리집 안내); no other site ever shows it.
    """

    colour: str = Field(pattern=COLOUR)
    mark: Mark = Mark()
    masthead: bool = True
    footer: dict[str, FooterLine] = Field(default_factory=dict, max_length=MOST_FOOTER_LINES)

    @field_validator("colour")
    @classmethod
    def _can_be_read(cls, colour: str) -> str:
        if not is_readable(colour):
            shown = math.floor(weakest_contrast(colour) * 100) / 100
            raise ValueError(
                f"글자를 읽기 어려운 색입니다. 명도 대비가 {shown}:1이고 4.5:1 이상이어야 합니다. "
                "더 어두운 색을 고르세요"
            )
        return colour
