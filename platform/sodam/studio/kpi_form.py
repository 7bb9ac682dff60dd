"""An indicator as a form: read from its document, and written back with nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sodam.studio.kpi_table import Amount
from sodam.studio.kpi_words import direction_words, level_words, method_words, period_words
from sodam.ui.measures import measure_words

CODE = r"^(?!(?:new|try)$)[a-z][a-z0-9_]{1,47}$"
UNITS = ("%", "점", "건", "시간", "일", "명")
GRADES = 6
TEXTS = ("label", "description", "source")
CHOICES = ("unit", "direction", "level", "period")


class KpiForm(forms.Form):
    """Fields in the order an official thinks: what, by which formula, how good, how many points."""

    code = forms.RegexField(
        CODE,
        label=gettext_lazy("코드"),
        help_text=gettext_lazy("영문 소문자로. 나중에 바꾸지 않습니다."),
        error_messages={"invalid": gettext_lazy("영문 소문자로 시작하고 숫자와 _만 씁니다.")},
    )
    label_ko = forms.CharField(label=gettext_lazy("이름"), max_length=60)
    label_en = forms.CharField(label=gettext_lazy("영어 이름"), max_length=60, required=False)
    description_ko = forms.CharField(
        label=gettext_lazy("설명"), max_length=400, widget=forms.Textarea({"rows": 2})
    )
    description_en = forms.CharField(
        label=gettext_lazy("영어 설명"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    source_ko = forms.CharField(label=gettext_lazy("근거"), max_length=200)
    source_en = forms.CharField(label=gettext_lazy("영어 근거"), max_length=200, required=False)
    formula = forms.CharField(
        label=gettext_lazy("산식"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3, "spellcheck": "false", "data-formula": ""}),
    )
    base = forms.ChoiceField(label=gettext_lazy("몇 건으로 셌는지"))
    fewest = forms.IntegerField(
        label=gettext_lazy("가장 적은 표본"), min_value=1, max_value=1_000_000
    )
    unit = forms.ChoiceField(label=gettext_lazy("단위"))
    decimals = forms.IntegerField(label=gettext_lazy("소수 자리"), min_value=0, max_value=4)
    direction = forms.ChoiceField(label=gettext_lazy("어느 쪽이 좋은지"))
    target = Amount(label=gettext_lazy("목표"))
    low = Amount(label=gettext_lazy("범위의 낮은 값"))
    high = Amount(label=gettext_lazy("범위의 높은 값"))
    level = forms.ChoiceField(label=gettext_lazy("누구를 평가하나"))
    period = forms.ChoiceField(label=gettext_lazy("얼마마다"))
    method = forms.ChoiceField(label=gettext_lazy("평가방법"), required=False)
    floor = Amount(label=gettext_lazy("0점인 값"))
    ceiling = Amount(label=gettext_lazy("100점인 값"))
    no_data = forms.ChoiceField(label=gettext_lazy("값이 없으면"), required=False)

    def __init__(self, *args: Any, body: Mapping[str, Any], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.old = body
        for number in range(GRADES):
            self.fields[f"g{number}_label"] = forms.CharField(
                label=_("등급 %(n)d 이름") % {"n": number + 1}, max_length=40, required=False
            )
            self.fields[f"g{number}_from"] = Amount(
                label=_("등급 %(n)d 이 값부터") % {"n": number + 1}
            )
            self.fields[f"g{number}_points"] = Amount(
                label=_("등급 %(n)d 점수") % {"n": number + 1}, most=100, least=0
            )
        self._offer()
        if not is_new:
            del self.fields["code"]

    def _offer(self) -> None:
        names = measure_words()
        base = self.old.get("base")
        known = names if base in names or not base else {**names, base: base}
        offered = {
            "base": {code: f"{word} ({code})" for code, word in known.items()},
            "unit": {unit: unit for unit in UNITS},
            "direction": direction_words(),
            "level": level_words(),
            "period": period_words(),
            "method": {"": _("매기지 않음"), **method_words()},
            "no_data": {"exclude": _("점수에서 뺌"), "zero": _("0점")},
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = list(choices.items())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("direction") == "band":
            for name in ("low", "high"):
                if given.get(name) is None:
                    self.add_error(name, _("범위의 두 값을 모두 적어 주세요."))
        for number in range(GRADES):
            parts = [given.get(f"g{number}_{part}") for part in ("label", "from", "points")]
            if parts[0] and None in parts[1:]:
                self.add_error(f"g{number}_from", _("등급의 값과 점수를 모두 적어 주세요."))
        return given

    def body(self) -> dict[str, Any]:
        """The document as it would be: the old one with what the form holds on top."""
        given = self.cleaned_data
        typed: dict[str, Any] = {
            **{name: self._two(name) for name in TEXTS},
            **{name: given[name] for name in CHOICES},
            "formula": given["formula"].replace("\r\n", "\n"),
            "base": given["base"],
            "fewest": given["fewest"],
            "decimals": given["decimals"],
            "target": given["target"],
            "band": self._band(),
            "evaluation": self._evaluation(),
        }
        body = {name: value for name, value in typed.items() if not self._is_unsaid(name, value)}
        removed = {name for name, value in typed.items() if value is None}
        return {name: value for name, value in {**self.old, **body}.items() if name not in removed}

    def _is_unsaid(self, name: str, value: Any) -> bool:
        """A default that the document does not write out stays unwritten."""
        return name not in self.old and value == DEFAULTS.get(name)

    def _two(self, name: str) -> dict[str, str]:
        ko, en = self.cleaned_data[f"{name}_ko"], self.cleaned_data[f"{name}_en"]
        return {"ko": ko, "en": en} if en or "en" in self.old.get(name, {}) else {"ko": ko}

    def _band(self) -> dict[str, Any] | None:
        given = self.cleaned_data
        if given["direction"] != "band":
            return None
        return {"low": given["low"], "high": given["high"]}

    def _evaluation(self) -> dict[str, Any] | None:
        given = self.cleaned_data
        method = given["method"]
        if not method:
            return None
        found: dict[str, Any] = {"method": method}
        if method == "linear":
            found |= {name: given[name] for name in ("floor", "ceiling") if given[name] is not None}
        if method == "step":
            found["grades"] = self._grades()
        if given["no_data"] == "zero":
            found["no_data"] = "zero"
        return found

    def _grades(self) -> dict[str, Any]:
        """Keyed as they were; a new one by its place."""
        given, old = self.cleaned_data, grades_of(self.old)
        found = {}
        for number in range(GRADES):
            label = given[f"g{number}_label"]
            if not label:
                continue
            code, before = old[number] if number < len(old) else (f"g{number + 1}", {})
            found[code] = {
                **before,
                "label": {**before.get("label", {}), "ko": label},
                "from": given[f"g{number}_from"],
                "points": given[f"g{number}_points"],
            }
        return found


DEFAULTS = {
    "fewest": 1,
    "level": "both",
    "period": "month",
    "target": None,
    "band": None,
    "evaluation": None,
}


def grades_of(body: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The grades of a document, the best first."""
    found = (body.get("evaluation") or {}).get("grades") or {}
    return sorted(found.items(), key=lambda one: -one[1]["points"])[:GRADES]


def initial_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of a document."""
    evaluation, band = body.get("evaluation") or {}, body.get("band") or {}
    found: dict[str, Any] = {
        **{f"{name}_ko": body[name]["ko"] for name in TEXTS},
        **{f"{name}_en": body[name].get("en", "") for name in TEXTS},
        "unit": body["unit"],
        "direction": body["direction"],
        "level": body.get("level", "both"),
        "period": body.get("period", "month"),
        "formula": body["formula"],
        "base": body["base"],
        "fewest": body.get("fewest", 1),
        "decimals": body["decimals"],
        "target": body.get("target"),
        "low": band.get("low"),
        "high": band.get("high"),
        "method": evaluation.get("method", ""),
        "floor": evaluation.get("floor"),
        "ceiling": evaluation.get("ceiling"),
        "no_data": evaluation.get("no_data", "exclude"),
    }
    for number, (_code, grade) in enumerate(grades_of(body)):
        found[f"g{number}_label"] = grade["label"]["ko"]
        found[f"g{number}_from"], found[f"g{number}_points"] = grade["from"], grade["points"]
    return found


def blank() -> dict[str, Any]:
    """A new indicator before anybody wrote anything: it weighs nothing."""
    return {
        "label": {"ko": "", "en": ""},
        "description": {"ko": "", "en": ""},
        "unit": "%",
        "decimals": 1,
        "direction": "higher",
        "formula": "",
        "base": "settled",
        "sort": 100,
        "source": {"ko": "", "en": ""},
    }
