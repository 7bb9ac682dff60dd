"""The rows behind a bar of the quality page: covered, in pages, and as a file for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core_crm.audit.services import disclosure_note
from core_crm.customers.selectors.quality import AT_ONCE, failing_count, failing_rows
from core_crm.customers.selectors.quality_checks import Check
from core_crm.staff.types import Right
from customization.public import reading_only
from sodam.staff import quality_words as words
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.customer_forms import ExportForm
from sodam.staff.customer_links import address_of
from sodam.staff.customer_words import (
    ORGANISATIONS,
    birth_of,
    email_of,
    home_of,
    name_of,
    phone_of,
    word_of,
)
from sodam.staff.doing import actor_of
from sodam.staff.quality_query import QualityQuery
from sodam.ui.figures import csv_answer
from sodam.ui.words import bare_date

MOST = 1000
COUNTING_SECONDS = 8.0
FIELDS = {
    "citizens": "name phone email birth_on address",
    "organisations": "name phone email address",
}


@dataclass(frozen=True, slots=True)
class Behind:
    """A bar: whose rows, and which test they fail."""

    query: QualityQuery
    check: Check

    @classmethod
    def of(cls, given: Any) -> Behind:
        query = QualityQuery.of(given)
        return cls(query, query.check(given))

    def rows(self, *, today: date, after: UUID | None = None, limit: int) -> list[Any]:
        source = self.query.source
        return failing_rows(self.check, today=today, source=source, after=after, limit=limit)

    def count(self, *, today: date) -> int | None:
        """None where counting takes too long."""
        try:
            with reading_only(statement_seconds=COUNTING_SECONDS):
                return failing_count(self.check, today=today, source=self.query.source)
        except OperationalError:
            return None

    def url(self, name: str = "staff_quality_rows", **more: str) -> str:
        field, measure = self.check.field, self.check.measure
        return self.query.url(name, field=field, measure=measure, **more)


@require_GET
@official_page(Right.CUSTOMER_CHANGE)
def rows_page(request: StaffRequest) -> HttpResponseBase:
    """The customers that fail the test now, the newest first."""
    return _page(request, Behind.of(request.GET), ExportForm(auto_id="export-%s"))


@require_POST
@official_page(Right.CUSTOMER_EXPORT)
@transaction.atomic
def rows_file(request: StaffRequest) -> HttpResponseBase:
    """The first thousand of them as a file; a row of the access log for each."""
    behind, form = Behind.of(request.GET), ExportForm(request.POST, auto_id="export-%s")
    today = timezone.localdate()
    found = behind.rows(today=today, limit=MOST)
    if not form.is_valid() or not found:
        return _page(request, behind, form, status=422)
    subject, is_open = behind.query.subject, form.cleaned_data["what"] == "open"
    disclosure_note(
        actor=actor_of(request),
        action="customer.exported",
        subject_ids=[one.pk for one in found],
        subject_kind="organisation" if behind.query.is_of_bodies else "citizen",
        fields=FIELDS[subject] if is_open else "",
        reason=form.cleaned_data["reason"],
        route="staff_quality_csv",
        now=timezone.now(),
    )
    lines = [_line(one, behind, is_open=is_open, today=today) for one in found]
    return csv_answer(f"quality-{request.city.code}-{today:%Y%m%d}.csv", _heads(behind), lines)


def _page(
    request: StaffRequest, behind: Behind, form: ExportForm, *, status: int = 200
) -> HttpResponseBase:
    today, after = timezone.localdate(), _uuid(request.GET.get("after", ""))
    found = behind.rows(today=today, after=after, limit=AT_ONCE + 1)
    shown = found[:AT_ONCE]
    is_more = len(found) > AT_ONCE
    context = {
        "menu": "customers",
        "tab": "quality",
        "query": behind.query,
        "what": words.failing_word(behind.check),
        "hint": words.MEASURES[behind.check.measure].hint,
        "source": words.source_word(behind.query.source) if behind.query.source else "",
        "count": behind.count(today=today),
        "rows": [_row(one, behind, today=today) for one in shown],
        "next_url": behind.url(after=str(shown[-1].pk)) if is_more else "",
        "back_url": behind.query.url(),
        "form": form,
        "may_export": request.official.has(Right.CUSTOMER_EXPORT),
        "file_url": behind.url("staff_quality_csv"),
        "most": MOST,
    }
    return show(request, "staff/customers/quality_rows.html", context, status=status)


def _row(one: Any, behind: Behind, *, today: date) -> dict[str, Any]:
    """Covered; what is wrong with it is mended on its own page."""
    is_body = behind.query.is_of_bodies
    return {
        "name": one.name if is_body else name_of(one.name),
        "about": word_of(ORGANISATIONS, one.kind)
        if is_body
        else birth_of(one.birth_on, today=today),
        "phone": phone_of(one.phone),
        "email": email_of(one.email),
        "home": home_of(one),
        "source": words.source_word(one.source),
        "since": one.created_at,
        "url": address_of("staff_organisation" if is_body else "staff_customer", one.pk),
    }


def _heads(behind: Behind) -> list[str]:
    return [
        _("번호"),
        _("이름"),
        _("종류") if behind.query.is_of_bodies else _("생년월일"),
        _("전화"),
        _("이메일"),
        _("주소"),
        _("등록 경로"),
        _("등록일"),
        _("고칠 것"),
    ]


def _line(one: Any, behind: Behind, *, is_open: bool, today: date) -> list[str]:
    """A row of the file."""
    is_body = behind.query.is_of_bodies
    return [
        str(one.pk),
        one.name if is_body else name_of(one.name, is_open=is_open),
        word_of(ORGANISATIONS, one.kind)
        if is_body
        else birth_of(one.birth_on, today=today, is_open=is_open),
        phone_of(one.phone, is_open=is_open),
        email_of(one.email, is_open=is_open),
        home_of(one, is_open=is_open),
        words.source_word(one.source),
        bare_date(timezone.localtime(one.created_at)),
        words.failing_word(behind.check),
    ]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
