"""Sending a list: a file of departments or of people, kept as a draft and shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core_crm.common.csv_writing import BYTE_ORDER_MARK, csv_line
from core_crm.staff.selectors import department_list_current, official_list
from core_crm.staff.services import plan_read
from core_crm.staff.types import PlanKind
from sodam.studio.access import StudioRequest, show
from sodam.studio.managing import managers_page
from sodam.studio.plan import address_of
from sodam.studio.plan_words import column_words, role_words
from tenants.context import current_city
from tenants.errors import DomainError

LARGEST_BYTES = 5 * 1024 * 1024
KINDS = {"bureau": gettext_lazy("국"), "department": gettext_lazy("과"), "team": gettext_lazy("팀")}


class UploadForm(forms.Form):
    """The file, and for an organisation whether it is all of it and from when."""

    file = forms.FileField(
        label=gettext_lazy("파일"),
        help_text=gettext_lazy("엑셀(.xlsx)이나 CSV. 글자 방식(UTF-8, CP949)은 저절로 알아봅니다."),
    )
    is_whole = forms.BooleanField(
        label=gettext_lazy("전체 조직도입니다"),
        required=False,
        help_text=gettext_lazy(
            "목록에 없는 부서는 시행일에 끝납니다. 끝나기 전에 모두 보여 줍니다."
        ),
    )
    effective_on = forms.DateField(
        label=gettext_lazy("시행일"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=gettext_lazy("비우면 적용하는 날입니다."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == PlanKind.PEOPLE:
            del self.fields["is_whole"], self.fields["effective_on"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(_("파일이 5MB보다 큽니다. 나누어 올려 주세요."))
        return file


@require_http_methods(["GET", "POST"])
@managers_page
def upload_page(request: StudioRequest, kind: str) -> HttpResponseBase:
    """Take the file; the next page shows what it would do."""
    if request.method == "POST" and "ordinance" in request.POST and _ordinance().is_file():
        given = {"title": _("조례의 조직도"), "is_whole": True}
        return _kept(request, kind, _ordinance().read_bytes(), given)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST if is_sent else None, request.FILES or None, kind=kind)
    if form.is_valid():
        given = {**form.cleaned_data}
        file = given.pop("file")
        try:
            return _kept(request, kind, file.read(), {"title": file.name[:200], **given})
        except DomainError as refused:
            form.add_error("file", _(refused.message))
    return _shown(request, kind, form)


def _kept(
    request: StudioRequest, kind: str, data: bytes, given: dict[str, Any]
) -> HttpResponseBase:
    plan = plan_read(data, kind=PlanKind(kind), by=request.official, now=timezone.now(), **given)
    return HttpResponseRedirect(address_of(plan), status=303)


def _shown(request: StudioRequest, kind: str, form: UploadForm) -> HttpResponseBase:
    is_organisation = kind == PlanKind.ORGANISATION
    facts = {
        "form": form,
        "kind": kind,
        "is_organisation": is_organisation,
        "columns": column_words(kind).values(),
        "roles": ", ".join(role_words().values()),
        "has_ordinance": is_organisation and _ordinance().is_file(),
        "has_errors": bool(form.errors),
        "place": "organisation" if is_organisation else "people",
    }
    return show(request, "studio/plan_upload.html", facts, status=422 if form.errors else 200)


def _ordinance() -> Path:
    """The organisation of this government as its ordinance says, if it is shipped."""
    return Path(settings.FIXTURES_DIR) / "organisation" / f"{current_city().region_code}.csv"


@require_GET
@managers_page
def template_csv(request: StudioRequest, kind: str) -> HttpResponseBase:
    """What there is now, as a list to change and send back."""
    is_organisation = kind == PlanKind.ORGANISATION
    words = column_words(kind)
    rows = _departments() if is_organisation else _people()
    lines = [csv_line([cells[name] for name in words]) for cells in rows]
    texts = [BYTE_ORDER_MARK, csv_line(list(words.values())), *lines]
    answer = HttpResponse("".join(texts), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kind}-{current_city().code}.csv"'
    return answer


def _departments() -> Iterator[dict[str, str]]:
    for one in department_list_current():
        yield {
            "code": one.code,
            "name_ko": one.name_ko,
            "parent": one.parent.code if one.parent else "",
            "kind": str(KINDS[one.kind]),
            "name_en": one.name_en,
            "phone": one.phone,
            "email": one.email,
            "sort": str(one.sort),
            "ends": "",
        }


def _people() -> Iterable[dict[str, str]]:
    words = role_words()
    for one in official_list():
        yield {
            "email": one.user.email,
            "name": one.name,
            "department": one.department.code if one.department else "",
            "position": one.position,
            "phone": one.phone,
            "roles": ", ".join(str(words[role]) for role in one.roles),
        }
