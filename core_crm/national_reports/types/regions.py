"""Regions, slices and what each city handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Slice(StrEnum):
    """By what a region's month is taken apart. Below `city` only months that are over."""

    CITY = "city"
    BUREAU = "bureau"
    DEPARTMENT = "department"
    CATEGORY = "category"
    PETITION_CLASS = "petition_class"
    COMPOUND = "compound"  # keys "compound" and "simple"


@dataclass(frozen=True, slots=True)
class NationalRegionRow:
    """A government of today. `status` is the city's: open, suspended, not_open or closed."""

    code: str
    name_ko: str
    name_en: str
    short_name_ko: str
    sort: int
    residents: int | None
    counted_on: date | None
    status: str


class SubmissionState(StrEnum):
    """Whether a city's facts came in."""

    RECEIVED = "received"
    MISSING = "missing"  # not open here, or it has no facts yet
    FAILED = "failed"  # its facts could not be read this time: the figures of before stand


@dataclass(frozen=True, slots=True)
class Finding:
    """One automatic check that a submission did not pass, and what mends it."""

    code: str
    text_ko: str
    text_en: str
    mend_ko: str
    mend_en: str


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """What one region handed in: when it was read, how fresh its facts were, what was found.

    `submitted_at` is the last successful reading; `tried_at` the last attempt. `data_at` is when
    the city computed its facts. `is_late`: the facts were older than an hour when read.
    """

    code: str
    name_ko: str
    name_en: str
    state: SubmissionState
    tried_at: datetime | None
    submitted_at: datetime | None
    data_at: datetime | None
    months: int
    is_late: bool
    findings: tuple[Finding, ...]
    digest: str
