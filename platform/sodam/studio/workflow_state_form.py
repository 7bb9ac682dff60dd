"""A state of a workflow as a form: read from the document, and written back whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.voices.selectors.fields import voice_form
from sodam.studio.workflow_step_form import in_order, label_of, label_read, required_code
from sodam.studio.workflow_words import (
    category_words,
    field_words,
    standard_words,
    unit_choices,
    word,
)

Body = dict[str, Any]
ENDS = ("done", "cancelled")


class StateForm(forms.Form):
    """One state. A new one asks at once how voices come to it and go on, so that it is reached."""

    code = required_code()
    label_ko = forms.CharField(label=gettext_lazy("이름"), max_length=40)
    label_en = forms.CharField(label=gettext_lazy("영어 이름"), max_length=60)
    category = forms.ChoiceField(label=gettext_lazy("성격"))
    maps_to = forms.ChoiceField(
        label=gettext_lazy("표준 상태"),
        help_text=gettext_lazy("시·도를 견줄 때 이 상태로 셉니다."),
    )
    clock_amount = forms.IntegerField(
        label=gettext_lazy("머무는 목표"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=gettext_lazy("법정 처리기간과 다른, 우리 목표입니다. 비우면 없습니다."),
    )
    clock_unit = forms.ChoiceField(label=gettext_lazy("목표의 단위"), required=False)
    required_fields = forms.MultipleChoiceField(
        label=gettext_lazy("들어오기 전에 채울 것"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sort = forms.IntegerField(label=gettext_lazy("차례"), min_value=0, max_value=9999)
    in_ko = forms.CharField(
        label=gettext_lazy("들어오는 단계의 이름"), max_length=40, required=False
    )
    in_en = forms.CharField(label=gettext_lazy("그 영어 이름"), max_length=60, required=False)
    in_from = forms.MultipleChoiceField(
        label=gettext_lazy("어느 상태에서 들어오나"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    out_by = forms.MultipleChoiceField(
        label=gettext_lazy("어느 단계로 나가나"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, body: Body, code: str = "", **kwargs: Any) -> None:
        self.body, self.known = body, code
        if not args and "initial" not in kwargs:
            kwargs["initial"] = _state_initial(body, code)
        super().__init__(*args, **kwargs)
        self._offer()
        for name in ("code", "in_ko", "in_en", "in_from", "out_by") if code else ():
            del self.fields[name]

    def _offer(self) -> None:
        states = self.body["states"]
        steps = self.body["transitions"]
        offered = {
            "category": list(category_words().items()),
            "maps_to": list(standard_words().items()),
            "clock_unit": unit_choices(),
            "required_fields": [*field_words().items(), *_custom_fields()],
            "in_from": [(code, word(one["label"])) for code, one in _ordered(states)],
            "out_by": [(code, word(one["label"])) for code, one in _ordered(steps)],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> Body:
        """Refuse a code in use, and a new state that nothing leads to or from."""
        given: Body = super().clean() or {}
        if self.known:
            return given
        if given.get("code") in self.body["states"]:
            self.add_error("code", _("이미 있는 상태입니다. 다른 코드를 써 주세요."))
        if not given.get("in_from"):
            self.add_error("in_from", _("이 상태로 오는 길이 없습니다. 하나 이상 골라 주세요."))
        if not given.get("in_ko"):
            self.add_error("in_ko", _("들어오는 단계의 이름을 적어 주세요."))
        if not given.get("out_by") and given.get("category") not in ENDS:
            self.add_error("out_by", _("여기서 끝까지 갈 길이 없습니다. 하나 이상 골라 주세요."))
        return given

    def edited(self) -> Body:
        """The workflow's document with this state as it was filled in."""
        given, body = self.cleaned_data, self.body
        code = self.known or given["code"]
        body["states"][code] = _state(given, body["states"].get(code, {}))
        if not self.known:
            self._connect(code)
        return body

    def _connect(self, code: str) -> None:
        given, steps = self.cleaned_data, self.body["transitions"]
        label = {"ko": given["in_ko"], "en": given["in_en"] or given["in_ko"]}
        steps[fresh_code(f"to_{code}", steps)] = {
            "label": label,
            "source": given["in_from"],
            "target": code,
            "rights": ["voice_handle"],
            "sort": given["sort"],
        }
        for step in given["out_by"]:
            steps[step]["source"] = [*steps[step]["source"], code]


def fresh_code(wanted: str, taken: Mapping[str, Any]) -> str:
    """The code, or the first with a number behind it that is free."""
    names = (f"{wanted[:40]}_{number}" for number in range(2, len(taken) + 3))
    return wanted[:48] if wanted[:48] not in taken else next(n for n in names if n not in taken)


def _state(given: Body, before: Body) -> Body:
    state = {
        **before,
        "label": label_of(given, "label"),
        "category": given["category"],
        "maps_to": given["maps_to"],
        "sort": given["sort"],
    }
    for name in ("clock", "required_fields"):
        state.pop(name, None)
    if given["clock_amount"]:
        kept = before.get("clock", {})
        clock = {"unit": given["clock_unit"], "amount": given["clock_amount"]}
        state["clock"] = {**kept, **clock}
    if given["required_fields"]:
        asked = in_order(given["required_fields"], before.get("required_fields", []))
        state["required_fields"] = asked
    return state


def _state_initial(body: Body, code: str) -> Body:
    state = body["states"].get(code, {})
    clock = state.get("clock") or {}
    last = max((one.get("sort", 100) for one in body["states"].values()), default=0)
    return {
        **label_read(state, "label"),
        "category": state.get("category", "active"),
        "maps_to": state.get("maps_to", "in_progress"),
        "clock_amount": clock.get("amount"),
        "clock_unit": clock.get("unit", "days"),
        "required_fields": state.get("required_fields", []),
        "sort": state.get("sort", last + 5),
    }


def _custom_fields() -> list[tuple[str, str]]:
    return [
        (code, word(field.label.model_dump()))
        for code, field in voice_form().fields.items()
        if not field.retired
    ]


def _ordered(parts: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted(parts.items(), key=lambda one: (one[1].get("sort", 100), one[0]))
