"""S12 `/staff/imports`: files of customers taken in, and sending a new one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core_crm.customers.selectors.acquired import acquired_lists
from core_crm.imports.selectors import batch_list, row_kinds
from core_crm.imports.services import batch_open
from core_crm.imports.types import BatchState, ImportOptions, MatchPolicy
from core_crm.staff.types import Right
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.doing import actor_of
from sodam.staff.imports_words import ENCODINGS, POLICIES, STATES, steps
from sodam.ui.numbers import whole_number
from tenants.errors import DomainError

PAGE = 30
MOST_PAGES = 10_000


class UploadForm(forms.Form):
    """The file, what its rows are, whence it came, and what to do with whom one knows already."""

    file = forms.FileField(
        label=gettext_lazy("파일"),
        allow_empty_file=True,
        help_text=gettext_lazy(
            "CSV나 엑셀(.xlsx). 구분 기호와 글자 방식(UTF-8, CP949)은 저절로 알아봅니다."
        ),
    )
    kind = forms.ChoiceField(label=gettext_lazy("무엇의 명단인가요?"), widget=forms.RadioSelect)
    source = forms.CharField(
        label=gettext_lazy("출처"),
        max_length=80,
        help_text=gettext_lazy(
            "어느 기관, 어느 시스템의 파일인지 적습니다. 열을 맞춘 방식을 출처마다 기억합니다."
        ),
    )
    acquired_list = forms.ChoiceField(
        label=gettext_lazy("입수명단"),
        required=False,
        help_text=gettext_lazy(
            "다른 기관에서 받은 파일이면 그 명단을 고릅니다. 명단의 근거와 기한을 따릅니다."
        ),
    )
    basis = forms.CharField(
        label=gettext_lazy("법적 근거"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("예: 개인정보 보호법 제15조 제1항 제3호(법령에서 정한 소관 업무)"),
    )
    policy = forms.ChoiceField(
        label=gettext_lazy("이미 있는 고객이면"),
        choices=list(POLICIES.items()),
        initial=str(MatchPolicy.FILL),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("이름과 연락처가 모두 같으면 같은 고객으로 봅니다."),
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("글자 방식"), choices=list(ENCODINGS.items()), initial="auto"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lists = {str(one.pk): one for one in acquired_lists()}
        self.fields["kind"].choices = [(one.code, _(one.label)) for one in row_kinds()]
        self.fields["acquired_list"].choices = [
            ("", _("없음 (우리 시의 자료)")),
            *((code, one.name) for code, one in self.lists.items()),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        listed, kind = self.lists.get(given.get("acquired_list", "")), given.get("kind")
        if listed and kind and listed.kind != kind:
            self.add_error("acquired_list", _("고른 명단과 파일의 종류가 다릅니다."))
        given["basis"] = given.get("basis") or (listed.basis if listed else "")
        return given

    def options(self) -> ImportOptions:
        """What was chosen, as the room takes it."""
        given = self.cleaned_data
        listed = given["acquired_list"]
        return ImportOptions(
            source=given["source"],
            basis=given["basis"],
            policy=MatchPolicy(given["policy"]),
            encoding=given["encoding"],
            acquired_list_id=UUID(listed) if listed else None,
        )


@require_GET
@official_page(Right.CUSTOMER_IMPORT)
def list_page(request: StaffRequest) -> HttpResponseBase:
    """Files taken in, the newest first: whence, how far, and what became of their rows."""
    page = whole_number(request.GET.get("page", ""), most=MOST_PAGES) or 1
    kinds = {one.code: one for one in row_kinds()}
    found = list(batch_list().filter(kind__in=kinds)[(page - 1) * PAGE : page * PAGE + 1])
    here = reverse("staff_imports")
    context = {
        "menu": "customers",
        "rows": [_row(batch, kinds[batch.kind].label) for batch in found[:PAGE]],
        "previous_url": f"{here}?page={page - 1}" if page > 1 else "",
        "next_url": f"{here}?page={page + 1}" if len(found) > PAGE else "",
    }
    return show(request, "staff/imports/list.html", context)


def _row(batch: Any, kind: str) -> dict[str, Any]:
    return {
        "batch": batch,
        "kind": _(kind),
        "sign": STATES[batch.state],
        "url": address_of(batch),
        "percent": round(100 * batch.rows / batch.total) if batch.total else 0,
    }


@require_http_methods(["GET", "POST"])
@official_page(Right.CUSTOMER_IMPORT)
def new_page(request: StaffRequest) -> HttpResponseBase:
    """Take a file in; the next page asks what its columns are. Nothing is registered yet."""
    if request.method != "POST":
        return _shown(request, UploadForm(initial=_initial(request)))
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            batch = batch_open(
                given["kind"],
                given["file"],
                form.options(),
                by=actor_of(request),
                now=timezone.now(),
            )
        except DomainError as refused:
            form.add_error(_field_of(refused), _(refused.message))
        else:
            return HttpResponseRedirect(address_of(batch), status=303)
    return _shown(request, form)


def address_of(batch: Any) -> str:
    """Where work on a batch goes on: its columns while they are open, its page afterwards."""
    name = "staff_import_columns" if batch.state == BatchState.DRAFT else "staff_import"
    return reverse(name, args=[batch.pk])


def _initial(request: StaffRequest) -> dict[str, str]:
    """What is filled in already: coming from a list, its kind, source and basis."""
    asked = request.GET.get("list", "")
    for one in acquired_lists():
        if str(one.pk) == asked:
            return {
                "acquired_list": asked,
                "kind": one.kind,
                "source": one.source[:80],
                "basis": one.basis,
            }
    return {"kind": request.GET.get("kind", "citizens")}


def _shown(request: StaffRequest, form: UploadForm) -> HttpResponseBase:
    context = {
        "menu": "customers",
        "form": form,
        "kinds": row_kinds(),
        "steps": steps(1),
    }
    return show(request, "staff/imports/new.html", context, status=422 if form.errors else 200)


def _field_of(refused: DomainError) -> str:
    field = str(refused.facts.get("field", ""))
    return field if field in UploadForm.base_fields else "file"
