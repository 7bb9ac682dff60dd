"""S8 `/staff/customers/<uuid>`: one citizen on one page, covered unless a reason opens it.

The first paint asks the same number of statements however much happened; what lies further back
comes page by page as one scrolls.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core_crm.customers.selectors import (
    citizen_flags,
    citizen_get,
    open_pairs,
    own_ids,
    survivor_of,
)
from core_crm.customers.selectors.quality_checks import Check
from core_crm.customers.types import CustomerState
from core_crm.segments.selectors import segments_of
from core_crm.staff.types import Right
from sodam.staff import customer_timeline, customer_view
from sodam.staff.access import StaffRequest, is_partial, official_page, show
from sodam.staff.customer_links import address_of
from sodam.staff.customer_view import noted
from sodam.staff.customer_words import FIELDS, word_of

SHORTEST_REASON = 5
OPENED = "name phone email birth_on address contacts"
WORTH_ASKING = ("email", "birth_on", "address", "sex")


@require_GET
@official_page(Right.CUSTOMER_VIEW)
@transaction.atomic
def customer_page(request: StaffRequest, citizen_id: UUID) -> HttpResponseBase:
    """The page; of somebody who was merged, that of whom they were merged into."""
    citizen = survivor_of(citizen_get(citizen_id))
    if citizen.pk != citizen_id:
        return HttpResponseRedirect(reverse("staff_customer", args=[citizen.pk]))
    noted(request, citizen, "customer.viewed", route="staff_customer")
    return shown(request, citizen)


def shown(
    request: StaffRequest,
    citizen: Any,
    *,
    is_open: bool = False,
    problem: str = "",
    **more: Any,
) -> HttpResponseBase:
    """Show the page, opened when a reason was given."""
    official, here = request.official, reverse("staff_customer", args=[citizen.pk])
    card = customer_view.card_of(citizen, is_open=is_open)
    context = {
        "menu": "customers",
        "who": customer_view.identity(citizen, is_open=is_open),
        "card": card,
        "told": customer_timeline.told(request, citizen.pk, card["ids"]),
        "groups": customer_timeline.groups(request, card["ids"], here),
        "hidden": customer_timeline.hidden_count(request, card["ids"]),
        "flags": flags_of(citizen),
        "twins": [_twin(one, card["ids"], official) for one in open_pairs(card["ids"])],
        "is_active": citizen.state == CustomerState.ACTIVE,
        "may_open": official.has(Right.CUSTOMER_UNMASK) and not is_open,
        "may_change": official.has(Right.CUSTOMER_CHANGE) and citizen.state == CustomerState.ACTIVE,
        "may_merge": official.has(Right.CUSTOMER_MERGE),
        "may_register": official.has(Right.VOICE_REGISTER),
        "sees_segments": official.has(Right.SEGMENT_VIEW),
        "unmask_error": problem,
        "is_partial": is_partial(request),
    }
    return show(
        request, "staff/customers/customer.html", context | more, status=422 if problem else 200
    )


def flags_of(citizen: Any) -> dict[str, Any]:
    """What has to be mended, and what is simply not known."""
    failed = citizen_flags(citizen, today=timezone.localdate())
    return {
        "wrong": [word for check in failed if (word := _wrong(check))],
        "empty": [
            word_of(FIELDS, check.field)
            for check in failed
            if check.measure == "filled" and check.field in WORTH_ASKING
        ],
    }


def _wrong(check: Check) -> str:
    field = word_of(FIELDS, check.field)
    if check.measure == "valid":
        return _("%(field)s 확인 필요") % {"field": field}
    if check.measure == "fresh":
        return _("3년 넘게 확인하지 않음")
    if check.field in ("contact", "name"):
        return _("%(field)s 없음") % {"field": field}
    return ""


def _twin(pair: Any, ids: tuple[UUID, ...], official: Any) -> dict[str, Any]:
    """Somebody who may be the same person, and where that is decided."""
    other = pair.right if pair.left_id in ids else pair.left
    seen = customer_view.identity(other)
    may = official.has(Right.CUSTOMER_MERGE)
    seen["url"] = address_of("staff_merge", pair.pk) if may else seen["url"]
    return seen


@require_GET
@official_page(Right.CUSTOMER_VIEW)
@transaction.atomic
def timeline(request: StaffRequest, citizen_id: UUID) -> HttpResponseBase:
    """Further lines of what happened; also a page by itself."""
    citizen = survivor_of(citizen_get(citizen_id))
    noted(request, citizen, "customer.viewed", route="staff_customer_timeline")
    context = {
        "menu": "customers",
        "who": customer_view.identity(citizen),
        "told": customer_timeline.told(request, citizen.pk, own_ids(citizen)),
    }
    part = "parts/lines" if is_partial(request) else "timeline"
    return show(request, f"staff/customers/{part}.html", context)


@require_GET
@official_page(Right.SEGMENT_VIEW)
@transaction.atomic
def segments(request: StaffRequest, citizen_id: UUID) -> HttpResponseBase:
    """In which segments they are: asked when the page stands already."""
    citizen = survivor_of(citizen_get(citizen_id))
    noted(request, citizen, "customer.viewed", route="staff_customer_segments", fields="segments")
    context = {
        "menu": "customers",
        "who": customer_view.identity(citizen),
        "segments": segments_of(citizen, today=timezone.localdate()),
    }
    part = "parts/segments" if is_partial(request) else "segments"
    return show(request, f"staff/customers/{part}.html", context)


@require_POST
@official_page(Right.CUSTOMER_UNMASK)
@transaction.atomic
def unmask(request: StaffRequest, citizen_id: UUID) -> HttpResponseBase:
    """The same page with what was covered, once, for a reason that is kept."""
    citizen = survivor_of(citizen_get(citizen_id))
    reason = request.POST.get("reason", "").strip()[:200]
    if len(reason) < SHORTEST_REASON:
        noted(request, citizen, "customer.viewed", route="staff_customer_unmask")
        return shown(request, citizen, problem=_("다섯 글자 이상으로 이유를 써 주세요."))
    noted(
        request,
        citizen,
        "customer.unmasked",
        route="staff_customer_unmask",
        fields=OPENED,
        reason=reason,
    )
    return shown(request, citizen, is_open=True)
