"""One department: added, changed or ended, as a list of one line that is looked at first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core_crm.staff.errors import DepartmentNotFound
from core_crm.staff.selectors import (
    department_by_code,
    department_list_current,
    departments_under,
    official_list,
)
from core_crm.staff.services import plan_write, work_held_in
from core_crm.staff.types import PlanKind
from sodam.studio.access import StudioRequest, show
from sodam.studio.managing import managers_page
from sodam.studio.plan import address_of
from sodam.studio.plan_upload import KINDS
from tenants.errors import DomainError

MAY_BE_EMPTIED = {"parent", "phone", "email", "name_en"}
CODE = r"[a-z][a-z0-9_.-]{0,63}"


class UnitForm(forms.Form):
    """A department as people think of it."""

    name_ko = forms.CharField(label=gettext_lazy("부서명"), max_length=120)
    name_en = forms.CharField(label=gettext_lazy("영문명"), max_length=160, required=False)
    code = forms.RegexField(
        CODE,
        label=gettext_lazy("부서코드"),
        required=False,
        help_text=gettext_lazy("영문 소문자로. 비우면 하나 만들어 줍니다. 나중에 바꾸지 않습니다."),
        error_messages={"invalid": gettext_lazy("영문 소문자로 시작하고 숫자와 . _ - 만 씁니다.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("종류"), choices=list(KINDS.items()), widget=forms.RadioSelect
    )
    parent = forms.ChoiceField(label=gettext_lazy("상위부서"), required=False)
    phone = forms.CharField(label=gettext_lazy("전화"), max_length=20, required=False)
    email = forms.EmailField(label=gettext_lazy("이메일"), required=False)
    sort = forms.IntegerField(
        label=gettext_lazy("차례"), min_value=0, max_value=999_999, required=False
    )
    effective_on = forms.DateField(
        label=gettext_lazy("시행일"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=gettext_lazy("비우면 적용하는 날입니다."),
    )

    def __init__(self, *args: Any, unit: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if unit is not None:
            del self.fields["code"]
        below = set(departments_under(unit)) if unit is not None else set()
        there = (one for one in department_list_current() if one.id not in below)
        parent: Any = self.fields["parent"]
        parent.choices = [("", _("맨 위 (없음)")), *((one.code, one.name_ko) for one in there)]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code and department_list_current().filter(code=code).exists():
            raise forms.ValidationError(_("이미 있는 코드입니다. 다른 것을 써 주세요."))
        return code

    def line(self) -> dict[str, str]:
        """The form as a line of a list."""
        given = {**self.cleaned_data}
        given.pop("effective_on")
        return {name: "" if value is None else str(value) for name, value in given.items()}


@require_http_methods(["GET", "POST"])
@managers_page
def unit_page(request: StudioRequest, code: str = "") -> HttpResponseBase:
    """The form; saving makes a draft that shows its effect, ending too."""
    unit = _unit(code)
    data = request.POST if request.method == "POST" else None
    if data is not None and "end" in data and unit is not None:
        title = _("‘%(name)s’ 끝냄") % {"name": unit.name_ko}
        return _drafted(request, {"code": unit.code, "ends": "O"}, title, None)
    form = UnitForm(data, unit=unit, initial=_initial(unit))
    if form.is_valid():
        line = form.line() | ({"code": unit.code} if unit is not None else {})
        title = _("‘%(name)s’ 부서") % {"name": line["name_ko"]}
        try:
            return _drafted(request, line, title, form.cleaned_data["effective_on"])
        except DomainError as refused:
            form.add_error(None, _(refused.message))
    return _shown(request, unit, form)


def _unit(code: str) -> Any:
    if not code:
        return None
    try:
        return department_by_code(code)
    except DepartmentNotFound:
        raise Http404 from None


def _initial(unit: Any) -> dict[str, Any]:
    if unit is None:
        return {"kind": "department"}
    names = ("name_ko", "name_en", "kind", "phone", "email", "sort")
    own = {name: getattr(unit, name) for name in names}
    return own | {"parent": unit.parent.code if unit.parent else ""}


def _drafted(
    request: StudioRequest, line: dict[str, str], title: str, effective_on: Any
) -> HttpResponseBase:
    plan = plan_write(
        [{name: text for name, text in line.items() if text or name in MAY_BE_EMPTIED}],
        kind=PlanKind.ORGANISATION,
        title=title,
        effective_on=effective_on,
        by=request.official,
        now=timezone.now(),
    )
    return HttpResponseRedirect(address_of(plan), status=303)


def _shown(request: StudioRequest, unit: Any, form: UnitForm) -> HttpResponseBase:
    facts = {
        "unit": unit,
        "form": form,
        "people": official_list(department=unit).count() if unit is not None else 0,
        "held": work_held_in(unit) if unit is not None else [],
        "below": len(departments_under(unit)) - 1 if unit is not None else 0,
        "has_errors": bool(form.is_bound and form.errors),
        "place": "organisation",
    }
    return show(request, "studio/unit.html", facts, status=422 if form.errors else 200)
