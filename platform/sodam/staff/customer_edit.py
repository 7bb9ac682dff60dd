"""`/staff/customers/new` and `…/edit`: writing down somebody new, and changing what is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core_crm.customers.errors import ContactNotReadable
from core_crm.customers.selectors import citizen_get, citizen_list_by_contact, survivor_of
from core_crm.customers.selectors.duplicates import possible_duplicates
from core_crm.customers.services import citizen_change, citizen_register
from core_crm.customers.services.reading import read_email, read_phone
from core_crm.customers.types import CitizenDraft, CustomerState, Evidence
from core_crm.staff.types import Right
from sodam.staff import customer_view
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.customer_forms import ROWS, CitizenEditForm, CitizenForm
from sodam.staff.doing import actor_of
from sodam.staff.merge_words import evidence_words
from sodam.staff.small_acts import saved

MOST = 5


@require_http_methods(["GET", "POST"])
@official_page(Right.CUSTOMER_CHANGE)
def new_page(request: StaffRequest) -> HttpResponseBase:
    """Somebody new; who may be known already is shown before anybody is written down twice."""
    form = CitizenForm(request.POST if request.method == "POST" else None)
    suspects: list[dict[str, Any]] = []
    if form.is_valid():
        draft = form.draft()
        suspects = [] if request.POST.get("anew") else suspects_of(draft)
        made = None if suspects else saved(form, lambda: _register(request, draft))
        if made is not None:
            messages.success(request, _("고객을 등록했습니다."))
            return HttpResponseRedirect(reverse("staff_customer", args=[made.pk]), status=303)
    context = _context(form) | {"suspects": suspects}
    status = 422 if form.errors else 409 if suspects else 200
    return show(request, "staff/customers/new.html", context, status=status)


def suspects_of(draft: CitizenDraft) -> list[dict[str, Any]]:
    """Who may be the same person, with what speaks for it; then who shares a contact. Covered."""
    likely = {one.citizen.pk: one for one in possible_duplicates(draft, limit=MOST)}
    shown = [_suspect(one.citizen, _because(one.evidence)) for one in likely.values()]
    sharing = [one for one in _sharing(draft) if one.pk not in likely]
    return [*shown, *(_suspect(one, _("같은 연락처를 씁니다")) for one in sharing)][:MOST]


def _suspect(citizen: Any, why: str) -> dict[str, Any]:
    return {**customer_view.identity(citizen), "why": why}


def _because(evidence: Iterable[Evidence]) -> str:
    return " · ".join(str(one.word) for one in evidence_words(evidence))


def _sharing(draft: CitizenDraft) -> list[Any]:
    try:
        phone, email = read_phone(draft.phone), read_email(draft.email)
    except ContactNotReadable:
        return []
    found = {
        one.pk: one
        for contact in ({"phone": phone}, {"email": email})
        if any(contact.values())
        for one in citizen_list_by_contact(**contact)[:MOST]
        if one.state == CustomerState.ACTIVE
    }
    return list(found.values())


def _register(request: StaffRequest, draft: CitizenDraft) -> Any:
    return citizen_register(draft, by=actor_of(request), now=timezone.now())


@require_http_methods(["GET", "POST"])
@official_page(Right.CUSTOMER_CHANGE)
def edit_page(request: StaffRequest, citizen_id: UUID) -> HttpResponseBase:
    """What is covered stays so: it is typed anew to be changed, and nothing is disclosed."""
    citizen, today = survivor_of(citizen_get(citizen_id)), timezone.localdate()
    form = CitizenEditForm(
        request.POST if request.method == "POST" else None, citizen=citizen, today=today
    )
    if form.is_valid():
        changed = saved(
            form,
            lambda: citizen_change(citizen, form.draft(), by=actor_of(request), now=timezone.now()),
        )
        if changed is not None:
            messages.success(request, _("고객 정보를 고쳤습니다."))
            return HttpResponseRedirect(reverse("staff_customer", args=[citizen.pk]), status=303)
    context = _context(form) | {
        "who": customer_view.identity(citizen),
        "cleared": form["cleared"] if "cleared" in form.fields else None,
    }
    return show(request, "staff/customers/edit.html", context, status=422 if form.errors else 200)


def _context(form: CitizenForm) -> dict[str, Any]:
    return {
        "menu": "customers",
        "form": form,
        "form_rows": [[form[name] for name in row] for row in ROWS],
    }
