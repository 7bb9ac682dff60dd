"""`/staff/occasions`: what people came to (방문·행사), who came, and writing a visit down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core_crm.common.pages import page_of
from core_crm.customers.selectors import (
    occasion_get,
    occasion_kinds,
    occasion_list,
    participants_of,
)
from core_crm.customers.services import occasion_register, participation_note
from core_crm.staff.types import Right
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.customer_links import address_of
from sodam.staff.customer_pick import Picked, anybody
from sodam.staff.customer_words import SOURCES, listed, name_of, phone_of, span_of, word_of
from sodam.staff.doing import actor_of
from sodam.staff.organisation_forms import OccasionForm, VisitForm
from sodam.staff.small_acts import lead_to, picked, saved
from sodam.ui import words

SIZE = 50
VISIT = {"word": gettext_lazy("방문 적기"), "button": gettext_lazy("적기")}


@require_GET
@official_page(Right.CUSTOMER_VIEW)
def occasions_page(request: StaffRequest) -> HttpResponseBase:
    """All of them, the latest first, with how often somebody came."""
    found = occasion_list().annotate(size=Count("participations"))
    cursor = request.GET.get("after", "")
    page = page_of(found, order=("-starts_on", "-id"), cursor=cursor, size=SIZE)
    here = reverse("staff_occasions")
    context = {
        "menu": "customers",
        "rows": [told(one) | {"size": one.size} for one in page.items],
        "next_url": page.next_cursor and f"{here}?after={page.next_cursor}",
        "may_change": request.official.has(Right.CUSTOMER_CHANGE),
    }
    return show(request, "staff/customers/occasions.html", context)


@require_http_methods(["GET", "POST"])
@official_page(Right.CUSTOMER_CHANGE)
def new_page(request: StaffRequest) -> HttpResponseBase:
    """Write down a visit or event."""
    form = OccasionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        made = saved(
            form,
            lambda: occasion_register(**given, by=actor_of(request), now=timezone.now()),
        )
        if made is not None:
            messages.success(request, _("방문·행사를 등록했습니다."))
            return HttpResponseRedirect(_home_of(made), status=303)
    context = {"menu": "customers", "form": form}
    status = 422 if form.errors else 200
    return show(request, "staff/customers/occasion_new.html", context, status=status)


@require_GET
@official_page(Right.CUSTOMER_VIEW)
def occasion_page(request: StaffRequest, occasion_id: UUID) -> HttpResponseBase:
    """What it was, and who came (covered)."""
    occasion = occasion_get(occasion_id)
    came, cursor = participants_of(occasion), request.GET.get("after", "")
    page = page_of(came, order=("on", "id"), cursor=cursor, size=SIZE)
    context = {
        "menu": "customers",
        "occasion": told(occasion),
        "total": came.count(),
        "rows": [_participant(one) for one in page.items],
        "next_url": page.next_cursor and f"{_home_of(occasion)}?after={page.next_cursor}",
        "may_change": request.official.has(Right.CUSTOMER_CHANGE),
    }
    return show(request, "staff/customers/occasion.html", context)


@require_http_methods(["GET", "POST"])
@official_page(Right.CUSTOMER_CHANGE)
def visit_page(request: StaffRequest, occasion_id: UUID) -> HttpResponseBase:
    """Write down that somebody came."""
    occasion = occasion_get(occasion_id)
    days = {"first": occasion.starts_on, "last": occasion.ends_on}
    if request.method == "GET":
        first = min(max(timezone.localdate(), occasion.starts_on), occasion.ends_on)
        form = VisitForm(initial={"on": first}, auto_id="visit-%s", **days)
        return _visit_form(request, occasion, form, [])
    form, found = (
        VisitForm(request.POST, auto_id="visit-%s", **days),
        anybody(request.POST.get("q", "")),
    )
    if form.is_valid() and (who := picked(form, found, request)) is not None:
        given = {name: form.cleaned_data[name] for name in ("on", "role")}
        come = {"source": "staff", "now": timezone.now(), **given}
        if saved(form, lambda: participation_note(occasion, who, **come)) is not None:
            messages.success(request, _("방문을 적었습니다."))
            return lead_to(request, _home_of(occasion))
    return _visit_form(request, occasion, form, found)


def _visit_form(
    request: StaffRequest, occasion: Any, form: VisitForm, found: list[Picked]
) -> HttpResponseBase:
    context = {
        "menu": "customers",
        "act": VISIT,
        "url": reverse("staff_occasion_visit", args=[occasion.pk]),
        "form": form,
        "found": found,
        "back_url": _home_of(occasion),
    }
    status = 422 if form.errors else 200
    return show(request, "staff/customers/act.html", context, status=status)


def told(occasion: Any) -> dict[str, Any]:
    """What a page says of an occasion."""
    return {
        "id": occasion.pk,
        "name": occasion.name,
        "kind": listed(occasion_kinds().get(occasion.kind), occasion.kind),
        "venue": occasion.venue,
        "days": _days(occasion),
        "source": occasion.source,
        "url": _home_of(occasion),
    }


def _days(occasion: Any) -> str:
    """`2025. 3. 1. – 2025. 3. 8.`; the one day of what was over the same day."""
    if occasion.starts_on == occasion.ends_on:
        return words.bare_date(occasion.starts_on)
    return span_of(occasion.starts_on, occasion.ends_on)


def _participant(one: Any) -> dict[str, Any]:
    body = one.organisation
    return {
        "name": name_of(one.citizen.name),
        "letter": one.citizen.name[:1] or "–",
        "phone": phone_of(one.citizen.phone),
        "url": address_of("staff_customer", one.citizen_id),
        "on": one.on,
        "role": one.role,
        "body": body.name if body else "",
        "body_url": address_of("staff_organisation", body.pk) if body else "",
        "source": word_of(SOURCES, one.source),
    }


def _home_of(occasion: Any) -> str:
    return reverse("staff_occasion", args=[occasion.pk])
