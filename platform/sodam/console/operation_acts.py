"""What people do with an operation: stop and undo, try again, approve, refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sodam.console.acting import asker_of, note
from sodam.console.cities_words import name_of_city
from sodam.console.operation_view import view_of
from sodam.console.operation_words import title_of
from sodam.ui.platform_pages import platform_page
from tenants.errors import DomainError
from tenants.provisioning.operations import (
    operation_approve,
    operation_cancel,
    operation_get,
    operation_retry,
    operation_take,
)
from tenants.types import OperationFacts


@require_http_methods(["GET", "POST"])
@platform_page("operator")
def operation_stop(request: HttpRequest, operation_id: UUID) -> HttpResponseBase:
    """Asked once more before it is done: what will be undone stands on the page."""
    found = operation_get(operation_id)
    if request.method == "POST":
        said = _("멈추라고 했습니다. 지금 하는 단계가 끝나면 멈춥니다.")
        return _done(request, found, "cancel", operation_cancel, said)
    name, view = name_of_city(found.city_code), view_of(found, now=timezone.now())
    facts = {
        "operation": found,
        "view": view,
        "stop_word": _("중지하고 되돌리기") if view.undoes else _("멈추기"),
        "title": title_of(found, name),
        "name": name,
        "menu": "operations",
    }
    return render(request, "console/operation_stop.html", facts)


@require_POST
@platform_page("operator")
def operation_again(request: HttpRequest, operation_id: UUID) -> HttpResponseBase:
    """Go on with the step that failed."""
    found = operation_get(operation_id)
    return _done(request, found, "retry", operation_retry, _("멈춘 단계부터 다시 합니다."))


@require_POST
@platform_page("approver")
def operation_agree(request: HttpRequest, operation_id: UUID) -> HttpResponseBase:
    """The second person's yes, or no."""
    found = operation_get(operation_id)
    if request.POST.get("answer") == "no":
        return _done(request, found, "refuse", operation_cancel, _("승인하지 않았습니다."))

    def approve(each: UUID) -> object:
        return operation_approve(each, by=asker_of(request), now=timezone.now())

    return _done(request, found, "approve", approve, _("승인했습니다. 곧 시작합니다."))


@never_cache
@require_POST
@platform_page("operator")
def operation_invitation(request: HttpRequest, operation_id: UUID) -> HttpResponseBase:
    """The address that lets the first administrator in: shown to one person, once."""
    found = operation_get(operation_id)
    address = operation_take(found.id, "invitation_url")
    if address:
        _note(request, found, "invitation_shown")
    facts = {
        "operation": found,
        "title": title_of(found, name_of_city(found.city_code)),
        "address": address or "",
        "email": found.arguments.get("admin_email", ""),
        "menu": "cities",
    }
    return render(request, "console/invitation.html", facts)


def _done(
    request: HttpRequest,
    found: OperationFacts,
    verb: str,
    act: Callable[[UUID], Any],
    said: str,
) -> HttpResponseRedirect:
    """Do it with its note in the audit, and go back to the operation's page."""
    try:
        with transaction.atomic():
            act(found.id)
            _note(request, found, verb)
    except DomainError as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("console_operation", args=[found.id]), status=303)


def _note(request: HttpRequest, found: OperationFacts, verb: str) -> None:
    action, facts = f"operation.{found.kind}_{verb}", {"asked_by": found.asked_by_name}
    note(request, action, city=found.city_code, subject_id=found.id, facts=facts)
