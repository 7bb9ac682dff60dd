"""One promise as a form: for whom, how soon, when to warn and who looks then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.voices.selectors import category_list, service_list
from sodam.studio.routing_form import CODE
from sodam.studio.words import class_words, in_language, unit_words, watcher_words

UNSAID = {"warn_percent": 70, "sort": 100}
"""What a document need not say."""


class TargetForm(forms.Form):
    """The fields in the order in which a promise is thought of."""

    code = forms.RegexField(
        CODE,
        label=gettext_lazy("코드"),
        help_text=gettext_lazy("영문 소문자로. 나중에 바꾸지 않습니다."),
        error_messages={"invalid": gettext_lazy("영문 소문자로 시작하고 숫자와 _만 씁니다.")},
    )
    label_ko = forms.CharField(label=gettext_lazy("이름"), max_length=80)
    label_en = forms.CharField(label=gettext_lazy("영어 이름"), max_length=80, required=False)
    petition_class = forms.ChoiceField(label=gettext_lazy("민원 종류"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("분야"), required=False)
    service = forms.ChoiceField(label=gettext_lazy("민원편람"), required=False)
    how = forms.ChoiceField(
        label=gettext_lazy("목표를 정하는 법"),
        choices=[
            ("percent", gettext_lazy("법정기간의 몇 %")),
            ("period", gettext_lazy("우리가 정한 기간")),
        ],
        widget=forms.RadioSelect,
    )
    percent = forms.IntegerField(
        label=gettext_lazy("법정기간의 몇 %"), min_value=1, max_value=99, required=False
    )
    unit = forms.ChoiceField(label=gettext_lazy("기간 단위"), required=False)
    amount = forms.IntegerField(
        label=gettext_lazy("기간"), min_value=1, max_value=400, required=False
    )
    warn_percent = forms.IntegerField(
        label=gettext_lazy("알리기 시작(%)"),
        min_value=1,
        max_value=99,
        help_text=gettext_lazy("목표 시간을 이만큼 쓰면 ‘목표 임박’이라고 알립니다."),
    )
    escalation_to = forms.ChoiceField(label=gettext_lazy("다 쓰면 살필 사람"), required=False)
    escalation_percent = forms.IntegerField(
        label=gettext_lazy("살피기 시작(%)"), min_value=1, max_value=100, required=False
    )
    sort = forms.IntegerField(label=gettext_lazy("차례"), min_value=0, max_value=10_000)

    def __init__(self, *args: Any, body: Mapping[str, Any], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.old = body
        if not is_new:
            del self.fields["code"]
        any_of = [("", _("가리지 않음"))]
        categories = [
            (one.code, in_language(one.label_ko, one.label_en)) for one in category_list()
        ]
        services = [(one.code, in_language(one.title_ko, one.title_en)) for one in service_list()]
        offered = {
            "petition_class": [*any_of, *class_words().items()],
            "category": [*any_of, *categories],
            "service": [*any_of, *services],
            "unit": list(unit_words().items()),
            "escalation_to": [("", _("아무도")), *watcher_words().items()],
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.get(name) for name in ("petition_class", "category", "service")):
            message = _("민원 종류, 분야, 민원편람 가운데 하나는 골라 주세요.")
            self.add_error("petition_class", message)
        if given.get("how") == "percent" and not given.get("percent"):
            self._need("percent")
        is_counted = given.get("how") == "period" and given.get("unit") != "immediately"
        if is_counted and not given.get("amount"):
            self._need("amount")
        if given.get("escalation_to") and not given.get("escalation_percent"):
            self._need("escalation_percent")
        return given

    def _need(self, name: str) -> None:
        if name not in self.errors:
            self.add_error(name, _("수를 적어 주세요."))

    def body(self) -> dict[str, Any]:
        """The document's promise as it would be."""
        given = self.cleaned_data
        body: dict[str, Any] = {
            "label": {"ko": given["label_ko"], "en": given["label_en"]},
            "warn_percent": given["warn_percent"],
            "sort": given["sort"],
            **self._promise(),
        }
        named = ("petition_class", "category", "service")
        body |= {name: given[name] for name in named if given[name]}
        if given["escalation_to"]:
            body["escalation"] = {
                "percent": given["escalation_percent"],
                "to": given["escalation_to"],
            }
        unsaid = {name for name, value in UNSAID.items() if body.get(name) == value}
        return {name: value for name, value in body.items() if name not in unsaid - set(self.old)}

    def _promise(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given["how"] == "percent":
            return {"percent": given["percent"]}
        amount = 1 if given["unit"] == "immediately" else given["amount"]
        return {"period": {"unit": given["unit"], "amount": amount}}


def initial_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """The form's first values."""
    label, period, escalation = body["label"], body.get("period"), body.get("escalation")
    return {
        "label_ko": label["ko"],
        "label_en": label.get("en", ""),
        "petition_class": body.get("petition_class", ""),
        "category": body.get("category", ""),
        "service": body.get("service", ""),
        "how": "period" if period else "percent",
        "percent": body.get("percent"),
        "unit": period["unit"] if period else "days",
        "amount": period["amount"] if period else None,
        "warn_percent": body.get("warn_percent", 70),
        "escalation_to": escalation["to"] if escalation else "",
        "escalation_percent": escalation["percent"] if escalation else 100,
        "sort": body.get("sort", 100),
    }
