"""How large a demo world is: which governments open, and how many voices each has in a year."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

LEFT_FOR_THE_VISITOR = "sejong"
SMALL_CITIES = ("busan", "seoul", "jeonnamgwangju")
SMALL_VOICES = 150
LARGEST_VOICES, SMALLEST_VOICES = 4000, 600
MODEL_CITY = "busan"
SHARE_OF_OTHERS = 0.3
"""Next to Busan, the paper's city, the others are thinned out so that a laptop builds all."""


def cities_of(size: str, governments: list[str]) -> list[str]:
    """The governments a world opens, Busan first."""
    if size == "small":
        return [code for code in SMALL_CITIES if code in governments]
    rest = [code for code in governments if code not in (MODEL_CITY, LEFT_FOR_THE_VISITOR)]
    return [MODEL_CITY, *rest]


def voices_of(size: str, city: str, residents: Mapping[str, int]) -> int:
    """How many voices of a year: by the root of the residents, as large cities file less each."""
    if size == "small":
        return SMALL_VOICES
    if city == MODEL_CITY:
        return LARGEST_VOICES
    ratio = residents.get(city, 0) / residents[MODEL_CITY]
    return max(SMALLEST_VOICES, round(LARGEST_VOICES * sqrt(ratio) * SHARE_OF_OTHERS))
