"""`/staff/organisations/<uuid>`: one body on one page; written down, changed, opened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core_crm.audit.services import disclosure_note
from core_crm.customers.selectors import organisation_card, organisation_get
from core_crm.customers.services import organisation_change, organisation_register
from core_crm.staff.types import Right
from sodam.staff import organisation_view
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.customer import SHORTEST_REASON
from sodam.staff.doing import actor_of
from sodam.staff.organisation_forms import ROWS, OrganisationEditForm, OrganisationForm
from sodam.staff.small_acts import saved

OPENED = "representative_name phone email contacts"
OPENED_MEMBER = "name phone email"


@require_GET
@official_page(Right.CUSTOMER_VIEW)
def body_page(request: StaffRequest, organisation_id: UUID) -> HttpResponseBase:
    """The page; people and contacts on it are covered."""
    return _shown(request, organisation_get(organisation_id))


@require_POST
@official_page(Right.CUSTOMER_UNMASK)
@transaction.atomic
def unmask(request: StaffRequest, organisation_id: UUID) -> HttpResponseBase:
    """The same page with what was covered, once, for a reason kept for the body and each member."""
    body = organisation_get(organisation_id)
    reason = request.POST.get("reason", "").strip()[:200]
    if len(reason) < SHORTEST_REASON:
        return _shown(request, body, problem=_("다섯 글자 이상으로 이유를 써 주세요."))
    card = organisation_card(body, today=timezone.localdate())
    told = {"actor": actor_of(request), "action": "customer.unmasked", "reason": reason}
    told |= {"route": "staff_organisation_unmask", "now": timezone.now()}
    disclosure_note(subject_ids=[body.pk], subject_kind="organisation", fields=OPENED, **told)
    people = [one.citizen_id for one in (*card.members, *card.former)]
    disclosure_note(subject_ids=people, fields=OPENED_MEMBER, **told)
    return _shown(request, body, is_open=True)


@require_http_methods(["GET", "POST"])
@official_page(Right.CUSTOMER_CHANGE)
def new_page(request: StaffRequest) -> HttpResponseBase:
    """Write down a body."""
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = saved(
            form,
            lambda: organisation_register(form.draft(), by=actor_of(request), now=timezone.now()),
        )
        if made is not None:
            messages.success(request, _("법인·단체를 등록했습니다."))
            return HttpResponseRedirect(page_of(made), status=303)
    context = _context(form) | {"back_url": reverse("staff_customers") + "?kind=organisations"}
    return _form_page(request, form, context)


@require_http_methods(["GET", "POST"])
@official_page(Right.CUSTOMER_CHANGE)
def edit_page(request: StaffRequest, organisation_id: UUID) -> HttpResponseBase:
    """Change what is known; what is covered stays so and is typed anew."""
    body = organisation_get(organisation_id)
    form = OrganisationEditForm(
        request.POST if request.method == "POST" else None, organisation=body
    )
    if form.is_valid():
        changed = saved(
            form,
            lambda: organisation_change(
                body, form.draft(), by=actor_of(request), now=timezone.now()
            ),
        )
        if changed is not None:
            messages.success(request, _("법인·단체 정보를 고쳤습니다."))
            return HttpResponseRedirect(page_of(body), status=303)
    cleared = form["cleared"] if "cleared" in form.fields else None
    context = _context(form) | {"body": body, "back_url": page_of(body), "cleared": cleared}
    return _form_page(request, form, context)


def page_of(body: Any) -> str:
    return reverse("staff_organisation", args=[body.pk])


def _shown(
    request: StaffRequest, body: Any, *, is_open: bool = False, problem: str = ""
) -> HttpResponseBase:
    official = request.official
    card = organisation_card(body, today=timezone.localdate())
    context = {
        "menu": "customers",
        "body": organisation_view.identity(body, is_open=is_open),
        "card": organisation_view.around(card, is_open=is_open),
        "may_change": official.has(Right.CUSTOMER_CHANGE) and body.state == "active",
        "may_open": official.has(Right.CUSTOMER_UNMASK) and not is_open,
        "unmask_error": problem,
        "back_url": reverse("staff_customers") + "?kind=organisations",
    }
    status = 422 if problem else 200
    return show(request, "staff/customers/organisation.html", context, status=status)


def _context(form: forms.Form) -> dict[str, Any]:
    rows = [[form[name] for name in row] for row in ROWS]
    return {"menu": "customers", "form": form, "form_rows": rows}


def _form_page(request: StaffRequest, form: forms.Form, context: Any) -> HttpResponseBase:
    status = 422 if form.errors else 200
    return show(request, "staff/customers/organisation_form.html", context, status=status)
