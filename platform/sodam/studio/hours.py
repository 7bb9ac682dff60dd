"""`/studio/calendar/hours`: when the offices work, changed by a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core_crm.calendars import CityCalendar
from customization.public import Impact, in_force, value_at, what_if
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.saving import findings_at, is_unchanged, may_change, proposed, tree_with
from tenants.errors import DomainError

PLACE = ("calendar", "office")
LUNCH = "lunch"
LUNCH_LABEL = {"ko": "점심시간", "en": "Lunch"}


def _time(label: Any, *, required: bool = True) -> forms.TimeField:
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget)


class HoursForm(forms.Form):
    """Opening, closing, and the pause at noon. A city's other pauses stay as they are."""

    opens_at = _time(gettext_lazy("여는 시각"))
    closes_at = _time(gettext_lazy("닫는 시각"))
    lunch_from = _time(gettext_lazy("점심 시작"), required=False)
    lunch_to = _time(gettext_lazy("점심 끝"), required=False)

    def __init__(self, *args: Any, body: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.old = body

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("lunch_from")) != bool(given.get("lunch_to")):
            missing = "lunch_to" if given.get("lunch_from") else "lunch_from"
            self.add_error(missing, _("점심시간은 시작과 끝을 모두 적어 주세요."))
        if not self.errors:
            self._is_a_day()
        return given

    def _is_a_day(self) -> None:
        """Eight working hours at least, in order: the law's clock counts by them."""
        try:
            CityCalendar.from_document(self.body())
        except DomainError as refused:
            self.add_error("closes_at", refused.message)
        except ValueError:
            self.add_error("closes_at", _("시각의 앞뒤가 맞지 않습니다. 다시 확인해 주세요."))

    def body(self) -> dict[str, Any]:
        """The document as it would be."""
        given = self.cleaned_data
        pauses = {name: dict(pause) for name, pause in self.old.get("breaks", {}).items()}
        lunch = pauses.pop(LUNCH, {"label": LUNCH_LABEL})
        if given["lunch_from"]:
            times = {"from": _text(given["lunch_from"]), "to": _text(given["lunch_to"])}
            pauses[LUNCH] = {**lunch, **times}
        return {
            **self.old,
            "opens_at": _text(given["opens_at"]),
            "closes_at": _text(given["closes_at"]),
            "breaks": pauses,
        }


@require_http_methods(["GET", "POST"])
@studio_page
def hours(request: StudioRequest) -> HttpResponseBase:
    """Hours as they are; `try` counts the last thousand cases anew, saving makes a change."""
    found = in_force()
    body = dict(value_at(found.tree, PLACE))
    form = HoursForm(
        request.POST if request.method == "POST" else None, body=body, initial=_initial(body)
    )
    if request.method == "GET" or not form.is_valid():
        return _shown(request, form)
    wanted = tree_with({PLACE: form.body()}, found=found)
    for one in findings_at(wanted, PLACE):
        form.add_error(None, one.message)
    if form.is_valid() and "try" in request.POST:
        return _shown(request, form, impacts=what_if(found.tree, wanted, now=timezone.now()))
    if form.is_valid() and is_unchanged(wanted, found=found):
        form.add_error(None, _("바뀐 값이 없습니다."))
    if not form.is_valid():
        return _shown(request, form)
    title = request.POST.get("title", "").strip() or _("근무시간")
    return proposed(request, wanted, title=title)


def _shown(
    request: StudioRequest, form: HoursForm, *, impacts: list[Impact] | None = None
) -> HttpResponseBase:
    facts = {
        "form": form,
        "impacts": impacts,
        "change_title": request.POST.get("title", ""),
        "may_change": may_change(request),
        "has_errors": bool(form.is_bound and form.errors),
        "place": "calendar",
    }
    return show(request, "studio/hours.html", facts, status=422 if form.errors else 200)


def _initial(body: Mapping[str, Any]) -> dict[str, Any]:
    lunch = body.get("breaks", {}).get(LUNCH, {})
    return {
        "opens_at": body["opens_at"],
        "closes_at": body["closes_at"],
        "lunch_from": lunch.get("from", ""),
        "lunch_to": lunch.get("to", ""),
    }


def _text(at: Any) -> str:
    return f"{at:%H:%M}"
