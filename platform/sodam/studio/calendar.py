"""`/studio/calendar`: office hours, public holidays, and a calculator for due times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.calendars import (
    SEOUL,
    Adjustment,
    CityCalendar,
    Due,
    Extension,
    Kind,
    Period,
    Unit,
    city_calendar,
    default_period,
    due,
    public_holidays,
    reach_check,
)
from core_crm.calendars.errors import CalendarTooShort
from core_crm.voices.selectors.targets import city_targets, target_at
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.saving import may_change
from sodam.studio.words import class_words, unit_words
from tenants.errors import DomainError

LATEST_RECEIPT = date(2100, 12, 31)
STRETCHES = ("supplement", "inspection", "outage")


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        label=label, required=False, widget=widget, input_formats=["%Y-%m-%dT%H:%M"]
    )


@dataclass(frozen=True, slots=True)
class StepLine:
    """One stretch of a count, in words."""

    start: datetime
    end: datetime
    counted: str
    is_counted: bool
    article: str


class DueForm(forms.Form):
    """What happened to a petition; a class or a period of its own."""

    received_on = forms.DateField(
        label=gettext_lazy("접수일"),
        error_messages={"required": gettext_lazy("접수일을 적어 주세요.")},
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        validators=[MaxValueValidator(LATEST_RECEIPT)],
    )
    received_time = forms.TimeField(
        label=gettext_lazy("접수 시각"),
        error_messages={"required": gettext_lazy("접수 시각을 적어 주세요.")},
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    petition_class = forms.ChoiceField(label=gettext_lazy("민원 종류"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("처리기간 단위"), required=False)
    amount = forms.IntegerField(
        label=gettext_lazy("처리기간"), required=False, min_value=1, max_value=400
    )
    supplement_from = _day(gettext_lazy("보완 요청한 날"))
    supplement_to = _day(gettext_lazy("보완이 온 날"))
    inspection_from = _day(gettext_lazy("현장조사 첫날"))
    inspection_to = _day(gettext_lazy("현장조사 마지막 날"))
    outage_from = _moment(gettext_lazy("장애 시작"))
    outage_to = _moment(gettext_lazy("장애 끝"))
    is_extended = forms.BooleanField(label=gettext_lazy("한 차례 연장"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(code, word) for code, word in class_words().items() if code != "statutory"]
        own: Any = self.fields["petition_class"]
        own.choices = [("", _("직접 정함")), *kinds]
        units: Any = self.fields["unit"]
        units.choices = list(unit_words().items())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in STRETCHES:
            first, last = given.get(f"{name}_from"), given.get(f"{name}_to")
            if bool(first) != bool(last):
                missing = f"{name}_to" if first else f"{name}_from"
                self.add_error(missing, _("기간은 시작과 끝을 모두 적어 주세요."))
        is_own = not given.get("petition_class") and given.get("unit") != Unit.IMMEDIATELY
        if is_own and "amount" not in self.errors and not given.get("amount"):
            self.add_error("amount", _("처리기간의 수를 적어 주세요."))
        return given

    def answer(self, calendar: CityCalendar) -> Due:
        """The due time of the valid input. Raises ClockError."""
        extensions = [Extension()] if self.cleaned_data["is_extended"] else []
        return due(
            self._period(),
            self.received_at,
            calendar,
            adjustments=self.left_out(),
            extensions=extensions,
        )

    def promise(self, lawful: Due, calendar: CityCalendar) -> datetime | None:
        """The city's own target for the class, before that due time; None without one."""
        kind = self.cleaned_data["petition_class"]
        found = city_targets().best(petition_class=kind, category="", service="")
        if not kind or found is None:
            return None
        return target_at(
            *found,
            from_at=self.received_at,
            due_at=lawful.at,
            calendar=calendar,
            adjustments=self.left_out(),
        ).at

    @property
    def received_at(self) -> datetime:
        given = self.cleaned_data
        return datetime.combine(given["received_on"], given["received_time"], SEOUL)

    def left_out(self) -> list[Adjustment]:
        """The stretches that do not count."""
        given, found = self.cleaned_data, []
        for kind in (Kind.SUPPLEMENT, Kind.INSPECTION):
            first, last = given[f"{kind}_from"], given[f"{kind}_to"]
            found += [Adjustment.over_days(kind, first, last)] if first else []
        if given["outage_from"]:
            found.append(Adjustment(Kind.OUTAGE, given["outage_from"], given["outage_to"]))
        return found

    def _period(self) -> Period:
        given = self.cleaned_data
        if given["petition_class"]:
            return default_period(given["petition_class"])
        unit = Unit(given["unit"])
        return Period(unit, 1 if unit == Unit.IMMEDIATELY else given["amount"])


@studio_page
def calendar(request: StudioRequest) -> HttpResponseBase:
    """Hours, holidays of a year, and the calculator; `?received_on=…` computes."""
    hours = city_calendar()
    form = DueForm(request.GET) if "received_on" in request.GET else DueForm(initial=_initial())
    answer = _answer(form, hours)
    year = _year(request)
    facts = {
        "hours": hours.hours,
        "year": year,
        "years": _years(),
        "holidays": [day for day in sorted(hours.holidays.names.items()) if day[0].year == year],
        "is_forecast": date(year, 1, 1) > hours.holidays.gazette_until,
        "reach": _reach(),
        "form": form,
        "answer": answer,
        "promise": form.promise(answer, hours) if answer else None,
        "may_change": may_change(request),
        "steps": [_line(step) for step in answer.steps] if answer else [],
        "has_errors": bool(form.is_bound and form.errors),
        "place": "calendar",
    }
    return show(request, "studio/calendar.html", facts)


def _answer(form: DueForm, hours: CityCalendar) -> Due | None:
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return form.answer(hours)
    except DomainError as error:
        form.add_error(None, error.message)
        return None


def _initial() -> dict[str, Any]:
    now = timezone.localtime()
    return {
        "received_on": now.date(),
        "received_time": now.time().replace(second=0, microsecond=0),
        "petition_class": "grievance",
        "unit": Unit.DAYS,
    }


def _line(step: Any) -> StepLine:
    number = f"{float(step.counted):g}"
    words = {
        "hours": _("%(n)s시간") % {"n": number},
        "days": _("%(n)s일") % {"n": number},
        "calendar_days": _("%(n)s일(달력)") % {"n": number},
    }
    word = words[step.unit] if step.counted else _("세지 않음")
    return StepLine(step.from_at, step.to_at, word, bool(step.counted), step.article)


def _years() -> list[int]:
    table = public_holidays()
    return list(range(table.gazette_until.year - 2, table.gazette_until.year + 3))


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    this = timezone.localdate().year
    return int(asked) if asked.isascii() and asked.isdigit() and int(asked) in _years() else this


def _reach() -> Any:
    try:
        return reach_check(timezone.localdate())
    except CalendarTooShort:
        return None
