"""`/staff/customers/export`: people as a file, for a reason; each of them is in the access log."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core_crm.audit.services import disclosure_note
from core_crm.customers.selectors import citizen_browse, citizen_search
from core_crm.staff.types import Right
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.customer_forms import ExportForm
from sodam.staff.customer_query import CITIZENS, CustomerQuery, sought
from sodam.staff.customer_words import (
    LANGUAGES,
    SEXES,
    SOURCES,
    birth_of,
    email_of,
    home_of,
    name_of,
    phone_of,
    word_of,
)
from sodam.staff.doing import actor_of
from sodam.ui import words
from sodam.ui.figures import csv_answer

MOST = 1000
FIELDS = "name phone email birth_on address"


@require_GET
@official_page(Right.CUSTOMER_EXPORT)
def export_page(request: StaffRequest) -> HttpResponseBase:
    """How many there are, and the question why."""
    return _page(request, ExportForm(auto_id="export-%s"), len(_found(request)))


@require_POST
@official_page(Right.CUSTOMER_EXPORT)
@transaction.atomic
def export_file(request: StaffRequest) -> HttpResponseBase:
    """The file, unless it held too many; a row of the access log for each person in it."""
    form, found = ExportForm(request.POST, auto_id="export-%s"), _found(request)
    if not form.is_valid() or len(found) > MOST or not found:
        return _page(request, form, len(found))
    is_open = form.cleaned_data["what"] == "open"
    disclosure_note(
        actor=actor_of(request),
        action="customer.exported",
        subject_ids=[one.pk for one in found],
        fields=FIELDS if is_open else "",
        reason=form.cleaned_data["reason"],
        route="staff_customers_csv",
        now=timezone.now(),
    )
    moment = timezone.localtime()
    name = f"customers-{request.city.code}-{moment:%Y%m%d-%H%M}.csv"
    return csv_answer(name, _heads(), [_row(one, is_open=is_open) for one in found])


def _found(request: StaffRequest) -> list[Any]:
    """As in the list, one more than may be taken."""
    query, text = CustomerQuery.of(request.GET), sought(request, CITIZENS)
    if text:
        narrow = query.filters().condition()
        return citizen_search(text, limit=MOST + 1, narrow=narrow)
    return list(citizen_browse(query.filters(), size=MOST + 1).items)


def _heads() -> list[str]:
    return [
        _("고객 번호"),
        _("이름"),
        _("휴대전화"),
        _("이메일"),
        _("생년월일"),
        _("성별"),
        _("사는 곳"),
        _("언어"),
        _("등록 경로"),
        _("등록일"),
    ]


def _row(citizen: Any, *, is_open: bool) -> list[str]:
    today = timezone.localdate()
    born = citizen.birth_on
    return [
        str(citizen.pk),
        name_of(citizen.name, is_open=is_open),
        phone_of(citizen.phone, is_open=is_open),
        email_of(citizen.email, is_open=is_open),
        str(born or "") if is_open else birth_of(born, today=today),
        word_of(SEXES, citizen.sex) if citizen.sex else "",
        home_of(citizen, is_open=is_open),
        word_of(LANGUAGES, citizen.language),
        word_of(SOURCES, citizen.source),
        words.bare_date(timezone.localtime(citizen.created_at)),
    ]


def _page(request: StaffRequest, form: ExportForm, size: int) -> HttpResponseBase:
    query = CustomerQuery.of(request.GET)
    context = {
        "menu": "customers",
        "form": form,
        "size": min(size, MOST),
        "most": MOST,
        "is_too_many": size > MOST,
        "told": query.told(),
        "is_sought": bool(sought(request, CITIZENS)),
        "list_url": query.url(),
        "query": query.url().partition("?")[2],
        "columns": _heads(),
    }
    status = 422 if form.errors or (size > MOST and request.method == "POST") else 200
    return show(request, "staff/customers/export.html", context, status=status)
