"""Somebody who works here, as a form: who they are, where they sit, what they may do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.staff.selectors import department_list_current, official_list
from sodam.studio.plan_words import role_words


class PersonForm(forms.Form):
    """The address names the account and stays; everything else may change."""

    email = forms.EmailField(label=gettext_lazy("이메일"), max_length=254)
    name = forms.CharField(label=gettext_lazy("이름"), max_length=60)
    department = forms.ChoiceField(label=gettext_lazy("부서"), required=False)
    position = forms.CharField(label=gettext_lazy("직위"), max_length=60, required=False)
    phone = forms.CharField(label=gettext_lazy("전화"), max_length=20, required=False)
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("역할"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, person: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person is not None:
            del self.fields["email"]
        there: Any = self.fields["department"]
        self.departments = {one.code: one for one in department_list_current()}
        there.choices = [
            ("", _("아직 없음")),
            *((code, one.name_ko) for code, one in self.departments.items()),
        ]
        roles: Any = self.fields["roles"]
        roles.choices = list(role_words().items())

    def facts(self) -> dict[str, Any]:
        """What the services are told."""
        given = {**self.cleaned_data}
        return given | {"department": self.departments.get(given["department"])}


class LeavingForm(forms.Form):
    """Who takes over what somebody holds."""

    heir = forms.ChoiceField(label=gettext_lazy("넘겨받을 사람"), required=False)

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near, far = [], []
        self.colleagues = {str(one.id): one for one in official_list() if one.id != person.id}
        for key, one in self.colleagues.items():
            place = one.department.name_ko if one.department else _("부서 없음")
            is_near = one.department_id is not None and one.department_id == person.department_id
            (near if is_near else far).append((key, f"{one.name} · {place} {one.position}".strip()))
        heir: Any = self.fields["heir"]
        heir.choices = [
            ("", _("골라 주세요")),
            *([(_("같은 부서"), near)] if near else []),
            *([(_("다른 부서"), far)] if far else []),
        ]

    def chosen(self) -> Any:
        return self.colleagues.get(self.cleaned_data["heir"])
