"""What is counted: whole numbers that may be added up over days, departments and cities."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from core_crm.surveys.types import SCORED_ITEMS

RECEIVED = ("received",)
CLOSED = (
    "closed",
    "answered",
    "unable",
    "withdrawn",
    "transferred",
    "settled",
    "on_time",
    "allowed_minutes",
    "used_minutes",
)
RATED = (
    "invited",
    "rated",
    *(f"{item}_{what}" for item in SCORED_ITEMS for what in ("sum", "count")),
    "solved",
    "unsolved",
)
MEASURES = RECEIVED + CLOSED + RATED
"""All measures, in the order of docs/reference/indicators.md."""

Measures: TypeAlias = Mapping[str, int]
NO_MEASURES: Measures = MappingProxyType(dict.fromkeys(MEASURES, 0))


class Slice(StrEnum):
    """By what the facts of a month are kept apart; each slice adds up to the same whole."""

    DEPARTMENT = "department"
    CATEGORY = "category"
    CHANNEL = "channel"
