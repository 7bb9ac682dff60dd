"""S9 `/staff/customers/duplicates`: who may be one, who was found to be two, what was merged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core_crm.common.pages import page_of
from core_crm.customers.selectors import (
    merge_get,
    merges_undoable,
    pair_get,
    pairs_decided,
    pairs_open,
)
from core_crm.customers.services import merge_undo, pair_dismiss, pair_reopen
from core_crm.staff.types import Right
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.doing import actor_of
from sodam.staff.merge_view import line_of
from sodam.staff.merge_words import evidence_of, evidence_words, sureness
from tenants.errors import DomainError

SIZE = 30
OPEN, DISMISSED, MERGED = "", "two", "merged"


@require_GET
@official_page(Right.CUSTOMER_MERGE)
def duplicates_page(request: StaffRequest) -> HttpResponseBase:
    """Pairs to decide, or what was decided; all covered."""
    view = request.GET.get("view", OPEN)
    view = view if view in (DISMISSED, MERGED) else OPEN
    rows, next_cursor = _rows(view, request.GET.get("after", ""))
    here = reverse("staff_duplicates")
    context = {
        "menu": "customers",
        "view": view,
        "rows": rows,
        "total": pairs_open().count(),
        "next_url": next_cursor and f"{here}?view={view}&after={next_cursor}",
    }
    return show(request, "staff/customers/duplicates.html", context)


def _rows(view: str, cursor: str) -> tuple[list[dict[str, Any]], str]:
    if view == MERGED:
        found = merges_undoable(now=timezone.now())
        merges = page_of(found, order=("-at", "-id"), cursor=cursor, size=SIZE)
        return [_merge_row(one) for one in merges.items], merges.next_cursor
    if view == DISMISSED:
        decided = page_of(pairs_decided(), order=("-decided_at", "id"), cursor=cursor, size=SIZE)
        return [_pair_row(one) for one in decided.items], decided.next_cursor
    pairs = page_of(pairs_open(), order=("-score", "id"), cursor=cursor, size=SIZE)
    return [_pair_row(one) for one in pairs.items], pairs.next_cursor


def _pair_row(pair: Any) -> dict[str, Any]:
    return {
        "pair": pair,
        "people": [line_of(pair.left), line_of(pair.right)],
        "sureness": sureness(pair),
        "evidence": evidence_words(evidence_of(pair)),
    }


def _merge_row(merge: Any) -> dict[str, Any]:
    return {"merge": merge, "people": [line_of(merge.survivor), line_of(merge.alias)]}


@require_POST
@official_page(Right.CUSTOMER_MERGE)
def dismiss(request: StaffRequest, pair_id: UUID) -> HttpResponseBase:
    """They are two persons."""
    pair = pair_get(pair_id)
    return _decided(
        request,
        lambda: pair_dismiss(pair, by=actor_of(request), now=timezone.now()),
        _("서로 다른 사람으로 두었습니다. 다시 묻지 않습니다."),
    )


@require_POST
@official_page(Right.CUSTOMER_MERGE)
def reopen(request: StaffRequest, pair_id: UUID) -> HttpResponseBase:
    """That was decided too soon."""
    pair = pair_get(pair_id)
    return _decided(
        request,
        lambda: pair_reopen(pair, by=actor_of(request), now=timezone.now()),
        _("다시 중복 후보로 보입니다."),
    )


@require_POST
@official_page(Right.CUSTOMER_MERGE)
def undo(request: StaffRequest, merge_id: UUID) -> HttpResponseBase:
    """Make two of one again."""
    merge = merge_get(merge_id)
    return _decided(
        request,
        lambda: merge_undo(merge, by=actor_of(request), now=timezone.now()),
        _("병합을 되돌렸습니다. 두 고객이 합치기 전으로 돌아갔습니다."),
    )


def _decided(request: StaffRequest, run: Callable[[], Any], done: str) -> HttpResponseBase:
    """Do it, say so or why not, and lead back to the list one came from."""
    try:
        run()
    except DomainError as refused:
        messages.error(request, _(refused.message))
    else:
        messages.success(request, done)
    view = request.POST.get("view", OPEN)
    query = f"?view={view}" if view in (DISMISSED, MERGED) else ""
    return HttpResponseRedirect(reverse("staff_duplicates") + query, status=303)
