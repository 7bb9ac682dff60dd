"""A proposal as its city's pages would be: a signed link, for a day, for who may see settings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from customization.public import change_get, change_plan
from sodam.studio.access import StudioRequest, show, studio_page
from tenants.context import current_city
from tenants.errors import DomainError

COOKIE, SALT = "sodam_preview", "studio.preview"
LIVES_SECONDS = 24 * 3600


class PreviewOver(DomainError):
    """The link is too old, was cut short, or belongs to another city."""

    code = "preview.over"
    http_status = 404


def token_for(change_id: UUID) -> str:
    """A link's secret part: names a proposal of this city, and stands for a day."""
    return signing.dumps([current_city().code, str(change_id)], salt=SALT)


def change_in(token: str) -> UUID:
    """The proposal a token names. Raises PreviewOver."""
    try:
        city, change_id = signing.loads(token, salt=SALT, max_age=LIVES_SECONDS)
    except (signing.BadSignature, ValueError) as refused:
        raise PreviewOver(_("미리보기 주소가 하루를 넘었거나 잘렸습니다.")) from refused
    if city != current_city().code:
        raise PreviewOver(_("다른 시·도의 미리보기 주소입니다."))
    return UUID(change_id)


def preview_address(request: HttpRequest, change: Any) -> str:
    """The whole address to hand to a colleague."""
    path = reverse("studio_preview", args=[token_for(change.id)])
    return request.build_absolute_uri(path)


@require_POST
@studio_page
def preview_start(request: StudioRequest, change_id: UUID) -> HttpResponseBase:
    """Make the link, and say it on the change's page."""
    change = change_get(change_id)
    page = reverse("studio_change", args=[change.id])
    return HttpResponseRedirect(f"{page}?preview=1", status=303)


@require_GET
@studio_page
def preview_page(request: StudioRequest, token: str) -> HttpResponseBase:
    """What one will see, and the button that begins it. Raises PreviewOver, ChangeUnknown."""
    change = change_get(change_in(token))
    is_right = not change_plan(change).problems
    facts = {"change": change, "token": token, "is_right": is_right, "place": "changes"}
    return show(request, "studio/preview.html", facts)


@require_POST
@studio_page
def preview_enter(request: StudioRequest, token: str) -> HttpResponseBase:
    """Show the city's pages with the proposal in force, to this browser only."""
    change_in(token)
    there = {"staff": reverse("staff_home")}.get(request.POST.get("to", ""), reverse("home"))
    response = HttpResponseRedirect(there, status=303)
    response.set_cookie(COOKIE, token, max_age=LIVES_SECONDS, httponly=True, samesite="Lax")
    return response


@require_POST
def preview_leave(request: HttpRequest) -> HttpResponseBase:
    """Back to what is in force, and to the proposal's page."""
    try:
        change_id = change_in(request.COOKIES.get(COOKIE, ""))
        there = reverse("studio_change", args=[change_id])
    except DomainError:
        there = reverse("studio_changes")
    response = HttpResponseRedirect(there, status=303)
    response.delete_cookie(COOKIE)
    return response
