"""What a citizen enters, and what is wrong with it in words that help to mend it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.common.personal_data import normalise_phone
from sodam.citizen import own_fields

TITLE_LETTERS, BODY_LETTERS, NOTE_LETTERS = 100, 2000, 1000


class PlainForm(forms.Form):
    """A form whose ids are the names of its fields, so that an error link reads well."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "f-%s")
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class WhatForm(PlainForm):
    """Page 1: what, and where."""

    category = forms.ChoiceField(
        label=gettext_lazy("분야"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("분야를 골라 주세요. 모르겠으면 ‘잘 모르겠어요’를 고르세요."),
            "invalid_choice": gettext_lazy("분야를 다시 골라 주세요."),
        },
    )
    title = forms.CharField(
        label=gettext_lazy("제목"),
        max_length=TITLE_LETTERS,
        error_messages={"required": gettext_lazy("제목을 적어 주세요. 예: 가로등이 꺼졌어요")},
    )
    body = forms.CharField(
        label=gettext_lazy("내용"),
        max_length=BODY_LETTERS,
        widget=forms.Textarea,
        error_messages={
            "required": gettext_lazy("내용을 적어 주세요. 언제, 어디가, 어떻게 불편한지요.")
        },
    )
    location = forms.CharField(label=gettext_lazy("장소"), max_length=200, required=False)

    def __init__(self, *args: Any, categories: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = categories  # type: ignore[attr-defined]
        self.own = own_fields.matter_fields()
        self.attributes: dict[str, Any] = {}
        own_fields.add_to(self, self.own)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.own and "category" in given:
            self.attributes = own_fields.read_matter(self, self.own)
        return given


class YouForm(PlainForm):
    """Page 2: who you are, and what you agree to. Nothing is ticked beforehand."""

    name = forms.CharField(
        label=gettext_lazy("이름"),
        max_length=50,
        error_messages={"required": gettext_lazy("이름을 적어 주세요.")},
    )
    phone = forms.CharField(
        label=gettext_lazy("휴대전화"), max_length=20, required=False, widget=forms.TelInput
    )
    email = forms.EmailField(
        label=gettext_lazy("이메일"),
        max_length=254,
        required=False,
        error_messages={
            "invalid": gettext_lazy("이메일 주소를 확인해 주세요. 예: name@mail.example")
        },
    )
    reply_channel = forms.ChoiceField(
        label=gettext_lazy("답변 받는 방법"),
        choices=[("sms", gettext_lazy("문자")), ("email", gettext_lazy("이메일"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("답변 받는 방법을 골라 주세요.")},
    )
    is_public = forms.ChoiceField(
        label=gettext_lazy("의견 공개"),
        choices=[("no", gettext_lazy("공개하지 않음")), ("yes", gettext_lazy("요약과 답변 공개"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("공개할지 골라 주세요.")},
    )
    consent = forms.BooleanField(
        label=gettext_lazy("개인정보 수집·이용에 동의합니다"),
        error_messages={
            "required": gettext_lazy(
                "동의하지 않으면 답변을 보낼 수 없습니다. 상담 전화로도 말씀하실 수 있습니다."
            )
        },
    )

    own_consent = forms.BooleanField(
        label=gettext_lazy("민감한 항목의 처리에 따로 동의합니다"), required=False
    )

    def __init__(self, *args: Any, filing: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filing, self.attributes = filing, dict(filing.attributes)
        self.own = own_fields.person_fields(filing.category, filing.attributes)
        if not own_fields.grave_words(self.own):
            del self.fields["own_consent"]
        own_fields.add_to(self, self.own)

    def clean_phone(self) -> str:
        text = str(self.cleaned_data["phone"]).strip()
        if not text:
            return ""
        number = normalise_phone(text)
        if not number:
            raise ValidationError(_("전화번호를 확인해 주세요. 예: 010-0000-1234"))
        return number

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self._check_contact(given)
        if self.own:
            self.attributes = own_fields.read_person(
                self,
                self.own,
                category=self.filing.category,
                attributes=self.filing.attributes,
            )
        if "own_consent" in self.fields:
            own_fields.refuse_without_consent(self, self.own)
        return given

    def _check_contact(self, given: dict[str, Any]) -> None:
        way = given.get("reply_channel")
        has_number = given.get("phone") or "phone" in self.errors
        has_address = given.get("email") or "email" in self.errors
        if way == "sms" and not has_number:
            self.add_error("phone", _("문자로 받으려면 휴대전화 번호를 적어 주세요."))
        elif way == "email" and not has_address:
            self.add_error("email", _("이메일로 받으려면 이메일 주소를 적어 주세요."))
        elif not has_number and not has_address:
            self.add_error("phone", _("휴대전화나 이메일 가운데 하나는 적어 주세요."))


class FindForm(PlainForm):
    """Find a voice: its reference, and something only its owner knows."""

    ref = forms.CharField(
        label=gettext_lazy("접수번호"),
        max_length=30,
        error_messages={"required": gettext_lazy("접수번호를 적어 주세요. 예: BS-2611-7K4M-3")},
    )
    contact = forms.CharField(
        label=gettext_lazy("휴대전화 또는 이메일"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("의견을 낼 때 적은 휴대전화나 이메일을 적어 주세요.")
        },
    )


class SupplementForm(PlainForm):
    """What the city asked for."""

    body = forms.CharField(
        label=gettext_lazy("보완 내용"),
        max_length=BODY_LETTERS,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("보완할 내용을 적어 주세요.")},
    )


class ReopenForm(PlainForm):
    """Not solved yet. The reason may stay empty."""

    reason = forms.CharField(
        label=gettext_lazy("무엇이 아직인가요?"),
        max_length=NOTE_LETTERS,
        required=False,
        widget=forms.Textarea,
    )
