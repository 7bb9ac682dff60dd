"""What can be wrong with a question to the law's clock."""

from __future__ import annotations

from tenants.errors import DomainError


class ClockError(DomainError):
    """The question cannot be answered as it was asked."""

    code = "clock.bad_input"
    http_status = 422


class BadPeriod(ClockError):
    """A period that is no lawful period: unknown unit, or not a positive whole amount."""

    code = "clock.bad_period"


class NoDefaultPeriod(ClockError):
    """The decree gives this class no period (a statutory petition, an unknown class)."""

    code = "clock.no_default_period"


class BadInstant(ClockError):
    """Not an instant: unreadable, or without a time zone."""

    code = "clock.bad_instant"


class BadAdjustment(ClockError):
    """Cannot stop this clock: ends before it starts, or starts before the receipt."""

    code = "clock.bad_adjustment"


class AdjustmentStillOpen(ClockError):
    """A stretch without an end stops the clock: the due time is not known yet."""

    code = "clock.adjustment_open"


class InspectionTooLong(ClockError):
    """More field inspection than 14 days, once extended by 7 (시행령 제17조 제4항)."""

    code = "clock.inspection_too_long"


class ExtensionNotAllowed(ClockError):
    """Longer than the period itself, or a further time, or again without the petitioner's consent.

    민원 처리에 관한 법률 시행령 제21조 제1항.
    """

    code = "clock.extension_not_allowed"


class ExtensionReasonUnlawful(ClockError):
    """Overload, late assignment or absence of staff is no reason (시행령 제21조 제2항)."""

    code = "clock.extension_reason_unlawful"


class BadOfficeHours(ClockError):
    """Office hours that overlap, run backwards, or hold less than eight working hours."""

    code = "clock.bad_office_hours"


class CalendarTooShort(ClockError):
    """The holidays are not known that far: a due time there would be a guess."""

    code = "clock.calendar_too_short"
    http_status = 503
