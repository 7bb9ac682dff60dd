"""A step of a workflow as a form: who may take it, when, and what is done beside moving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core_crm.extension_points import documents, workflow_actions, workflow_guards
from core_crm.messaging.services import placeholders_of
from core_crm.voices.services.notices import KNOWN_AT_ANY_STEP
from sodam.studio.workflow_actions import actions_of, actions_read, plugin_codes
from sodam.studio.workflow_words import party_words, right_words, unit_choices, word

Body = dict[str, Any]
CODE = r"^[a-z][a-z0-9_]{1,47}$"
NO_TEMPLATE = ("", gettext_lazy("보내지 않음"))


def required_code() -> forms.RegexField:
    """The code of something new; it never changes afterwards."""
    return forms.RegexField(
        CODE,
        label=gettext_lazy("코드"),
        help_text=gettext_lazy("영문 소문자로. 나중에 바꾸지 않습니다."),
        error_messages={"invalid": gettext_lazy("영문 소문자로 시작하고 숫자와 _만 씁니다.")},
    )


class StepForm(forms.Form):
    """One step, new or known. `body` is the workflow's document, to be changed."""

    code = required_code()
    label_ko = forms.CharField(label=gettext_lazy("이름"), max_length=40)
    label_en = forms.CharField(label=gettext_lazy("영어 이름"), max_length=60)
    source = forms.MultipleChoiceField(
        label=gettext_lazy("어느 상태에서"), widget=forms.CheckboxSelectMultiple
    )
    target = forms.ChoiceField(label=gettext_lazy("어느 상태로"))
    rights = forms.MultipleChoiceField(
        label=gettext_lazy("이 권한이 있는 사람"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("이 역할인 사람"), required=False, widget=forms.CheckboxSelectMultiple
    )
    requires_comment = forms.BooleanField(label=gettext_lazy("사유를 꼭 적음"), required=False)
    separation_of_duty = forms.BooleanField(
        label=gettext_lazy("앞 단계를 한 사람은 할 수 없음"), required=False
    )
    guard = forms.CharField(
        label=gettext_lazy("조건식"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("참일 때만 할 수 있습니다. 예: has_officer and reopened_count < 3"),
    )
    says_ko = forms.CharField(
        label=gettext_lazy("조건이 맞지 않을 때 하는 말"), max_length=120, required=False
    )
    says_en = forms.CharField(label=gettext_lazy("그 말의 영어"), max_length=160, required=False)
    plugin_guards = forms.MultipleChoiceField(
        label=gettext_lazy("플러그인이 보는 조건"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    auto_amount = forms.IntegerField(
        label=gettext_lazy("저절로 넘어가는 때"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=gettext_lazy("그 상태에 이만큼 머물면 시스템이 합니다. 비우면 사람이 합니다."),
    )
    auto_unit = forms.ChoiceField(label=gettext_lazy("그 단위"), required=False)
    note = forms.CharField(
        label=gettext_lazy("내부 메모로 남길 글"), max_length=500, required=False
    )
    template = forms.ChoiceField(label=gettext_lazy("시민에게 보낼 알림"), required=False)
    survey = forms.BooleanField(label=gettext_lazy("만족도를 묻기"), required=False)
    plugin_actions = forms.MultipleChoiceField(
        label=gettext_lazy("플러그인이 하는 일"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sort = forms.IntegerField(label=gettext_lazy("차례"), min_value=0, max_value=9999)

    def __init__(self, *args: Any, body: Body, code: str = "", **kwargs: Any) -> None:
        self.body, self.known = body, code
        if not args and "initial" not in kwargs:
            kwargs["initial"] = _initial(body, code)
        super().__init__(*args, **kwargs)
        self._offer()
        if code:
            del self.fields["code"]

    def _offer(self) -> None:
        states = sorted(
            self.body["states"].items(), key=lambda one: (one[1].get("sort", 100), one[0])
        )
        named = [(code, word(one["label"])) for code, one in states]
        offered = {
            "source": named,
            "target": named,
            "rights": list(right_words().items()),
            "roles": list(party_words().items()),
            "auto_unit": unit_choices(),
            "template": [NO_TEMPLATE, *_templates()],
            "plugin_guards": _added(workflow_guards),
            "plugin_actions": _added(workflow_actions),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field
        for name in ("plugin_guards", "plugin_actions"):
            if not offered[name]:
                del self.fields[name]

    def clean(self) -> Body:
        """Refuse a code in use, and a step that nobody may take."""
        given: Body = super().clean() or {}
        if not self.known and given.get("code") in self.body["transitions"]:
            self.add_error("code", _("이미 있는 단계입니다. 다른 코드를 써 주세요."))
        if not given.get("rights") and not given.get("roles"):
            self.add_error("rights", _("누가 할지 하나 이상 골라 주세요."))
        if given.get("auto_amount") and "system" not in given.get("roles", []):
            self.add_error("auto_amount", _("저절로 넘어가려면 역할에서 ‘시스템’도 골라 주세요."))
        return given

    def edited(self) -> Body:
        """The workflow's document with this step as it was filled in."""
        code = self.known or self.cleaned_data["code"]
        before = self.body["transitions"].get(code, {})
        self.body["transitions"][code] = _step(self.cleaned_data, before, self._boxes)
        return self.body

    @property
    def _boxes(self) -> dict[str, list[str]]:
        """What the form offers of plugins."""
        return {
            name: [code for code, _label in self.fields[name].choices]  # type: ignore[attr-defined]
            for name in ("plugin_guards", "plugin_actions")
            if name in self.fields
        }


def in_order(chosen: list[str], before: list[str]) -> list[str]:
    """The same choices in the order the document has them: another order is no change."""
    kept = [one for one in before if one in chosen]
    return kept + [one for one in chosen if one not in kept]


def label_of(given: Body, name: str) -> Body:
    return {"ko": given[f"{name}_ko"], "en": given[f"{name}_en"]}


def label_read(part: Body, name: str) -> Body:
    label = part.get(name) or {}
    return {f"{name}_ko": label.get("ko", ""), f"{name}_en": label.get("en", "")}


def _step(given: Body, before: Body, boxes: Mapping[str, list[str]]) -> Body:
    """What is empty is left out, so that the document says no more than it has to."""
    says_ko, says_en = given["says_ko"], given["says_en"]
    auto = {"unit": given["auto_unit"], "amount": given["auto_amount"]}
    optional = {
        "rights": in_order(given["rights"], before.get("rights", [])),
        "roles": in_order(given["roles"], before.get("roles", [])),
        "requires_comment": given["requires_comment"],
        "separation_of_duty": given["separation_of_duty"],
        "guard": given["guard"].strip(),
        "guard_says": {"ko": says_ko, "en": says_en or says_ko} if says_ko else None,
        "plugin_guards": plugin_codes(
            given.get("plugin_guards") or (),
            before.get("plugin_guards", {}),
            offered=boxes.get("plugin_guards", ()),
        ),
        "auto_after": auto if given["auto_amount"] else None,
        "actions": actions_of(
            given, before.get("actions", {}), offered=boxes.get("plugin_actions", ())
        ),
    }
    kept = {name: value for name, value in before.items() if name not in optional}
    needed = {
        "label": label_of(given, "label"),
        "source": in_order(given["source"], before.get("source", [])),
        "target": given["target"],
        "sort": given["sort"],
    }
    return {**kept, **needed, **{name: value for name, value in optional.items() if value}}


def _initial(body: Body, code: str) -> Body:
    step = body["transitions"].get(code, {})
    auto = step.get("auto_after") or {}
    says = step.get("guard_says") or {}
    last = max((one.get("sort", 100) for one in body["transitions"].values()), default=0)
    return {
        **label_read(step, "label"),
        **actions_read(step.get("actions", {})),
        "source": step.get("source", []),
        "target": step.get("target", ""),
        "rights": step.get("rights", [] if code else ["voice_handle"]),
        "roles": step.get("roles", []),
        "requires_comment": step.get("requires_comment", False),
        "separation_of_duty": step.get("separation_of_duty", False),
        "guard": step.get("guard", ""),
        "says_ko": says.get("ko", ""),
        "says_en": says.get("en", ""),
        "plugin_guards": list(step.get("plugin_guards", {}).values()),
        "auto_amount": auto.get("amount"),
        "auto_unit": auto.get("unit", "days"),
        "sort": step.get("sort", last + 5),
    }


def _templates() -> list[tuple[str, str]]:
    """Wordings that need nothing but what every notice of a voice knows."""
    source = documents.get()
    found = []
    for code in source.codes("template"):
        body = source.get("template", code).body
        if needs_nothing_more(body):
            found.append((code, str(body.get("title") or code)))
    return found


def needs_nothing_more(body: Mapping[str, Any]) -> bool:
    """May this wording go out with any step: are all its placeholders known then?"""
    texts = [text for one in body.get("texts", {}).values() for text in one.values()]
    written = " ".join(text for text in texts if isinstance(text, str))
    return set(placeholders_of(written)) <= KNOWN_AT_ANY_STEP


def _added(point: Any) -> list[tuple[str, str]]:
    is_english = (get_language() or "ko").startswith("en")
    return [
        (one.code, one.what.label_en if is_english else one.what.label_ko) for one in point.all()
    ]
