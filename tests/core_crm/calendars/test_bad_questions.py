"""Questions the clock refuses, each by its name."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from core_crm.calendars import (
    SEOUL,
    Adjustment,
    CityCalendar,
    Extension,
    Kind,
    Period,
    Unit,
    clock_answer,
    default_period,
    due,
    extension_reason_check,
)
from core_crm.calendars.errors import (
    AdjustmentStillOpen,
    BadAdjustment,
    BadInstant,
    BadOfficeHours,
    BadPeriod,
    ClockError,
    ExtensionNotAllowed,
    ExtensionReasonUnlawful,
    InspectionTooLong,
    NoDefaultPeriod,
)

AT = datetime(2026, 11, 24, 10, tzinfo=SEOUL)
WEEK = Period(Unit.DAYS, 7)
CALENDAR = CityCalendar()


@pytest.mark.parametrize("amount", [0, -1, True])
def test_a_period_is_a_positive_whole_amount(amount: int) -> None:
    with pytest.raises(BadPeriod):
        Period(Unit.DAYS, amount)


def test_at_once_takes_no_amount_and_an_unknown_unit_is_named() -> None:
    with pytest.raises(BadPeriod):
        Period(Unit.IMMEDIATELY, 2)
    with pytest.raises(BadPeriod) as raised:
        clock_answer(unit="fortnights", amount=1, received="2026-11-24T10:00")
    assert raised.value.facts["unit"] == "fortnights"


def test_every_other_unit_needs_its_amount() -> None:
    with pytest.raises(BadPeriod):
        clock_answer(unit="days", received="2026-11-24T10:00")


def test_a_moment_without_a_time_zone_is_no_instant() -> None:
    with pytest.raises(BadInstant):
        due(WEEK, AT.replace(tzinfo=None), CALENDAR)


def test_words_that_are_no_time_are_refused() -> None:
    with pytest.raises(BadInstant):
        clock_answer(unit="days", amount=3, received="어제 낮")


@pytest.mark.parametrize("text", ["2026-11-25", "2026-11-25..", "2026-11-27..2026-11-25"])
def test_a_stretch_has_a_start_and_a_later_end(text: str) -> None:
    with pytest.raises(BadAdjustment):
        clock_answer(unit="days", amount=7, received="2026-11-24T10:00", supplements=[text])


def test_a_supplement_cannot_begin_before_the_receipt_but_an_outage_can() -> None:
    day_before = AT.date() - timedelta(days=1)
    with pytest.raises(BadAdjustment):
        due(
            WEEK,
            AT,
            CALENDAR,
            adjustments=[Adjustment.over_days("supplement", day_before, AT.date())],
        )
    outage = Adjustment.over_days("outage", day_before, AT.date())
    assert due(WEEK, AT, CALENDAR, adjustments=[outage]).at.date() == date(2026, 12, 3)


def test_an_open_stretch_gives_no_due_time_unless_it_is_asked_as_of_a_moment() -> None:
    waiting = Adjustment(Kind.SUPPLEMENT, AT + timedelta(days=1))
    with pytest.raises(AdjustmentStillOpen):
        due(WEEK, AT, CALENDAR, adjustments=[waiting])
    as_of = AT + timedelta(days=3)
    assert due(WEEK, AT, CALENDAR, adjustments=[waiting], as_of=as_of).at.date() == date(
        2026, 12, 7
    )


def test_inspection_is_fourteen_days_and_once_seven_more() -> None:
    first = date(2026, 11, 25)
    long = Adjustment.over_days("inspection", first, first + timedelta(days=20))
    steps = due(WEEK, AT, CALENDAR, adjustments=[long]).steps
    assert any("제17조 제4항 단서" in step.article for step in steps)
    too_long = Adjustment.over_days("inspection", first, first + timedelta(days=21))
    with pytest.raises(InspectionTooLong) as raised:
        due(WEEK, AT, CALENDAR, adjustments=[too_long])
    assert raised.value.facts["days"] == 22


@pytest.mark.parametrize(
    "extensions",
    [
        [Extension(8)],
        [Extension(0)],
        [Extension(), Extension()],
        [Extension(), Extension(with_consent=True), Extension(with_consent=True)],
    ],
    ids=["longer than the period", "nothing", "again without consent", "a third time"],
)
def test_an_extension_beyond_the_decree_is_refused_with_its_article(
    extensions: list[Extension],
) -> None:
    with pytest.raises(ExtensionNotAllowed) as raised:
        due(WEEK, AT, CALENDAR, extensions=extensions)
    assert "제21조" in raised.value.facts["article"]


@pytest.mark.parametrize("reason", ["overload", "late_assignment", "absence", "holiday_mood"])
def test_overload_absence_and_unknown_reasons_do_not_extend(reason: str) -> None:
    with pytest.raises(ExtensionReasonUnlawful) as raised:
        extension_reason_check(reason, on=date(2026, 5, 6))
    assert "제21조 제2항" in raised.value.facts["article"]


def test_before_may_2026_an_unavoidable_overload_was_no_matter() -> None:
    assert extension_reason_check("overload", on=date(2026, 5, 5))


def test_a_lawful_reason_names_its_item() -> None:
    assert extension_reason_check("fact_finding", on=AT.date()).endswith("제21조 제1항 제2호")


@pytest.mark.parametrize(
    ("petition_class", "unit", "amount", "article"),
    [
        ("inquiry_legal", "days", 14, "제14조 제1호"),
        ("inquiry", "days", 7, "제14조 제2호"),
        ("suggestion", "days", 14, "제15조"),
        ("other", "immediately", 1, "제16조 제1항"),
        ("grievance", "days", 7, "제17조 제1항"),
    ],
)
def test_each_class_has_the_decrees_period(
    petition_class: str, unit: str, amount: int, article: str
) -> None:
    period = default_period(petition_class)
    assert (period.unit, period.amount) == (unit, amount)
    assert period.article.endswith(article)


def test_a_statutory_petition_has_no_period_without_its_service_item() -> None:
    with pytest.raises(NoDefaultPeriod):
        default_period("statutory")


@pytest.mark.parametrize(
    "hours",
    [
        (),
        ((time(9), time(12)), (time(11), time(18))),
        ((time(18), time(9)),),
        ((time(10), time(12)), (time(13), time(18))),
    ],
    ids=["none", "overlapping", "backwards", "seven hours would lengthen periods"],
)
def test_office_hours_that_would_break_the_clock_are_refused(
    hours: tuple[tuple[time, time], ...],
) -> None:
    with pytest.raises(BadOfficeHours):
        CityCalendar(hours)


def test_every_refusal_is_one_kind_of_error_with_a_korean_sentence() -> None:
    with pytest.raises(ClockError) as raised:
        clock_answer(unit="days", amount=0, received="2026-11-24T10:00")
    assert raised.value.http_status == 422
    assert raised.value.message.endswith("다.")
