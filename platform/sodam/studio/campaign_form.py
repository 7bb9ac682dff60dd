"""A kind of campaign as a form: read from its document, and written back with nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core_crm.campaigns.types import CampaignPurpose, CampaignType, Consent, HappeningKind
from core_crm.common.predicates import PredicateError
from core_crm.customers.selectors import citizen_source
from core_crm.extension_points import campaign_triggers, documents
from sodam.studio.words import (
    approval_words,
    consent_words,
    happening_words,
    once_words,
    purpose_words,
    trigger_words,
)
from sodam.ui.conditions import condition_of, field_choices, typed_in, typed_of

CODE = r"^[a-z][a-z0-9_]{1,47}$"
TIME = forms.TimeInput({"type": "time"}, format="%H:%M")
NO_TEMPLATE = ("", gettext_lazy("보내지 않음"))


class CampaignForm(forms.Form):
    """Fields in the order an official thinks: what, to whom, when, how, how often, who approves."""

    code = forms.RegexField(
        CODE,
        label=gettext_lazy("코드"),
        help_text=gettext_lazy("영문 소문자로. 나중에 바꾸지 않습니다."),
        error_messages={"invalid": gettext_lazy("영문 소문자로 시작하고 숫자와 _만 씁니다.")},
    )
    label_ko = forms.CharField(label=gettext_lazy("이름"), max_length=80)
    label_en = forms.CharField(label=gettext_lazy("영어 이름"), max_length=80, required=False)
    purpose = forms.ChoiceField(label=gettext_lazy("보내는 목적"))
    consent = forms.ChoiceField(label=gettext_lazy("있어야 하는 동의"))
    legal_basis = forms.CharField(label=gettext_lazy("근거 법령"), max_length=200, required=False)
    trigger = forms.ChoiceField(label=gettext_lazy("언제 보내나"))
    event = forms.ChoiceField(label=gettext_lazy("어떤 일이 있으면"), required=False)
    delay_hours = forms.IntegerField(
        label=gettext_lazy("몇 시간 뒤"), min_value=0, max_value=720, required=False
    )
    day_field = forms.ChoiceField(label=gettext_lazy("어느 날짜에서"), required=False)
    offset_days = forms.IntegerField(
        label=gettext_lazy("며칠 뒤(앞이면 −)"), min_value=-366, max_value=366, required=False
    )
    every = forms.ChoiceField(label=gettext_lazy("얼마마다"), required=False)
    day = forms.IntegerField(
        label=gettext_lazy("며칠(주: 1 월요일–7)"), min_value=1, max_value=28, required=False
    )
    at = forms.TimeField(label=gettext_lazy("시각"), required=False, widget=TIME)
    plugin = forms.ChoiceField(label=gettext_lazy("플러그인이 아는 때"), required=False)
    sms = forms.ChoiceField(label=gettext_lazy("문자 양식"), required=False)
    email = forms.ChoiceField(label=gettext_lazy("이메일 양식"), required=False)
    first = forms.ChoiceField(
        label=gettext_lazy("먼저 쓸 것"),
        choices=[("sms", gettext_lazy("문자")), ("email", gettext_lazy("이메일"))],
        widget=forms.RadioSelect,
    )
    once_per = forms.ChoiceField(label=gettext_lazy("한 번만"))
    frequency_cap_days = forms.IntegerField(
        label=gettext_lazy("다음 것까지 쉬는 날"), min_value=0, max_value=366
    )
    cap_per_run = forms.IntegerField(
        label=gettext_lazy("한 번에 가장 많이"), min_value=1, max_value=1_000_000
    )
    quiet_from = forms.TimeField(
        label=gettext_lazy("조용한 시간 시작"), required=False, widget=TIME
    )
    quiet_to = forms.TimeField(label=gettext_lazy("조용한 시간 끝"), required=False, widget=TIME)
    approval = forms.ChoiceField(label=gettext_lazy("보내기 전 승인"))
    enabled = forms.BooleanField(label=gettext_lazy("쓰고 있음"), required=False)

    def __init__(self, *args: Any, body: Mapping[str, Any], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.old, self.source = body, citizen_source()
        self.typed = typed_in(self.data) if self.is_bound else typed_of(body["audience"])
        self.condition_error = ""
        if not is_new:
            del self.fields["code"]
        self._offer()

    def _offer(self) -> None:
        templates = [NO_TEMPLATE, *_template_choices()]
        added = [(one.code, _in_language(one.what)) for one in campaign_triggers.all()]
        offered: dict[str, list[Any]] = {
            "purpose": list(purpose_words().items()),
            "consent": list(consent_words().items()),
            "trigger": list(trigger_words(has_plugin=bool(added)).items()),
            "event": list(happening_words().items()),
            "day_field": [("", _("고르세요")), *_day_fields(self.source)],
            "every": [("week", _("주")), ("month", _("달"))],
            "plugin": added,
            "sms": templates,
            "email": templates,
            "once_per": list(once_words().items()),
            "approval": list(approval_words().items()),
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        try:
            given["audience"] = self._condition()
        except PredicateError as refused:
            self.condition_error = refused.message.partition(": ")[2] or refused.message
            self.add_error(None, _("대상: %(why)s") % {"why": self.condition_error})
        if not given.get("sms") and not given.get("email"):
            self.add_error("sms", _("문자나 이메일 가운데 하나는 골라 주세요."))
        if bool(given.get("quiet_from")) != bool(given.get("quiet_to")):
            missing = "quiet_to" if given.get("quiet_from") else "quiet_from"
            self.add_error(missing, _("조용한 시간은 시작과 끝을 모두 적어 주세요."))
        if given.get("trigger") == "date_field" and not given.get("day_field"):
            self.add_error("day_field", _("어느 날짜에서 세는지 골라 주세요."))
        return given

    def _condition(self) -> Any:
        """What was typed; the old one to the letter when nothing was."""
        if self.typed == typed_of(self.old["audience"]):
            return self.old["audience"]
        return condition_of(self.typed, self.source)

    def body(self) -> dict[str, Any]:
        """The document as it would be: the old one with what the form holds on top."""
        typed = self._typed_body()
        unsaid = {
            name
            for name, value in typed.items()
            if name not in self.old and value == _defaults().get(name)
        }
        return {**self.old, **{k: v for k, v in typed.items() if k not in unsaid}}

    def _typed_body(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "label": {"ko": given["label_ko"], "en": given["label_en"]},
            "purpose": given["purpose"],
            "consent": given["consent"],
            "legal_basis": given["legal_basis"],
            "audience": given["audience"],
            "trigger": self._trigger(),
            "channels": self._channels(),
            "once_per": given["once_per"],
            "quiet_hours": self._quiet(),
            "cap_per_run": given["cap_per_run"],
            "frequency_cap_days": given["frequency_cap_days"],
            "approval": given["approval"],
            "enabled": given["enabled"],
        }

    def _trigger(self) -> dict[str, Any]:
        given = self.cleaned_data
        kind = given["trigger"]
        parts: dict[str, dict[str, Any]] = {
            "event": {"event": given["event"], "delay_hours": given["delay_hours"] or 0},
            "date_field": {
                "field": given["day_field"],
                "offset_days": given["offset_days"] or 0,
            },
            "schedule": {
                "every": given["every"],
                "day": given["day"] or 1,
                "at": _clock(given["at"]) or "10:00",
            },
            "plugin": {"code": given["plugin"]},
        }
        return {"type": kind, **parts.get(kind, {})}

    def _channels(self) -> dict[str, Any]:
        given = self.cleaned_data
        order = ("sms", "email") if given["first"] == "sms" else ("email", "sms")
        return {
            channel: {"template": given[channel], "sort": place}
            for place, channel in enumerate(order, start=1)
            if given[channel]
        }

    def _quiet(self) -> dict[str, Any] | None:
        given = self.cleaned_data
        if not given["quiet_from"]:
            return None
        return {"begins_at": _clock(given["quiet_from"]), "ends_at": _clock(given["quiet_to"])}


def _defaults() -> dict[str, Any]:
    """What a document means where it says nothing."""
    fields = CampaignType.model_fields.items()
    return {name: field.default for name, field in fields if not field.is_required()}


def initial_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of a document."""
    trigger, quiet = body["trigger"], body.get("quiet_hours") or {}
    channels = body["channels"]
    first = min(channels, key=lambda one: channels[one].get("sort", 0), default="sms")
    return {
        "label_ko": body["label"]["ko"],
        "label_en": body["label"].get("en", ""),
        "purpose": body["purpose"],
        "consent": body["consent"],
        "legal_basis": body.get("legal_basis", ""),
        "trigger": trigger["type"],
        "event": trigger.get("event", ""),
        "delay_hours": trigger.get("delay_hours", 0),
        "day_field": trigger.get("field", ""),
        "offset_days": trigger.get("offset_days", 0),
        "every": trigger.get("every", "month"),
        "day": trigger.get("day", 1),
        "at": trigger.get("at", "10:00"),
        "plugin": trigger.get("code", ""),
        "sms": channels.get("sms", {}).get("template", ""),
        "email": channels.get("email", {}).get("template", ""),
        "first": first,
        "once_per": body.get("once_per", "citizen_event"),
        "frequency_cap_days": body.get("frequency_cap_days", 0),
        "cap_per_run": body.get("cap_per_run", 50_000),
        "quiet_from": quiet.get("begins_at", ""),
        "quiet_to": quiet.get("ends_at", ""),
        "approval": body.get("approval", "manager"),
        "enabled": body.get("enabled", True),
    }


def blank() -> dict[str, Any]:
    """A new kind of campaign before anybody wrote anything: lawful, careful, set off by hand."""
    return {
        "label": {"ko": "", "en": ""},
        "sort": 100,
        "purpose": CampaignPurpose.SERVICE_INFO.value,
        "consent": Consent.SERVICE.value,
        "legal_basis": "",
        "audience": {"op": "eq", "field": "is_anonymous", "value": False},
        "trigger": {"type": "manual", "event": HappeningKind.VOICE_ANSWERED.value},
        "channels": {},
        "once_per": "citizen_campaign",
        "quiet_hours": {"begins_at": "21:00", "ends_at": "08:00"},
        "cap_per_run": 5000,
        "frequency_cap_days": 30,
        "approval": "manager",
        "enabled": True,
    }


def _day_fields(source: Any) -> list[tuple[str, str]]:
    days = {code for code, one in source.fields.items() if one.kind in ("date", "instant")}
    return [(code, word) for code, word in field_choices(source) if code in days]


def _template_choices() -> list[tuple[str, str]]:
    found = documents.get()
    return [
        (code, str(found.get("template", code).body.get("title") or code))
        for code in found.codes("template")
    ]


def _in_language(what: Any) -> str:
    return str(what.label_en if (get_language() or "ko").startswith("en") else what.label_ko)


def _clock(at: Any) -> str:
    return at.strftime("%H:%M") if at else ""
