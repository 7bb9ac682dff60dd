"""`/staff/visit`: an operator begins a visit by the console's link, and ends it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core_crm.audit.errors import VisitLinkInvalid
from core_crm.audit.selectors import visit_get
from core_crm.audit.services import actor_of_visit, visit_end, visit_enter, visit_of_token
from sodam.staff.operator_visit import KEY
from sodam.ui import idle
from sodam.ui.platform_pages import door
from tenants.accounts.selectors import is_operator


@never_cache
@require_http_methods(["GET", "POST"])
def visit_page(request: HttpRequest) -> HttpResponseBase:
    """What the visit will be; looking uses the link up as little as a mail scanner may.

    The secret part stands behind the `?`: no log keeps it.
    """
    token = request.GET.get("k", "")
    try:
        visit = _asked_by_an_operator(token)
        if request.method == "POST":
            return _entered(request, token)
    except VisitLinkInvalid as gone:
        return render(request, "staff/visit.html", {"why": gone.message}, status=404)
    return render(request, "staff/visit.html", {"visit": visit})


def _asked_by_an_operator(token: str) -> Any:
    visit = visit_of_token(token, now=timezone.now())
    if not is_operator(visit.operator_id):
        raise VisitLinkInvalid(_("이 운영자 계정은 지금 쓸 수 없습니다."))
    return visit


def _entered(request: HttpRequest, token: str) -> HttpResponseBase:
    """A new session that holds the visit and nothing of who used this browser before."""
    now = timezone.now()
    visit = visit_enter(token, origin=request.META.get("REMOTE_ADDR", ""), now=now)
    request.session.flush()
    request.session[KEY] = str(visit.id)
    request.session.set_expiry(visit.minutes * 60)
    rotate_token(request)
    idle.touch(request, now=now)
    return HttpResponseRedirect(reverse("staff_home"), status=303)


@require_POST
def visit_leave(request: HttpRequest) -> HttpResponseBase:
    """End the visit of this browser."""
    kept = request.session.get(KEY)
    visit = visit_get(UUID(kept)) if kept else None
    if visit is not None:
        origin = request.META.get("REMOTE_ADDR", "")
        by = actor_of_visit(visit, origin=origin)
        visit_end(visit, how="operator", by=by, now=timezone.now())
    request.session.flush()
    return HttpResponseRedirect(f"{reverse('staff_visit_over')}?why=operator", status=303)


@never_cache
@require_GET
def visit_over(request: HttpRequest) -> HttpResponseBase:
    """The visit is over, and why."""
    sentences = {
        "time": _("정해 둔 시간이 다 되어 방문이 끝났습니다."),
        "idle": _("30분 동안 쓰지 않아 방문이 끝났습니다."),
        "account": _("운영자 계정을 쓸 수 없게 되어 방문이 끝났습니다."),
        "operator": _("방문을 끝냈습니다."),
    }
    said = sentences.get(request.GET.get("why", ""), _("이 방문은 끝났습니다."))
    facts = {"over": said, "console_url": door(request, "console")}
    return render(request, "staff/visit.html", facts)
