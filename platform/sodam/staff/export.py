"""`/staff/voices/export`: a list as a file, for a reason that is kept; masked as the list is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django import forms
from django.db import transaction
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from core_crm.audit.services import audit_append
from core_crm.voices.selectors.exporting import MOST_EXPORTED, inbox_export, inbox_export_size
from sodam.staff.access import VIEWERS, StaffRequest, official_page, show
from sodam.staff.doing import actor_of
from sodam.staff.export_columns import columns_of
from sodam.staff.inbox import described
from sodam.staff.list_query import ListQuery
from sodam.ui.figures import csv_answer

SHORTEST_REASON = 5


class ReasonForm(forms.Form):
    """Why the list leaves the system."""

    reason = forms.CharField(
        label=gettext_lazy("왜 파일이 필요한가요?"),
        help_text=gettext_lazy("누가 언제 무엇을 내려받았는지와 함께 기록에 남습니다."),
        max_length=200,
        min_length=SHORTEST_REASON,
        error_messages={"min_length": gettext_lazy("다섯 글자 이상으로 이유를 써 주세요.")},
    )


@require_GET
@official_page(*VIEWERS)
def export_page(request: StaffRequest) -> HttpResponseBase:
    """What the file will hold, and the question why."""
    return _page(request, ReasonForm(auto_id="export-%s"))


@require_POST
@official_page(*VIEWERS)
def export_file(request: StaffRequest) -> HttpResponseBase:
    """The file; who took it, and why, is in the audit."""
    form = ReasonForm(request.POST, auto_id="export-%s")
    if not form.is_valid():
        return _page(request, form)
    heads = [word for word, _read in columns_of()]
    with transaction.atomic():
        rows = list(_rows(request))
        _remember(request, reason=form.cleaned_data["reason"], rows=len(rows))
    moment = timezone.localtime()
    return csv_answer(f"voices-{request.city.code}-{moment:%Y%m%d-%H%M}.csv", heads, rows)


def _rows(request: StaffRequest) -> Iterator[list[str]]:
    query, columns = ListQuery.of(request.GET), columns_of()
    found = inbox_export(
        request.official,  # type: ignore[arg-type]  # a page knows an official by what it needs
        view=query.view,
        text=query.q,
        filters=query.narrow.filters(),
        sort=query.sort,
        now=timezone.now(),
    )
    for voice in found:
        yield [read(voice) for _word, read in columns]


def _remember(request: StaffRequest, *, reason: str, rows: int) -> None:
    """Which list, by its conditions; never the words that were sought, for they may be a name."""
    query = ListQuery.of(request.GET)
    audit_append(
        "voices.exported",
        actor=actor_of(request),
        subject_kind="official",
        subject_id=request.official.id,
        now=timezone.now(),
        facts={"list": replace(query, q="").encoded(), "searched": bool(query.q), "rows": rows},
        reason=reason,
    )


def _page(request: StaffRequest, form: ReasonForm) -> HttpResponseBase:
    query = ListQuery.of(request.GET)
    size = inbox_export_size(
        request.official,  # type: ignore[arg-type]  # a page knows an official by what it needs
        view=query.view,
        text=query.q,
        filters=query.narrow.filters(),
        now=timezone.now(),
    )
    context = {
        "menu": "voices",
        "form": form,
        "described": described(query),
        "query": query.encoded(),
        "list_url": query.list_url(),
        "size": size,
        "most": MOST_EXPORTED,
        "is_cut": size > MOST_EXPORTED,
        "columns": [word for word, _read in columns_of()],
    }
    return show(request, "staff/export.html", context, status=422 if form.errors else 200)
