"""Whom operators call about a city, and how much it may use."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sodam.console.acting import note
from sodam.console.cities_words import name_of
from sodam.console.opening_draft import Draft
from sodam.console.opening_forms import PeopleForm
from sodam.ui.platform_pages import platform_page
from tenants.cities import city_change
from tenants.selectors import CityRow, city_get
from tenants.types import OPEN, SUSPENDED


class CityForm(PeopleForm):
    """As in the wizard, without the first administrator."""

    admin_name = admin_email = None  # type: ignore[assignment]  # Django's way to leave a field out


@require_http_methods(["GET", "POST"])
@platform_page("operator")
def city_edit(request: HttpRequest, code: str) -> HttpResponseBase:
    row = city_get(code, on=timezone.localdate())
    if row.status not in (OPEN, SUSPENDED):
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = CityForm(given, code=code, draft=_draft(row))
    if given is None or not form.is_valid():
        facts = {"form": form, "row": row, "name": name_of(row), "menu": "cities"}
        return render(request, "console/city_edit.html", facts, status=422 if form.errors else 200)
    told = Draft(code=code).answered("people", **form.facts())
    city_change(code, contacts=told.contacts(), limits=told.limits())
    note(request, "city.described", city=code, facts=dict(told.limits()))
    messages.success(request, _("담당자와 한도를 고쳤습니다."))
    return HttpResponseRedirect(reverse("console_city", args=[code]), status=303)


def _draft(row: CityRow) -> Draft:
    contacts, limits = row.contacts, row.limits
    return Draft(
        code=row.code,
        contact_name=contacts.get("name", ""),
        contact_department=contacts.get("department", ""),
        contact_phone=contacts.get("phone", ""),
        contact_email=contacts.get("email", ""),
        staff_accounts=limits.get("staff_accounts"),
        storage_gb=limits.get("storage_gb"),
        messages_per_month=limits.get("messages_per_month"),
    )
