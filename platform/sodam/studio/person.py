"""One person: invited, changed, sent a new link, stopped after handing over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core_crm.staff.selectors import official_get
from core_crm.staff.services import (
    invitation_make,
    official_change,
    official_invite,
    official_leave,
    official_return,
    work_held_by,
)
from core_crm.staff.types import Right, rights_of
from sodam.studio.access import StudioRequest, show
from sodam.studio.invited import hand_out, links_once
from sodam.studio.managing import managers_page, seers_page
from sodam.studio.people import state_of, state_signs
from sodam.studio.person_form import LeavingForm, PersonForm
from sodam.studio.plan_words import right_words
from tenants.context import current_city
from tenants.errors import DomainError


@require_http_methods(["GET", "POST"])
@managers_page
def person_new(request: StudioRequest) -> HttpResponseBase:
    """Invite somebody: an account, a seat, roles, and a link by which they come in."""
    form = PersonForm(request.POST or None, initial={"roles": ["officer"]})
    if form.is_valid():
        now = timezone.now()
        try:
            with transaction.atomic():
                made = official_invite(**form.facts(), by=request.official, now=now)
                hand_out(request, [invitation_make(made, by=request.official, now=now)])
        except (DomainError, ValidationError) as refused:
            form.add_error(None, _said(refused))
        else:
            return _to(made)
    facts = {"form": form, "has_errors": bool(form.errors), "place": "people"}
    return show(request, "studio/person_new.html", facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@seers_page
def person_page(request: StudioRequest, official_id: UUID) -> HttpResponseBase:
    """Who they are and what they hold. A change is looked at before it is saved."""
    person = person_or_404(official_id)
    form = PersonForm(request.POST or None, person=person, initial=_initial(person))
    if form.is_valid() and "save" in request.POST:
        try:
            official_change(person, **form.facts(), by=request.official, now=timezone.now())
        except (DomainError, ValidationError) as refused:
            form.add_error(None, _said(refused))
        else:
            messages.success(request, _("저장했습니다."))
            return _to(person)
    return _shown(request, person, form, LeavingForm(person=person))


@require_POST
@managers_page
def person_link(request: StudioRequest, official_id: UUID) -> HttpResponseBase:
    """A new link by which they set a password; the one before opens nothing any more."""
    person = person_or_404(official_id)
    try:
        with transaction.atomic():
            made = invitation_make(person, by=request.official, now=timezone.now())
            hand_out(request, [made])
    except DomainError as refused:
        messages.warning(request, _(refused.message))
    return _to(person)


@require_POST
@managers_page
def person_leave(request: StudioRequest, official_id: UUID) -> HttpResponseBase:
    """What they hold goes to the heir, and the account is stopped."""
    person = person_or_404(official_id)
    leaving = LeavingForm(request.POST, person=person)
    if leaving.is_valid():
        try:
            now, by = timezone.now(), request.official
            moved = official_leave(person, heir=leaving.chosen(), by=by, now=now)
        except DomainError as refused:
            leaving.add_error("heir", _(refused.message))
        else:
            count = sum(work.count for work in moved)
            messages.success(request, _("멈췄습니다. 넘긴 업무 %(n)d건.") % {"n": count})
            return _to(person)
    form = PersonForm(person=person, initial=_initial(person))
    return _shown(request, person, form, leaving)


@require_POST
@managers_page
def person_return(request: StudioRequest, official_id: UUID) -> HttpResponseBase:
    """Open the account again."""
    person = person_or_404(official_id)
    try:
        official_return(person, by=request.official, now=timezone.now())
        messages.success(request, _("다시 쓸 수 있게 했습니다."))
    except DomainError as refused:
        messages.warning(request, _(refused.message))
    return _to(person)


def person_or_404(official_id: UUID) -> Any:
    """Somebody of this city, stopped or not."""
    person = official_get(official_id)
    if person is None:
        raise Http404
    return person


def _initial(person: Any) -> dict[str, Any]:
    return {
        "name": person.name,
        "department": person.department.code if person.department else "",
        "position": person.position,
        "phone": person.phone,
        "roles": person.roles,
    }


def _said(refused: DomainError | ValidationError) -> str:
    return _(refused.message) if isinstance(refused, DomainError) else " ".join(refused.messages)


def _to(person: Any) -> HttpResponseBase:
    return HttpResponseRedirect(reverse("studio_person", args=[person.id]), status=303)


def _shown(
    request: StudioRequest, person: Any, form: PersonForm, leaving: LeavingForm
) -> HttpResponseBase:
    state = state_of(person)
    has_errors = bool(form.errors or leaving.errors)
    facts = {
        "person": person,
        "form": form,
        "leaving": leaving,
        "state": state_signs()[state],
        "held": work_held_by(person),
        "looked": _looked(person, form) if form.is_bound and form.is_valid() else None,
        "may_manage": request.official.has(Right.STAFF_MANAGE),
        "is_self": person.id == request.official.id,
        "links": links_once(request),
        "city_is_trial": current_city().is_trial,
        "has_errors": has_errors,
        "place": "people",
    }
    return show(request, "studio/person.html", facts, status=422 if has_errors else 200)


def _looked(person: Any, form: PersonForm) -> dict[str, Any]:
    """What saving would do: rights gained and lost, and a department that changes."""
    words, given = right_words(), form.facts()
    before, after = person.rights, rights_of(given["roles"])
    department = given["department"]
    is_moving = department is not None and department.id != person.department_id
    return {
        "gains": [words[right] for right in Right if right in after - before],
        "losses": [words[right] for right in Right if right in before - after],
        "department": department.name_ko if is_moving else "",
        "is_nothing": not form.has_changed(),
    }
