"""The document kind `calendar`: when a city's offices work."""

from __future__ import annotations

from datetime import time
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Label(BaseModel):
    """A name in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ko: str = Field(min_length=1)
    en: str = Field(min_length=1)


class BreakDefinition(BaseModel):
    """A daily pause, e.g. lunch: no working time."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    label: Label
    starts_at: time = Field(alias="from")
    ends_at: time = Field(alias="to")


class CalendarDefinition(BaseModel):
    """Office hours of every working day. Which days are working days is law, not a choice."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    label: Label
    time_zone: Literal["Asia/Seoul"] = "Asia/Seoul"
    opens_at: time
    closes_at: time
    breaks: dict[str, BreakDefinition] = Field(default_factory=dict)
