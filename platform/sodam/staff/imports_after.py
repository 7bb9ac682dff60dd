"""S12, afterwards: the file of refused rows for a reason, and taking a whole file back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import FileResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core_crm.audit.services import disclosure_note
from core_crm.imports.selectors import batch_get
from core_crm.imports.services import batch_errors, batch_undo, undo_plan
from core_crm.staff.types import Right
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.doing import actor_of
from tenants.errors import DomainError

SHORTEST_REASON = 5
SUBJECT = "import_batch"


class ErrorsForm(forms.Form):
    """Why the refused rows leave the system: they hold what was sent, in full."""

    reason = forms.CharField(
        label=gettext_lazy("왜 파일이 필요한가요?"),
        help_text=gettext_lazy("누가 언제 무엇을 내려받았는지와 함께 기록에 남습니다."),
        max_length=200,
        min_length=SHORTEST_REASON,
        error_messages={"min_length": gettext_lazy("다섯 글자 이상으로 이유를 써 주세요.")},
    )


class UndoForm(forms.Form):
    """Nothing is asked but the click; the form carries a refusal."""


@require_http_methods(["GET", "POST"])
@official_page(Right.CUSTOMER_IMPORT)
def errors_page(request: StaffRequest, batch_id: UUID) -> HttpResponseBase:
    """The rows that were not taken, with the reason of each; mended, the file can be sent again."""
    batch = batch_get(batch_id)
    form = ErrorsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _errors(request, batch, reason=form.cleaned_data["reason"])
        except DomainError as refused:
            form.add_error(None, _(refused.message))
    context = {"menu": "customers", "batch": batch, "form": form}
    return show(request, "staff/imports/errors.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _errors(request: StaffRequest, batch: Any, *, reason: str) -> HttpResponseBase:
    """The log names the file: whoever was refused is nobody we know."""
    held = batch_errors(batch)
    disclosure_note(
        actor=actor_of(request),
        action="customer.exported",
        subject_ids=[batch.pk],
        subject_kind=SUBJECT,
        reason=reason,
        route="staff_import_errors",
        now=timezone.now(),
    )
    name = f"errors-{batch.pk}.csv"
    return FileResponse(held, as_attachment=True, filename=name, content_type="text/csv")


@require_http_methods(["GET", "POST"])
@official_page(Right.CUSTOMER_IMPORT)
def undo_page(request: StaffRequest, batch_id: UUID) -> HttpResponseBase:
    """What taking the file back will do, and doing it."""
    batch = batch_get(batch_id)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            batch_undo(batch, by=actor_of(request), now=timezone.now())
        except DomainError as refused:
            form.add_error(None, _(refused.message))
        else:
            return HttpResponseRedirect(reverse("staff_import", args=[batch.pk]), status=303)
    context = {"menu": "customers", "batch": batch, "form": form, "plan": undo_plan(batch)}
    return show(request, "staff/imports/undo.html", context, status=422 if form.errors else 200)
