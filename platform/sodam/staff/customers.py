"""S7 `/staff/customers`: persons and bodies, found, narrowed and looked at; all of it masked."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from core_crm.common.types import Page
from core_crm.customers.selectors import (
    citizen_browse,
    citizen_get,
    citizen_search,
    last_met,
    organisation_page,
    organisation_search,
    survivor_of,
)
from core_crm.staff.types import Right
from sodam.staff import customer_view
from sodam.staff.access import StaffRequest, is_partial, official_page, show
from sodam.staff.customer_links import address_of
from sodam.staff.customer_query import CustomerQuery, seek, sought
from sodam.staff.customer_view import noted
from sodam.staff.customer_words import (
    ORGANISATIONS,
    birth_of,
    email_of,
    home_of,
    name_of,
    phone_of,
    word_of,
)

SIZE = 50


@require_http_methods(["GET", "POST"])
@official_page(Right.CUSTOMER_VIEW)
def customers_page(request: StaffRequest) -> HttpResponseBase:
    """A list; a search comes by POST, is kept in the session, and is shown by GET."""
    query = CustomerQuery.of(request.GET)
    if request.method == "POST":
        seek(request, query.kind, request.POST.get("q", ""))
        return HttpResponseRedirect(CustomerQuery.of(request.POST).url(), status=303)
    text = sought(request, query.kind)
    context = (
        _bodies(request, query, text) if query.is_of_bodies else _persons(request, query, text)
    )
    return show(request, "staff/customers/list.html", _frame(request, query, text) | context)


def _frame(request: StaffRequest, query: CustomerQuery, text: str) -> dict[str, Any]:
    official = request.official
    new = "staff_organisation_new" if query.is_of_bodies else "staff_customer_new"
    return {
        "menu": "customers",
        "query": query,
        "text": text,
        "choosers": query.choosers(),
        "is_narrowed": any(one.chosen for one in query.choosers()),
        "all_url": CustomerQuery(kind=query.kind).url(),
        "persons_url": CustomerQuery().url(),
        "bodies_url": CustomerQuery(kind="organisations").url(),
        "new_url": address_of(new) if official.has(Right.CUSTOMER_CHANGE) else "",
        "export_url": _export_url(request, query),
    }


def _export_url(request: StaffRequest, query: CustomerQuery) -> str:
    if not request.official.has(Right.CUSTOMER_EXPORT) or query.is_of_bodies:
        return ""
    address = address_of("staff_customer_export")
    return address and query.url().replace(reverse("staff_customers"), address, 1)


def _persons(request: StaffRequest, query: CustomerQuery, text: str) -> dict[str, Any]:
    page = _found(request, query, text) if text else _newest(request, query)
    met, today = last_met([one.pk for one in page.items]), timezone.localdate()
    return {
        "rows": [person_row(one, today=today, met=met.get(one.pk)) for one in page.items],
        "next_url": page.next_cursor and query.url(after=page.next_cursor),
        "is_later": bool(request.GET.get("after")),
    }


def _newest(request: StaffRequest, query: CustomerQuery) -> Page[Any]:
    return citizen_browse(query.filters(), cursor=request.GET.get("after", ""), size=SIZE)


def _found(request: StaffRequest, query: CustomerQuery, text: str) -> Page[Any]:
    """Searching goes on after the last one shown."""
    after = _uuid(request.GET.get("after", ""))
    found = citizen_search(text, limit=SIZE + 1, after=after, narrow=query.filters().condition())
    more = found[SIZE:]
    return Page(found[:SIZE], str(found[SIZE - 1].pk) if more else "")


def person_row(citizen: Any, *, today: date, met: Any = None) -> dict[str, Any]:
    """A line of a list, covered."""
    return {
        "id": citizen.pk,
        "name": name_of(citizen.name),
        "letter": citizen.name[:1] or "–",
        "phone": phone_of(citizen.phone),
        "email": email_of(citizen.email),
        "home": home_of(citizen),
        "birth": birth_of(citizen.birth_on, today=today),
        "since": citizen.created_at,
        "met": met,
        "is_restricted": citizen.is_restricted,
        "language": citizen.language,
    }


def _bodies(request: StaffRequest, query: CustomerQuery, text: str) -> dict[str, Any]:
    if text:
        found = organisation_search(text, limit=SIZE + 1)
        if query.type:
            found = [one for one in found if one.kind == query.type]
        page = Page(found[:SIZE], "")
    else:
        cursor = request.GET.get("after", "")
        page = organisation_page(kind=query.type, cursor=cursor, size=SIZE)
    return {
        "rows": [_body_row(one) for one in page.items],
        "next_url": page.next_cursor and query.url(after=page.next_cursor),
        "is_later": bool(request.GET.get("after")),
    }


def _body_row(body: Any) -> dict[str, Any]:
    return {
        "id": body.pk,
        "name": body.name,
        "kind": word_of(ORGANISATIONS, body.kind),
        "trade": body.trade,
        "phone": phone_of(body.phone),
        "home": home_of(body),
        "since": body.created_at,
        "url": address_of("staff_organisation", body.pk),
    }


@require_GET
@official_page(Right.CUSTOMER_VIEW)
def preview(request: StaffRequest, citizen_id: UUID) -> HttpResponseBase:
    """Who this is, beside the list: covered; that it was looked at is noted."""
    citizen = survivor_of(citizen_get(citizen_id))
    noted(request, citizen, "customer.viewed", route="staff_customer_preview")
    context = {"menu": "customers", "who": customer_view.preview_of(request, citizen)}
    part = "parts/look" if is_partial(request) else "preview"
    return show(request, f"staff/customers/{part}.html", context)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
