"""One custom field as a form: read from its document, and written back with nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.common.custom_fields import FieldType, Mask, PersonalData
from core_crm.common.custom_fields.definition import (
    GRAVE,
    MOST_RETENTION_DAYS,
    SEARCHABLE,
    WITH_CHOICES,
)
from core_crm.common.predicates import PredicateSource
from core_crm.voices.selectors import category_list
from sodam.studio.field_choices import ChoiceRow, choices_body, rows_in, rows_of
from sodam.studio.form_words import class_words, mask_words, type_words
from sodam.studio.words import in_language
from sodam.ui.conditions import NOTHING, condition_kept, typed_in, typed_of

CODE = r"^[a-z][a-z0-9_]{1,47}$"
PLAIN = ("required", "searchable", "in_inbox", "in_api", "retired")


class FieldForm(forms.Form):
    """What is asked, when, and how the answer is treated."""

    code = forms.RegexField(
        CODE,
        label=gettext_lazy("코드"),
        help_text=gettext_lazy("영문 소문자로. 연계와 조건에서 씁니다. 나중에 바꾸지 않습니다."),
        error_messages={"invalid": gettext_lazy("영문 소문자로 시작하고 숫자와 _만 씁니다.")},
    )
    type = forms.ChoiceField(
        label=gettext_lazy("갈래"),
        help_text=gettext_lazy("나중에 바꾸지 않습니다. 다른 갈래가 필요하면 새 항목을 만드세요."),
    )
    label_ko = forms.CharField(label=gettext_lazy("시민에게 묻는 말"), max_length=80)
    label_en = forms.CharField(label=gettext_lazy("영어"), max_length=80, required=False)
    hint_ko = forms.CharField(label=gettext_lazy("도움말"), max_length=200, required=False)
    hint_en = forms.CharField(label=gettext_lazy("영어 도움말"), max_length=200, required=False)
    required = forms.BooleanField(label=gettext_lazy("꼭 적어야 함"), required=False)
    required_for_categories = forms.MultipleChoiceField(
        label=gettext_lazy("이 분야에서만 꼭"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    personal_data = forms.ChoiceField(
        label=gettext_lazy("개인정보의 갈래"),
        widget=forms.RadioSelect,
        initial=PersonalData.NONE.value,
        help_text=gettext_lazy("개인정보는 동의와 함께 2쪽에서 묻습니다."),
    )
    mask = forms.ChoiceField(
        label=gettext_lazy("가리는 방법"), widget=forms.RadioSelect, initial=Mask.NONE.value
    )
    retention_days = forms.IntegerField(
        label=gettext_lazy("종결 뒤 보관하는 날수"),
        required=False,
        min_value=1,
        max_value=MOST_RETENTION_DAYS,
        help_text=gettext_lazy("지나면 값만 지웁니다. 비우면 의견과 함께 보관합니다."),
    )
    searchable = forms.BooleanField(label=gettext_lazy("찾기에 넣기"), required=False)
    in_inbox = forms.BooleanField(label=gettext_lazy("목록에 보이기"), required=False)
    in_api = forms.BooleanField(label=gettext_lazy("연계(API)에 넣기"), required=False)
    sort = forms.IntegerField(
        label=gettext_lazy("차례"),
        min_value=0,
        max_value=10_000,
        help_text=gettext_lazy("작은 수가 먼저입니다."),
    )
    retired = forms.BooleanField(
        label=gettext_lazy("물림"),
        required=False,
        help_text=gettext_lazy("더 묻지 않습니다. 이미 적힌 값은 그대로 보입니다."),
    )

    def __init__(
        self, *args: Any, body: Mapping[str, Any], source: PredicateSource, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.old, self.source = body, source
        self.typed = typed_in(self.data) if self.is_bound else typed_of(_held(body))
        self.rows: list[ChoiceRow] = rows_in(self.data) if self.is_bound else rows_of(body)
        if body:
            del self.fields["code"], self.fields["type"]
        self._fill_choices()

    def _fill_choices(self) -> None:
        categories = [
            (one.code, in_language(one.label_ko, one.label_en)) for one in category_list()
        ]
        known: dict[str, list[tuple[str, str]]] = {
            "type": [(code.value, word) for code, word in type_words().items()],
            "personal_data": [(code.value, word) for code, word in class_words().items()],
            "mask": [(code.value, word) for code, word in mask_words().items()],
            "required_for_categories": categories,
        }
        for name, choices in known.items():
            if name in self.fields:
                field: Any = self.fields[name]
                field.choices = choices

    @property
    def kind(self) -> str:
        """The type in force, or the one that is typed."""
        return str(self.old.get("type") or self["type"].value() or FieldType.TEXT)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["shown_when"] = condition_kept(
            self, self.typed, self.old.get("shown_when"), self.source
        )
        if self.kind in WITH_CHOICES:
            given["choices"] = choices_body(self.rows, self.old.get("choices", {}))
            if not any(not one.get("retired") for one in given["choices"].values()):
                self.rows[0].error = _("고를 항목을 하나 이상 적어 주세요.")
                self.add_error(None, self.rows[0].error)
        self._check_by_law(given)
        if given.get("searchable") and self.kind not in SEARCHABLE:
            self.add_error("searchable", _("글과 수만 찾을 수 있습니다."))
        return given

    def _check_by_law(self, given: dict[str, Any]) -> None:
        """The model's own rules, told beside their controls."""
        personal = given.get("personal_data")
        if not personal or personal == PersonalData.NONE:
            return
        if given.get("mask") == Mask.NONE:
            self.add_error("mask", _("개인정보는 가려야 합니다. 가리는 방법을 고르세요."))
        if given.get("searchable"):
            self.add_error("searchable", _("개인정보로는 찾을 수 없습니다."))
        if personal in GRAVE and not given.get("retention_days"):
            self.add_error("retention_days", _("민감한 정보에는 보관하는 날수를 정해 주세요."))

    def body(self) -> dict[str, Any]:
        """The document's field as it would be; what is as it was by default is left out."""
        given = self.cleaned_data
        wanted: dict[str, Any] = {
            "label": _words(given["label_ko"], given["label_en"], self.old.get("label", {})),
            "type": self.old.get("type") or given["type"],
            "sort": given["sort"],
        }
        hint = _words(given["hint_ko"], given["hint_en"], self.old.get("hint") or {})
        optional = {
            "hint": hint if hint["ko"] else None,
            "choices": given.get("choices"),
            "required_for_categories": given["required_for_categories"],
            "shown_when": given["shown_when"],
            "personal_data": given["personal_data"],
            "mask": given["mask"],
            "retention_days": given["retention_days"],
            **{name: given[name] for name in PLAIN},
        }
        kept = {name: one for name, one in optional.items() if self._is_said(name, one)}
        return wanted | kept

    def _is_said(self, name: str, value: Any) -> bool:
        return value != DEFAULTS[name] or (name in self.old and value is not None)


DEFAULTS: Mapping[str, Any] = {
    "hint": None,
    "choices": None,
    "required": False,
    "required_for_categories": [],
    "shown_when": None,
    "personal_data": PersonalData.NONE.value,
    "mask": Mask.NONE.value,
    "retention_days": None,
    "searchable": False,
    "in_inbox": False,
    "in_api": True,
    "retired": False,
}


def _words(ko: str, en: str, old: Mapping[str, str]) -> dict[str, str]:
    """A text in both languages; no empty English one where there was none."""
    return {"ko": ko, "en": en} if en or "en" in old else {"ko": ko}


def _held(body: Mapping[str, Any]) -> Any:
    return body.get("shown_when") or NOTHING


def initial_of(body: Mapping[str, Any], *, sort: int) -> dict[str, Any]:
    """The form's first values; a new field comes last."""
    label, hint = body.get("label", {}), body.get("hint") or {}
    known = {name: body.get(name, default) for name, default in DEFAULTS.items()}
    return known | {
        "label_ko": label.get("ko", ""),
        "label_en": label.get("en", ""),
        "hint_ko": hint.get("ko", ""),
        "hint_en": hint.get("en", ""),
        "sort": body.get("sort", 0) if body else sort,
    }
