"""Forms about a customer: who they are, and what officials write down of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.customers.selectors import dated_fact_kinds, draft_of, need_codes
from core_crm.customers.types import CitizenDraft
from sodam.staff.customer_words import (
    CHANNELS,
    CONTACTS,
    HOUSEHOLD,
    LANGUAGES,
    MEMBERS,
    PURPOSES,
    RELATIONS,
    SEXES,
    birth_of,
    email_of,
    home_of,
    listed,
    name_of,
    phone_of,
)

REPLIES = {code: CHANNELS[code].word for code in ("sms", "email")}
COVERED = ("name", "phone", "email", "birth_on", "address")
NOT_KNOWN = ("", gettext_lazy("모름"))
SHORT = {"min_length": gettext_lazy("다섯 글자 이상으로 이유를 써 주세요.")}


def day_field(label: Any, *, is_required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day, with the browser's own calendar."""
    day = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=is_required, help_text=help_text, widget=day)


class CitizenForm(forms.Form):
    """All that may be known of a person."""

    name = forms.CharField(label=gettext_lazy("이름"), max_length=80, required=False)
    phone = forms.CharField(label=gettext_lazy("휴대전화"), max_length=30, required=False)
    email = forms.EmailField(label=gettext_lazy("이메일"), required=False)
    preferred_channel = forms.ChoiceField(
        label=gettext_lazy("먼저 쓰는 연락 방법"), choices=list(REPLIES.items()), required=False
    )
    birth_on = day_field(gettext_lazy("생년월일"))
    sex = forms.ChoiceField(
        label=gettext_lazy("성별"), choices=[NOT_KNOWN, *SEXES.items()], required=False
    )
    postcode = forms.CharField(label=gettext_lazy("우편번호"), max_length=5, required=False)
    address = forms.CharField(
        label=gettext_lazy("주소"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("도로명이나 동 이름까지 적으면 행정동을 찾습니다."),
    )
    address_detail = forms.CharField(label=gettext_lazy("상세주소"), max_length=100, required=False)
    language = forms.ChoiceField(label=gettext_lazy("언어"), choices=list(LANGUAGES.items()))
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("배려 사항"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("본인이 말한 것만 고릅니다."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="citizen-%s", **kwargs)
        self.fields["needs"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (code, listed(word, code)) for code, word in need_codes().items() if not word.is_retired
        ]

    def draft(self) -> CitizenDraft:
        """As the customers room takes it in."""
        given = self.cleaned_data
        told = {name: given[name] for name in TOLD}
        return CitizenDraft(**told, needs=tuple(given["needs"]), source="staff")


TOLD = (
    "name",
    "phone",
    "email",
    "preferred_channel",
    "birth_on",
    "sex",
    "postcode",
    "address",
    "address_detail",
    "language",
)
ROWS = (
    ("name",),
    ("phone", "email"),
    ("preferred_channel", "language"),
    ("birth_on", "sex"),
    ("address",),
    ("address_detail", "postcode"),
    ("needs",),
)


class CitizenEditForm(CitizenForm):
    """The same of somebody known: what is covered stays covered, and is typed to be replaced.

    So nothing is disclosed by opening the form. An empty field leaves what is known.
    """

    cleared = forms.MultipleChoiceField(
        label=gettext_lazy("지울 항목"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("틀렸거나 더는 쓰지 않는 값을 비웁니다."),
    )

    def __init__(self, *args: Any, citizen: Any, today: date, **kwargs: Any) -> None:
        self.citizen = citizen
        kwargs["initial"] = {
            name: getattr(citizen, name)
            for name in ("preferred_channel", "sex", "language", "needs")
        }
        super().__init__(*args, **kwargs)
        known = {
            "name": name_of(citizen.name) if citizen.name else "",
            "phone": phone_of(citizen.phone),
            "email": email_of(citizen.email),
            "birth_on": birth_of(citizen.birth_on, today=today),
            "address": home_of(citizen) if citizen.address else "",
        }
        for name, shown in known.items():
            if shown:
                self.fields[name].help_text = _("지금은 %(now)s. 바꿀 때만 적습니다.") % {
                    "now": shown
                }
        clearing = [(name, self.fields[name].label) for name in COVERED[1:] if known[name]]
        self.fields["cleared"].choices = clearing  # type: ignore[attr-defined]
        if not clearing:
            del self.fields["cleared"]

    def draft(self) -> CitizenDraft:
        """What is known, with what was typed in its place."""
        given, known = self.cleaned_data, draft_of(self.citizen)
        changed = {
            name: given[name] for name in ("name", "phone", "email", "birth_on") if given[name]
        }
        if given["address"]:
            changed |= {name: given[name] for name in ADDRESS}
        else:
            changed |= {name: given[name] for name in ADDRESS if given[name]}
        for name in given.get("cleared", ()):
            changed |= dict.fromkeys(ADDRESS, "") if name == "address" else {name: None}
        changed = {
            name: "" if value is None and name != "birth_on" else value
            for name, value in changed.items()
        }
        chosen = {name: given[name] for name in ("preferred_channel", "sex", "language")}
        return replace(known, **changed, **chosen, needs=tuple(given["needs"]))


ADDRESS = ("postcode", "address", "address_detail")


class NoteForm(forms.Form):
    """What an official notes."""

    text = forms.CharField(
        label=gettext_lazy("메모"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("시민이 열람을 요청하면 보여 줍니다."),
    )


class ConsentForm(forms.Form):
    """One yes or no that a citizen told an official."""

    purpose = forms.ChoiceField(label=gettext_lazy("목적"), choices=list(PURPOSES.items()))
    channel = forms.ChoiceField(
        label=gettext_lazy("수단"), choices=[(code, one.word) for code, one in CHANNELS.items()]
    )
    answer = forms.ChoiceField(
        label=gettext_lazy("시민의 뜻"),
        choices=[("yes", gettext_lazy("동의함")), ("no", gettext_lazy("동의하지 않음"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("언제 어떻게 들었나요?"),
        min_length=5,
        max_length=200,
        error_messages=SHORT,
        help_text=gettext_lazy("동의의 증거로 남고 고칠 수 없습니다."),
    )


class ContactForm(forms.Form):
    """A further way to reach somebody."""

    kind = forms.ChoiceField(
        label=gettext_lazy("종류"), choices=[(code, one.word) for code, one in CONTACTS.items()]
    )
    value = forms.CharField(label=gettext_lazy("번호나 주소"), max_length=254)
    extension = forms.CharField(label=gettext_lazy("내선"), max_length=12, required=False)
    label = forms.CharField(label=gettext_lazy("설명"), max_length=40, required=False)
    valid_from = day_field(gettext_lazy("언제부터"))
    is_preferred = forms.BooleanField(label=gettext_lazy("먼저 쓰는 연락처"), required=False)


class DayForm(forms.Form):
    """The last day on which something held."""

    on = day_field(gettext_lazy("마지막 날"), is_required=True)


class FactForm(forms.Form):
    """A day that matters, with whence and why we may know it."""

    kind = forms.ChoiceField(label=gettext_lazy("종류"))
    on = day_field(gettext_lazy("날짜"), is_required=True)
    source = forms.CharField(
        label=gettext_lazy("출처"),
        max_length=80,
        help_text=gettext_lazy("예: 전입신고, 본인이 말함"),
    )
    basis = forms.CharField(
        label=gettext_lazy("근거"),
        max_length=160,
        help_text=gettext_lazy("예: 주민등록법 제16조, 본인 동의"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (code, listed(word, code))
            for code, word in dated_fact_kinds().items()
            if not word.is_retired
        ]


class EmptyForm(forms.Form):
    """Nothing to fill in: the button says it."""


class PickForm(forms.Form):
    """Somebody else, found by what one knows of them and then chosen."""

    q = forms.CharField(
        label=gettext_lazy("누구인가요?"),
        max_length=80,
        help_text=gettext_lazy("이름, 전화 뒤 네 자리, 주소로 찾아 아래에서 고릅니다."),
    )


class RelationForm(PickForm):
    """How this citizen stands to another."""

    kind = forms.ChoiceField(
        label=gettext_lazy("이 고객은 그 사람의"), choices=list(RELATIONS.items())
    )
    basis = forms.CharField(
        label=gettext_lazy("근거"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("예: 가족관계증명서, 위임장"),
    )
    valid_from = day_field(gettext_lazy("언제부터"))


class HouseholdForm(PickForm):
    """With whom this citizen lives."""

    role = forms.ChoiceField(
        label=gettext_lazy("이 고객은"), choices=list(HOUSEHOLD.items()), initial="member"
    )
    since = day_field(gettext_lazy("언제부터"))


class MembershipForm(PickForm):
    """For which body this citizen acts."""

    role = forms.ChoiceField(label=gettext_lazy("역할"), choices=list(MEMBERS.items()))
    department = forms.CharField(label=gettext_lazy("부서"), max_length=60, required=False)
    position = forms.CharField(label=gettext_lazy("직책"), max_length=40, required=False)
    valid_from = day_field(gettext_lazy("언제부터"))


class ExportForm(forms.Form):
    """Why a list of people leaves the system, and how much of each."""

    what = forms.ChoiceField(
        label=gettext_lazy("무엇을 담나요?"),
        choices=[
            ("covered", gettext_lazy("가린 채로")),
            ("open", gettext_lazy("그대로")),
        ],
        widget=forms.RadioSelect,
        initial="covered",
    )
    reason = forms.CharField(
        label=gettext_lazy("왜 파일이 필요한가요?"),
        min_length=5,
        max_length=200,
        error_messages=SHORT,
        help_text=gettext_lazy("담긴 사람마다 접속기록에 남습니다."),
    )
