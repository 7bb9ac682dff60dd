"""One routing rule as a form: read from its document, and written back with nothing lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.staff.selectors import department_list_current
from core_crm.voices.selectors.roles import RoleMap, role_labels
from core_crm.voices.selectors.routing import routing_source
from core_crm.voices.types.routing import MOST_WORDS
from sodam.ui.conditions import NOTHING, condition_kept, typed_in, typed_of

CODE = r"^[a-z][a-z0-9_]{1,47}$"
WORD_LENGTH = 40
WORDS = ("words", "not_words", "places")


def _words_field(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, widget=forms.Textarea)


class RuleForm(forms.Form):
    """What is sought, what must hold, and who gets it."""

    code = forms.RegexField(
        CODE,
        label=gettext_lazy("코드"),
        help_text=gettext_lazy("영문 소문자로. 나중에 바꾸지 않습니다."),
        error_messages={"invalid": gettext_lazy("영문 소문자로 시작하고 숫자와 _만 씁니다.")},
    )
    label_ko = forms.CharField(label=gettext_lazy("이름"), max_length=80)
    label_en = forms.CharField(label=gettext_lazy("영어 이름"), max_length=80, required=False)
    words = _words_field(
        gettext_lazy("찾는 낱말"),
        gettext_lazy("쉼표나 줄로 나눕니다. 제목과 내용에 하나라도 있으면 맞습니다."),
    )
    not_words = _words_field(
        gettext_lazy("빼는 낱말"), gettext_lazy("하나라도 있으면 이 규칙을 쓰지 않습니다.")
    )
    places = _words_field(
        gettext_lazy("장소"),
        gettext_lazy("장소 칸에 하나라도 있어야 맞습니다. 비우면 묻지 않습니다."),
    )
    department_role = forms.ChoiceField(label=gettext_lazy("받는 곳"))
    sort = forms.IntegerField(
        label=gettext_lazy("차례"),
        min_value=0,
        max_value=10_000,
        help_text=gettext_lazy("작은 수가 먼저입니다. 먼저 맞은 규칙 하나가 정합니다."),
    )
    is_active = forms.BooleanField(label=gettext_lazy("쓰고 있음"), required=False)

    def __init__(
        self,
        *args: Any,
        body: Mapping[str, Any],
        standard: Mapping[str, Any],
        named: Mapping[str, str],
        is_new: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.old, self._standard, self.source = body, standard, routing_source()
        held = body.get("when")
        self.typed = typed_in(self.data) if self.is_bound else typed_of(held or NOTHING)
        if not is_new:
            del self.fields["code"]
        roles: Any = self.fields["department_role"]
        roles.choices = role_choices(named)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in WORDS:
            given[name] = self._words(name, given.get(name, ""))
        given["when"] = condition_kept(self, self.typed, self.old.get("when"), self.source)
        if not (given["words"] or given["places"] or given["when"]):
            self.add_error("words", _("낱말, 장소, 조건 가운데 하나는 있어야 합니다."))
        return given

    def _words(self, name: str, text: str) -> dict[str, bool]:
        """What is typed is sought; what the standard seeks and is not typed is put aside."""
        typed = [" ".join(word.split()) for word in re.split(r"[,\n]", text)]
        wanted = {word: True for word in typed if word}
        if any(len(word) > WORD_LENGTH for word in wanted):
            self.add_error(name, _("낱말 하나는 %(n)d자까지입니다.") % {"n": WORD_LENGTH})
        if len(wanted) > MOST_WORDS:
            self.add_error(name, _("낱말은 %(n)d개까지입니다.") % {"n": MOST_WORDS})
        kept = {word: wanted.get(word, False) for word in self._standard.get(name, {})}
        return {**kept, **wanted}

    def body(self) -> dict[str, Any]:
        """The document's rule as it would be."""
        given = self.cleaned_data
        body: dict[str, Any] = {
            "label": {"ko": given["label_ko"], "en": given["label_en"]},
            "department_role": given["department_role"],
            "sort": given["sort"],
        }
        body |= {name: given[name] for name in WORDS if given[name] or name in self.old}
        if given["when"]:
            body["when"] = given["when"]
        if not given["is_active"] or "is_active" in self.old:
            body["is_active"] = given["is_active"]
        return body


def initial_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """The form's first values."""
    label = body.get("label", {})
    words = {
        name: ", ".join(word for word, is_on in body.get(name, {}).items() if is_on)
        for name in WORDS
    }
    return {
        "label_ko": label.get("ko", ""),
        "label_en": label.get("en", ""),
        "department_role": body.get("department_role", ""),
        "sort": body.get("sort", 100),
        "is_active": body.get("is_active", True),
        **words,
    }


def role_choices(named: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each role with the department that plays it here; those nobody plays stand last."""
    roles, names = RoleMap.of_this_city(named=named), dict(_department_names())
    played = [
        (code, label, names.get(roles.found(code), "")) for code, label in role_labels().items()
    ]
    return [
        (code, f"{label} → {name}" if name else _("%(role)s (부서 없음)") % {"role": label})
        for code, label, name in sorted(played, key=lambda one: not one[2])
    ]


def _department_names() -> list[tuple[str, str]]:
    return list(department_list_current().values_list("code", "name_ko"))
