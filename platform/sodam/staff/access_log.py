"""S34 `/staff/audit`: who saw whose data and why, what to ask about, and the month's review."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from core_crm.audit.selectors import actors_in, alerts_between, disclosure_page, review_of, reviews
from core_crm.audit.selectors.access_log import PAGE, LogFilters
from core_crm.audit.services import month_span, review_sign
from core_crm.customers.selectors import names_of
from core_crm.staff.types import Right
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.access_log_words import (
    CHOICES,
    SUBJECTS,
    TITLES,
    action_sign,
    alert_text,
    fields_word,
    route_word,
)
from sodam.staff.customer_words import name_of, word_of
from sodam.staff.doing import actor_of
from sodam.staff.labels import Sign
from tenants.errors import DomainError

MONTHS = 24
NARROWED = ("who", "whom", "what", "bare")


class ReviewForm(forms.Form):
    """What came of the alerts; the name and the moment come from who signs."""

    note = forms.CharField(
        label=gettext_lazy("점검 의견"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("이상 징후를 누구에게 어떻게 확인했는지 씁니다."),
    )


@require_GET
@official_page(Right.AUDIT_VIEW)
def log_page(request: StaffRequest) -> HttpResponseBase:
    """One month of the access log, the newest first."""
    return _page(request, _month(request.GET.get("month", "")), ReviewForm())


@require_POST
@official_page(Right.PRIVACY_MANAGE)
def review(request: StaffRequest) -> HttpResponseBase:
    """Sign the review of a month that is over."""
    month, form = _month(request.POST.get("month", "")), ReviewForm(request.POST)
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            review_sign(month, note=note, by=actor_of(request), now=timezone.now())
        except DomainError as refused:
            form.add_error("note", _(refused.message))
        else:
            messages.success(request, _("이 달의 접속기록 점검을 마쳤습니다."))
            return HttpResponseRedirect(f"{_here()}?month={month:%Y-%m}", status=303)
    return _page(request, month, form)


def _page(request: StaffRequest, month: date, form: ReviewForm) -> HttpResponseBase:
    since, until = month_span(month)
    filters, now = _filters(request, since, until), timezone.now()
    found = disclosure_page(filters, before=_before(request))
    rows, more = found[:PAGE], found[PAGE:]
    context = {
        "menu": "customers",
        "month": month,
        "months": _months(timezone.localdate()),
        "who": actors_in(since, until),
        "acts": [(code, action_sign(code).word) for code in CHOICES],
        "filters": filters,
        "rows": _lines(rows),
        "is_later": "before" in request.GET,
        "is_narrowed": any(request.GET.get(name) for name in NARROWED),
        "all_url": f"{_here()}?month={month:%Y-%m}",
        "next_url": _next(request, month, rows[-1]) if more else "",
        "alerts": [_alert(one, month) for one in alerts_between(since, until)],
        "review": review_of(month),
        "reviews": reviews(),
        "is_over": until <= now,
        "form": form if request.official.has(Right.PRIVACY_MANAGE) else None,
    }
    status = 422 if form.errors else 200
    return show(request, "staff/access_log.html", context, status=status)


def _lines(rows: list[Any]) -> list[dict[str, Any]]:
    """Each with whom it was about, covered; who is no citizen any more has no name."""
    names = names_of([row.subject_id for row in rows if row.subject_kind == "citizen"])
    return [
        {
            "row": row,
            "whom": _whom(row, names),
            "whom_url": _link(row) if row.subject_id in names else "",
            "sign": action_sign(row.action),
            "page": route_word(row.route),
            "fields": fields_word(row.fields),
        }
        for row in rows
    ]


def _whom(row: Any, names: dict[UUID, str]) -> str:
    if row.subject_kind != "citizen":
        return word_of(SUBJECTS, row.subject_kind)
    known = names.get(row.subject_id)
    return _("지워진 고객") if known is None else name_of(known)


def _link(row: Any) -> str:
    return f"{_here()}?{urlencode({'month': f'{row.at:%Y-%m}', 'whom': row.subject_id})}"


def _alert(alert: Any, month: date) -> dict[str, Any]:
    query = {"month": f"{month:%Y-%m}", "who": alert.actor_id}
    more = {"exports": {"what": "customer.exported"}, "no_reason": {"bare": 1}}
    tone = "no" if alert.code == "no_reason" else "wait"
    return {
        "sign": Sign(TITLES[alert.code], "alert", tone),
        "text": alert_text(alert),
        "last": alert.last,
        "url": f"{_here()}?{urlencode(query | more.get(alert.code, {}))}",
    }


def _filters(request: StaffRequest, since: datetime, until: datetime) -> LogFilters:
    return LogFilters(
        since,
        until,
        actor_id=_uuid(request.GET.get("who", "")),
        subject_id=_uuid(request.GET.get("whom", "")),
        action=request.GET.get("what", ""),
        is_without_reason=bool(request.GET.get("bare")),
    )


def _before(request: StaffRequest) -> tuple[datetime, UUID] | None:
    moment, _dot, last = request.GET.get("before", "").partition("_")
    known = _uuid(last)
    try:
        return (datetime.fromisoformat(moment), known) if known else None
    except ValueError:
        return None


def _next(request: StaffRequest, month: date, last: Any) -> str:
    kept = {name: request.GET[name] for name in NARROWED if request.GET.get(name)}
    before = f"{last.at.isoformat()}_{last.id}"
    return f"{_here()}?{urlencode({'month': f'{month:%Y-%m}', **kept, 'before': before})}"


def _month(text: str) -> date:
    """The month that an address names; the running one for anything else."""
    this = timezone.localdate().replace(day=1)
    try:
        named = date.fromisoformat(f"{text}-01")
    except ValueError:
        return this
    return min(named, this)


def _months(today: date) -> list[date]:
    found = [today.replace(day=1)]
    while len(found) < MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _here() -> str:
    return reverse("staff_access_log")
