"""Measures that are shown or hidden together, because one tells about the others."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from core_crm.kpis.types.measures import CLOSED, MEASURES, RATED, RECEIVED


class Family(StrEnum):
    """What is counted: intake, closings, answers to the survey."""

    RECEIVED = "received"
    CLOSED = "closed"
    RATED = "rated"


FAMILIES: Mapping[Family, tuple[str, ...]] = {
    Family.RECEIVED: RECEIVED,
    # Every answered or refused case is invited, so `invited` tells `settled`: one family.
    Family.CLOSED: (*CLOSED, "invited"),
    Family.RATED: tuple(name for name in RATED if name != "invited"),
}
"""Each measure belongs to exactly one family."""

COUNTED: Mapping[Family, tuple[str, ...]] = {
    Family.RECEIVED: ("received",),
    Family.CLOSED: ("closed", "settled", "invited"),
    Family.RATED: ("rated", *(name for name in RATED if name.endswith("_count"))),
}
"""The counts of people and cases in a family: from 1 to 4 of any of them hides the whole family.

The others are what is said *of* those cases (minutes, points, how many were on time).
"""

_FAMILY = {name: family for family, names in FAMILIES.items() for name in names}


def family_of(measure: str) -> Family:
    """Which family a measure belongs to. Raises KeyError for what is no measure."""
    return _FAMILY[measure]


def measures_of(hidden: frozenset[Family]) -> tuple[str, ...]:
    """The measures that are not shown when these families are hidden."""
    return tuple(name for name in MEASURES if _FAMILY[name] in hidden)
