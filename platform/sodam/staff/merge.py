"""S9 `/staff/customers/merge/<pair>`: two records side by side, put together field by field."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core_crm.customers.selectors import pair_get, survivor_of
from core_crm.customers.selectors.merges import FIELDS
from core_crm.customers.services import citizens_merge
from core_crm.customers.types import PairState
from core_crm.staff.types import Right
from sodam.staff import merge_view
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.customer import OPENED, SHORTEST_REASON
from sodam.staff.customer_view import noted
from sodam.staff.doing import actor_of
from sodam.staff.merge_words import evidence_of, evidence_words, sureness
from tenants.errors import DomainError

SIDES = ("left", "right")


@require_http_methods(["GET", "POST"])
@official_page(Right.CUSTOMER_MERGE)
@transaction.atomic
def merge_page(request: StaffRequest, pair_id: UUID) -> HttpResponseBase:
    """Look at two, choose, put them together. `keep`: whose record goes on, left unless told."""
    pair = pair_get(pair_id)
    if pair.state == PairState.MERGED:
        return HttpResponseRedirect(_home_of(pair.left))
    if request.method == "POST":
        return _merge(request, pair)
    _note_both(request, pair, "customer.viewed", route="staff_merge")
    return _shown(request, pair, keep=request.GET.get("keep", ""))


@require_POST
@official_page(Right.CUSTOMER_MERGE)
@transaction.atomic
def unmask(request: StaffRequest, pair_id: UUID) -> HttpResponseBase:
    """The same page with what was covered, once, for a reason that is kept."""
    pair, keep = pair_get(pair_id), request.POST.get("keep", "")
    if not request.official.has(Right.CUSTOMER_UNMASK):
        return HttpResponseRedirect(reverse("staff_merge", args=[pair_id]))
    reason = request.POST.get("reason", "").strip()[:200]
    if len(reason) < SHORTEST_REASON:
        _note_both(request, pair, "customer.viewed", route="staff_merge_unmask")
        problem = _("다섯 글자 이상으로 이유를 써 주세요.")
        return _shown(request, pair, keep=keep, unmask_error=problem, status=422)
    _note_both(
        request,
        pair,
        "customer.unmasked",
        route="staff_merge_unmask",
        fields=OPENED,
        reason=reason,
    )
    return _shown(request, pair, keep=keep, is_open=True)


def _merge(request: StaffRequest, pair: Any) -> HttpResponseBase:
    keep = request.POST.get("keep", "")
    survivor, alias = _sides(pair, keep)
    chosen = {field: side for field in FIELDS if (side := request.POST.get(field)) in SIDES}
    try:
        citizens_merge(
            survivor,
            alias,
            chosen=chosen,
            reason=request.POST.get("reason", ""),
            by=actor_of(request),
            now=timezone.now(),
        )
    except DomainError as refused:
        _note_both(request, pair, "customer.viewed", route="staff_merge")
        return _shown(
            request, pair, keep=keep, chosen=chosen, problem=_(refused.message), status=409
        )
    messages.success(
        request, _("두 고객을 합쳤습니다. 30일 안에는 중복의 합친 고객에서 되돌립니다.")
    )
    return HttpResponseRedirect(_home_of(survivor), status=303)


def _shown(
    request: StaffRequest,
    pair: Any,
    *,
    keep: str,
    chosen: dict[str, str] | None = None,
    is_open: bool = False,
    status: int = 200,
    **more: Any,
) -> HttpResponseBase:
    left, right = _sides(pair, keep)
    here = reverse("staff_merge", args=[pair.pk])
    context = {
        "menu": "customers",
        "pair": pair,
        "is_dismissed": pair.state == PairState.DISMISSED,
        "sureness": sureness(pair),
        "evidence": evidence_words(evidence_of(pair)),
        "keep": "right" if keep == "right" else "left",
        "turned_url": here if keep == "right" else f"{here}?keep=right",
        "may_open": request.official.has(Right.CUSTOMER_UNMASK) and not is_open,
        "is_open": is_open,
        **merge_view.beside(left, right, chosen=chosen or {}, is_open=is_open),
    }
    return show(request, "staff/customers/merge.html", context | more, status=status)


def _sides(pair: Any, keep: str) -> tuple[Any, Any]:
    """Who stays, who becomes the alias."""
    return (pair.right, pair.left) if keep == "right" else (pair.left, pair.right)


def _note_both(request: StaffRequest, pair: Any, action: str, **more: str) -> None:
    for one in (pair.left, pair.right):
        noted(request, one, action, **more)


def _home_of(citizen: Any) -> str:
    return reverse("staff_customer", args=[survivor_of(citizen).pk])
