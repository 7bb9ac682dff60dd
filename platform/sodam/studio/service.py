"""`/studio/services/<code>`: one petition of the catalogue, changed by a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from customization.public import ABSENT, Impact, InForce, ground, in_force, value_at, what_if
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.routing import PLACE as ROUTING
from sodam.studio.routing_form import role_choices
from sodam.studio.saving import findings_at, is_unchanged, may_change, proposed, tree_with
from sodam.studio.words import class_word, in_language, period_word, unit_words

SERVICES = ("code_list", "services", "services")


class ServiceForm(forms.Form):
    """What a city may say of a petition by itself; its class is the law's."""

    title_ko = forms.CharField(label=gettext_lazy("이름"), max_length=120)
    title_en = forms.CharField(label=gettext_lazy("영어 이름"), max_length=160, required=False)
    amount = forms.IntegerField(
        label=gettext_lazy("처리기간"), min_value=1, max_value=400, required=False
    )
    unit = forms.ChoiceField(label=gettext_lazy("처리기간 단위"))
    department_role = forms.ChoiceField(label=gettext_lazy("받는 곳"))
    legal_basis = forms.CharField(label=gettext_lazy("근거 법령"), max_length=200, required=False)
    documents = forms.CharField(
        label=gettext_lazy("구비서류"),
        help_text=gettext_lazy("한 줄에 하나씩 적습니다."),
        required=False,
        widget=forms.Textarea,
    )
    fee_krw = forms.IntegerField(
        label=gettext_lazy("수수료(원)"),
        help_text=gettext_lazy("없으면 0, 경우에 따라 다르면 비웁니다."),
        min_value=0,
        max_value=100_000_000,
        required=False,
    )
    fee_note = forms.CharField(label=gettext_lazy("수수료 설명"), max_length=200, required=False)

    def __init__(
        self, *args: Any, body: Mapping[str, Any], named: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.old = body
        units: Any = self.fields["unit"]
        roles: Any = self.fields["department_role"]
        units.choices, roles.choices = list(unit_words().items()), role_choices(named)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        is_counted = given.get("unit") not in (None, "immediately")
        if is_counted and not given.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("처리기간의 수를 적어 주세요."))
        return given

    def body(self) -> dict[str, Any]:
        """The document's entry as it would be: the old one with the form's values on top."""
        given = self.cleaned_data
        amount = 1 if given["unit"] == "immediately" else given["amount"]
        typed = {
            "title": {"ko": given["title_ko"], "en": given["title_en"]},
            "period": {"unit": given["unit"], "amount": amount},
            "department_role": given["department_role"],
            "legal_basis": given["legal_basis"],
            "documents": [line.strip() for line in given["documents"].splitlines() if line.strip()],
            "fee_krw": given["fee_krw"],
            "fee_note": given["fee_note"],
        }
        said = {name: value for name, value in typed.items() if value or name in self.old}
        return {**self.old, **said}


@require_http_methods(["GET", "POST"])
@studio_page
def service(request: StudioRequest, code: str) -> HttpResponseBase:
    """One entry; `try` asks the last thousand cases, saving makes a change."""
    found = in_force()
    body = value_at(found.tree, (*SERVICES, code))
    if body is ABSENT:
        raise Http404
    form = ServiceForm(
        request.POST if request.method == "POST" else None,
        body=body,
        named=_named(found),
        initial=_initial(body),
    )
    if request.method == "GET" or not form.is_valid():
        return _shown(request, found, code, form)
    wanted = tree_with({(*SERVICES, code): form.body()}, found=found)
    for one in findings_at(wanted, (*SERVICES, code)):
        form.add_error("amount" if "period" in one.path else None, one.message)
    if form.is_valid() and "try" in request.POST:
        impacts = what_if(found.tree, wanted, now=timezone.now())
        return _shown(request, found, code, form, impacts=impacts)
    if form.is_valid() and is_unchanged(wanted, found=found):
        form.add_error(None, _("바뀐 값이 없습니다."))
    if not form.is_valid():
        return _shown(request, found, code, form)
    name = {"name": form.cleaned_data["title_ko"]}
    title = request.POST.get("title", "").strip() or _("민원편람 ‘%(name)s’") % name
    return proposed(request, wanted, title=title)


def _named(found: InForce) -> dict[str, str]:
    named = value_at(found.tree, (*ROUTING, "departments"))
    return {} if named is ABSENT else dict(named)


def _shown(
    request: StudioRequest,
    found: InForce,
    code: str,
    form: ServiceForm,
    *,
    impacts: list[Impact] | None = None,
) -> HttpResponseBase:
    standard = value_at(ground(found.standard_version), (*SERVICES, code))
    body = form.old
    facts = {
        "form": form,
        "code": code,
        "title": in_language(body["title"]["ko"], body["title"].get("en", "")),
        "kind": class_word(body.get("petition_class", "statutory")),
        "lawful": "" if standard is ABSENT else period_word(**standard["period"]),
        "impacts": impacts,
        "change_title": request.POST.get("title", ""),
        "may_change": may_change(request),
        "has_errors": bool(form.is_bound and form.errors),
        "place": "services",
    }
    return show(request, "studio/service.html", facts, status=422 if form.errors else 200)


def _initial(body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title_ko": body["title"]["ko"],
        "title_en": body["title"].get("en", ""),
        "amount": body["period"]["amount"],
        "unit": body["period"]["unit"],
        "department_role": body["department_role"],
        "legal_basis": body.get("legal_basis", ""),
        "documents": "\n".join(body.get("documents", ())),
        "fee_krw": body.get("fee_krw"),
        "fee_note": body.get("fee_note", ""),
    }
