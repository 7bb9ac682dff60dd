"""The calendar of the city being served: its `calendar` document on the platform's holidays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core_crm.calendars.hours import CityCalendar
from core_crm.extension_points import document

DOCUMENT_CODE = "office"

_known: dict[tuple[str, tuple[tuple[date, str], ...]], CityCalendar] = {}


def city_calendar(*, extra_holidays: Mapping[date, str] | None = None) -> CityCalendar:
    """Office hours and holidays as effective now in the city being served.

    `extra_holidays`: days declared after the table was printed, from the platform's own table.
    """
    effective = document("calendar", DOCUMENT_CODE)
    extra = tuple(sorted((extra_holidays or {}).items()))
    key = (effective.digest, extra)
    if key not in _known:
        _known[key] = CityCalendar.from_document(effective.body, extra_holidays=dict(extra))
    return _known[key]
