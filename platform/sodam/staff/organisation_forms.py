"""Forms about a body, who acts for it, and what people came to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.customers.selectors import occasion_kinds, organisation_draft_of
from core_crm.customers.types import OrganisationDraft
from sodam.staff.customer_forms import PickForm, day_field
from sodam.staff.customer_words import MEMBERS, ORGANISATIONS, email_of, listed, name_of, phone_of

COVERED = ("representative_name", "phone", "email")
ROWS = (
    ("name",),
    ("kind", "trade"),
    ("registration_no", "representative_name"),
    ("phone", "extension"),
    ("email", "website"),
    ("address",),
    ("address_detail", "postcode"),
)


class OrganisationForm(forms.Form):
    """All that may be known of a body."""

    name = forms.CharField(label=gettext_lazy("이름"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("종류"), choices=list(ORGANISATIONS.items()))
    trade = forms.CharField(
        label=gettext_lazy("업종·유형"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("예: 국공립 어린이집, 제조업"),
    )
    registration_no = forms.CharField(
        label=gettext_lazy("등록번호"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("사업자등록번호 10자리나 법인등록번호 13자리"),
    )
    representative_name = forms.CharField(
        label=gettext_lazy("대표자"), max_length=80, required=False
    )
    phone = forms.CharField(label=gettext_lazy("대표전화"), max_length=30, required=False)
    extension = forms.CharField(label=gettext_lazy("내선"), max_length=12, required=False)
    email = forms.EmailField(label=gettext_lazy("이메일"), required=False)
    website = forms.CharField(label=gettext_lazy("누리집"), max_length=200, required=False)
    address = forms.CharField(label=gettext_lazy("주소"), max_length=200, required=False)
    address_detail = forms.CharField(label=gettext_lazy("상세주소"), max_length=100, required=False)
    postcode = forms.CharField(label=gettext_lazy("우편번호"), max_length=5, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="body-%s", **kwargs)

    def draft(self) -> OrganisationDraft:
        """As the customers room takes it in."""
        return OrganisationDraft(**self.cleaned_data, source="staff")


class OrganisationEditForm(OrganisationForm):
    """The same of a body that is known: what is covered stays so, and is typed to be replaced."""

    cleared = forms.MultipleChoiceField(
        label=gettext_lazy("지울 항목"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, organisation: Any, **kwargs: Any) -> None:
        self.organisation = organisation
        names = [name for row in ROWS for name in row if name not in COVERED]
        kwargs["initial"] = {name: getattr(organisation, name) for name in names}
        super().__init__(*args, **kwargs)
        known = covered(organisation)
        for name, shown in known.items():
            now = {"now": shown}
            self.fields[name].help_text = _("지금은 %(now)s. 바꿀 때만 적습니다.") % now
        clearing = [(name, self.fields[name].label) for name in known]
        self.fields["cleared"].choices = clearing  # type: ignore[attr-defined]
        if not clearing:
            del self.fields["cleared"]

    def draft(self) -> OrganisationDraft:
        """What is known, with what was typed in its place."""
        given = dict(self.cleaned_data)
        cleared = given.pop("cleared", ())
        for name in COVERED:
            if not given[name]:
                given.pop(name)
        is_moved = given["address"] != self.organisation.address
        place = {"district_code": ""} if is_moved else {}
        known = organisation_draft_of(self.organisation)
        return replace(known, **given, **place, **dict.fromkeys(cleared, ""))


def covered(organisation: Any) -> dict[str, str]:
    """What is known of the covered fields, as it may be shown."""
    shown = {
        "representative_name": organisation.representative_name
        and name_of(organisation.representative_name),
        "phone": phone_of(organisation.phone),
        "email": email_of(organisation.email),
    }
    return {name: text for name, text in shown.items() if text}


class MemberForm(PickForm):
    """Who acts for this body, in which department and position."""

    role = forms.ChoiceField(
        label=gettext_lazy("역할"), choices=list(MEMBERS.items()), initial="contact"
    )
    department = forms.CharField(label=gettext_lazy("부서"), max_length=60, required=False)
    position = forms.CharField(label=gettext_lazy("직책"), max_length=40, required=False)
    valid_from = day_field(gettext_lazy("언제부터"))


class OccasionForm(forms.Form):
    """A visit or event."""

    name = forms.CharField(label=gettext_lazy("이름"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("종류"))
    venue = forms.CharField(label=gettext_lazy("장소"), max_length=120, required=False)
    starts_on = day_field(gettext_lazy("시작일"), is_required=True)
    ends_on = day_field(
        gettext_lazy("끝나는 날"), help_text=gettext_lazy("하루 행사면 비워 둡니다.")
    )
    source = forms.CharField(
        label=gettext_lazy("출처"),
        max_length=80,
        help_text=gettext_lazy("참여자를 어디에서 알게 되나요? 예: 박물관 관람 신청"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="occasion-%s", **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (code, listed(word, code))
            for code, word in occasion_kinds().items()
            if not word.is_retired
        ]


class VisitForm(PickForm):
    """Who came, on which day."""

    on = day_field(gettext_lazy("온 날"), is_required=True)
    role = forms.CharField(
        label=gettext_lazy("자격"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("예: 관람객, 발표자, 자원봉사"),
    )

    def __init__(self, *args: Any, first: date, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = {"type": "date", "min": first.isoformat(), "max": last.isoformat()}
        self.fields["on"].widget = forms.DateInput(format="%Y-%m-%d", attrs=day)
