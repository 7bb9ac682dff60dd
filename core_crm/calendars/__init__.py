"""Lawful time: office hours, holidays and the statutory clock. Pure: no Django, no database."""

from core_crm.calendars.adjustments import (
    EXTENSION_REASONS,
    Adjustment,
    Extension,
    ExtensionReason,
    Kind,
    extension_reason_check,
)
from core_crm.calendars.answers import clock_answer
from core_crm.calendars.cities import city_calendar
from core_crm.calendars.clock import Due, due
from core_crm.calendars.comparing import is_not_longer
from core_crm.calendars.holidays import (
    HolidayTable,
    Reach,
    public_holidays,
    reach_check,
)
from core_crm.calendars.hours import SEOUL, CityCalendar
from core_crm.calendars.periods import Counting, Period, Unit, default_period
from core_crm.calendars.remaining import Remaining, merged, remaining
from core_crm.calendars.shares import WorkingTime, moment_at_share
from core_crm.calendars.steps import Step
from core_crm.calendars.types import CalendarDefinition
from core_crm.calendars.used import ProcessingTime, processing_time

__all__ = [
    "EXTENSION_REASONS",
    "SEOUL",
    "Adjustment",
    "CalendarDefinition",
    "CityCalendar",
    "Counting",
    "Due",
    "Extension",
    "ExtensionReason",
    "HolidayTable",
    "Kind",
    "Period",
    "ProcessingTime",
    "Reach",
    "Remaining",
    "Step",
    "Unit",
    "WorkingTime",
    "city_calendar",
    "clock_answer",
    "default_period",
    "due",
    "extension_reason_check",
    "is_not_longer",
    "merged",
    "moment_at_share",
    "processing_time",
    "public_holidays",
    "reach_check",
    "remaining",
]
