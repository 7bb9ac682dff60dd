"""What must hold for every petition, whenever it comes and whatever happens to it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from core_crm.calendars import (
    SEOUL,
    Adjustment,
    CityCalendar,
    Extension,
    Kind,
    Period,
    Unit,
    due,
    public_holidays,
    remaining,
)
from core_crm.calendars.periods import Counting

CALENDAR = CityCalendar()

FIRST = datetime(2018, 1, 1, tzinfo=SEOUL)
YEARS_SECONDS = 12 * 365 * 86_400
instants = st.integers(0, YEARS_SECONDS).map(lambda second: FIRST + timedelta(seconds=second))
short_units = {Unit.HOURS: 60, Unit.DAYS: 60, Unit.WEEKS: 8, Unit.MONTHS: 12, Unit.YEARS: 2}


@st.composite
def periods(draw: st.DrawFn) -> Period:
    unit = draw(st.sampled_from(list(Unit)))
    return Period(unit, draw(st.integers(1, short_units.get(unit, 1))))


@st.composite
def supplements(draw: st.DrawFn, received: datetime) -> Adjustment:
    first = received.date() + timedelta(days=draw(st.integers(0, 40)))
    return Adjustment.over_days(
        "supplement", first, first + timedelta(days=draw(st.integers(0, 9)))
    )


@given(periods(), instants, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_who_comes_later_is_never_due_earlier(
    period: Period, at: datetime, wait: timedelta
) -> None:
    assert due(period, at, CALENDAR).at <= due(period, at + wait, CALENDAR).at


@given(periods(), instants)
def test_a_due_time_is_a_working_moment_after_the_receipt(period: Period, at: datetime) -> None:
    end = due(period, at, CALENDAR).at
    assert CALENDAR.is_open(end)
    assert end > at or period.counting != Counting.WORKING_HOURS


@given(periods(), instants, st.integers(0, 400))
def test_another_holiday_never_makes_it_earlier(period: Period, at: datetime, days: int) -> None:
    extra = {at.date() + timedelta(days=days): "임시공휴일"}
    later = CityCalendar(holidays=public_holidays().with_extra(extra))
    assert due(period, at, later).at >= due(period, at, CALENDAR).at


@given(periods(), instants, st.data())
def test_a_shorter_period_is_never_due_later(
    period: Period, at: datetime, data: st.DataObject
) -> None:
    shorter = Period(period.unit, data.draw(st.integers(1, period.amount)))
    assert due(shorter, at, CALENDAR).at <= due(period, at, CALENDAR).at


@given(instants)
def test_five_days_in_hours_are_never_due_after_six_in_days(at: datetime) -> None:
    five, six = Period(Unit.DAYS, 5), Period(Unit.DAYS, 6)
    assert due(five, at, CALENDAR).at <= due(six, at, CALENDAR).at


@given(periods(), instants, st.data())
def test_a_supplement_shifts_by_exactly_the_time_left_out(
    period: Period, at: datetime, data: st.DataObject
) -> None:
    one = data.draw(supplements(at))
    plain, shifted = due(period, at, CALENDAR), due(period, at, CALENDAR, adjustments=[one])
    assert shifted.at >= plain.at
    assert sum(step.counted for step in shifted.steps) == sum(step.counted for step in plain.steps)
    if period.counting == Counting.WORKING_HOURS:
        start, end = one.stretch
        lost = CALENDAR.working_seconds(max(start, at), min(end, shifted.at))
        assert CALENDAR.working_seconds(plain.at, shifted.at) == lost


@given(instants, st.integers(6, 60), st.data())
def test_in_days_a_supplement_costs_its_working_days(
    at: datetime, amount: int, data: st.DataObject
) -> None:
    one = data.draw(supplements(at))
    period = Period(Unit.DAYS, amount)
    plain, shifted = due(period, at, CALENDAR), due(period, at, CALENDAR, adjustments=[one])
    gone = _working_days(one.starts_at.date(), min(one.end.date(), shifted.at.date()))
    later = _working_days(plain.at.date() + timedelta(days=1), shifted.at.date())
    assert later == gone


@given(periods(), instants, st.data())
def test_an_extension_never_makes_it_earlier_and_at_most_doubles(
    period: Period, at: datetime, data: st.DataObject
) -> None:
    extension = Extension(data.draw(st.integers(1, period.amount)))
    extended = due(period, at, CALENDAR, extensions=[extension])
    assert extended.at >= due(period, at, CALENDAR).at
    assert extended.at <= due(period, at, CALENDAR, extensions=[Extension()]).at


@given(periods(), instants, st.data())
def test_steps_are_in_order_each_has_its_article_and_the_last_ends_at_the_due_time(
    period: Period, at: datetime, data: st.DataObject
) -> None:
    one = data.draw(supplements(at))
    answer = due(period, at, CALENDAR, adjustments=[one], extensions=[Extension()])
    assert answer.steps[-1].to_at == answer.at
    assert all(step.article and step.from_at < step.to_at for step in answer.steps)
    pairs = zip(answer.steps, answer.steps[1:], strict=False)
    assert all(a.to_at <= b.from_at for a, b in pairs)


@given(periods(), instants)
def test_nothing_is_used_at_receipt_and_everything_at_the_due_time(
    period: Period, at: datetime
) -> None:
    end = due(period, at, CALENDAR).at
    assume(CALENDAR.working_seconds(at, end) > 0)
    first = remaining(at, received_at=at, due_at=end, calendar=CALENDAR)
    last = remaining(end, received_at=at, due_at=end, calendar=CALENDAR)
    assert (first.used_ratio, last.seconds_left, last.used_ratio) == (0.0, 0, 1.0)
    assert not last.is_overdue


@given(st.sampled_from(list(Kind)), instants, st.integers(0, 9))
def test_a_stretch_of_whole_days_leaves_out_the_same_days_whatever_its_kind(
    kind: Kind, at: datetime, days: int
) -> None:
    first = at.date()
    one = Adjustment.over_days(kind, first, first + timedelta(days=days))
    alike = Adjustment.over_days("supplement", first, first + timedelta(days=days))
    period = Period(Unit.DAYS, 10)
    assert due(period, at, CALENDAR, adjustments=[one]).at == (
        due(period, at, CALENDAR, adjustments=[alike]).at
    )


def _working_days(first: date, last: date) -> int:
    days = (last - first).days + 1
    return sum(CALENDAR.is_working_day(first + timedelta(days=n)) for n in range(max(0, days)))
