"""`/me/data`: everything the city holds of me as a file, and what I ask the city to do with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from core_crm.customers.selectors import own_ids
from core_crm.privacy.selectors import person_report, requests_of
from core_crm.privacy.services import request_open
from core_crm.privacy.types import PersonReport
from sodam.citizen.forms import PlainForm
from sodam.citizen.me_access import citizens_own
from tenants.errors import DomainError

KINDS = {
    "correct": gettext_lazy("고쳐 주세요"),
    "erase": gettext_lazy("지워 주세요"),
    "restrict": gettext_lazy("쓰지 말아 주세요"),
    "access": gettext_lazy("다 보여 주세요"),
}
STATES = {
    "open": gettext_lazy("살피는 중"),
    "accepted": gettext_lazy("하기로 함"),
    "done": gettext_lazy("마침"),
    "refused": gettext_lazy("하지 못함"),
}


class AskForm(PlainForm):
    """What the city is asked to do."""

    kind = forms.ChoiceField(
        label=gettext_lazy("무엇을 할까요?"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("무엇을 할지 골라 주세요.")},
    )
    text = forms.CharField(
        label=gettext_lazy("자세히"), required=False, max_length=1000, widget=forms.Textarea
    )


@require_http_methods(["GET", "POST"])
@citizens_own
def data_page(request: HttpRequest, citizen: Any) -> HttpResponse:
    """What there is, in how many rows; POST asks for something."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _opened(form, citizen):
        messages.success(request, _("요구를 받았습니다. 열흘 안에 결과를 알려 드립니다."))
        return redirect("citizen_data")
    report = person_report(citizen, now=timezone.now())
    facts = {
        "form": form,
        "report": report,
        "asked": [_told(one) for one in requests_of(own_ids(citizen))],
        "menu": "me",
    }
    return render(request, "citizen/me_data.html", facts, status=422 if form.errors else 200)


@require_POST
@citizens_own
def data_file(request: HttpRequest, citizen: Any) -> HttpResponse:
    """The whole of it as JSON. By POST: no address that opens it lies about."""
    now = timezone.localtime()
    answer = JsonResponse(
        _plain(person_report(citizen, now=now)),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    answer["Content-Disposition"] = f'attachment; filename="my-data-{now:%Y%m%d}.json"'
    return answer


def _opened(form: AskForm, citizen: Any) -> bool:
    given = form.cleaned_data
    try:
        request_open(given["kind"], citizen, text=given["text"], by=None, now=timezone.now())
    except DomainError as refused:
        form.add_error(_field(refused), _(refused.message))
        return False
    return True


def _field(refused: DomainError) -> str:
    field = str(refused.facts.get("field", ""))
    return field if field in AskForm.base_fields else "kind"


def _plain(report: PersonReport) -> dict[str, Any]:
    """As a program reads it: rooms, their rows, and what a law keeps."""
    return {
        "at": report.at.isoformat(),
        "parts": [
            {
                "code": part.code,
                "label": part.label,
                "rows": [
                    {
                        "kind": row.kind,
                        "label": row.label,
                        "at": row.at.isoformat() if row.at else None,
                        "values": dict(row.values),
                    }
                    for row in part.rows
                ],
            }
            for part in report.parts
        ],
        "kept_by_law": [
            {"label": hold.label, "count": hold.count, "basis": hold.basis} for hold in report.holds
        ],
    }


def _told(asked: Any) -> dict[str, Any]:
    return {
        "what": KINDS[asked.kind],
        "state": STATES[asked.state],
        "is_done": asked.state == "done",
        "is_refused": asked.state == "refused",
        "asked": asked,
    }
