"""What officials fill in when they act on a case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core_crm.staff.selectors import department_list_current, department_tree, official_list
from core_crm.staff.types import DepartmentNode
from core_crm.voices.types import EXTENSION_REASONS

LISTBOX = {"size": 6, "class": "sd-in"}


class PeopleSelect(forms.Select):
    """A listbox of people that knows each one's department, to narrow by it."""

    def __init__(self, departments: dict[str, str]) -> None:
        super().__init__(attrs=LISTBOX)
        self.departments = departments

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        department = self.departments.get(str(value))
        if department:
            option["attrs"]["data-department"] = department
        return option


class ActForm(forms.Form):
    """An act on a case; carries the version its author saw."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    overwrite_reason = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)


class AssignForm(ActForm):
    """Which department, and in it perhaps whom."""

    department = forms.ChoiceField(label=_("부서"))
    officer = forms.ChoiceField(label=_("담당자"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officers = [one for one in official_list() if one.department is not None]
        homes = {str(one.id): one.department.code for one in officers}
        department, officer = self.fields["department"], self.fields["officer"]
        department.choices = department_choices()
        department.widget = forms.Select(
            attrs={**LISTBOX, "data-narrows": str(self.auto_id) % "officer"},
            choices=department.choices,
        )
        officer.choices = [
            ("", _("담당자는 나중에")),
            *((str(one.id), _person(one)) for one in officers),
        ]
        officer.widget = PeopleSelect(homes)
        officer.widget.choices = officer.choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        code, chosen = cleaned.get("department"), cleaned.get("officer")
        officer = next((one for one in official_list() if str(one.id) == chosen), None)
        if officer and officer.department and officer.department.code != code:
            self.add_error("officer", _("고른 부서의 직원이 아닙니다."))
        cleaned["officer"] = officer
        cleaned["department"] = next(
            (one for one in department_list_current() if one.code == code), None
        )
        return cleaned


class ExtendForm(ActForm):
    """Why the period has to be longer. Unlawful reasons are known, to be refused by article."""

    lawful = [one for one in EXTENSION_REASONS.values() if one.is_lawful]
    unlawful = [one for one in EXTENSION_REASONS.values() if not one.is_lawful]

    reason_code = forms.ChoiceField(
        label=_("연장 사유"), widget=forms.RadioSelect(attrs={"class": "sd-cb"})
    )
    reason = forms.CharField(
        label=_("시민에게 알릴 사유"),
        widget=forms.Textarea,
        max_length=500,
        help_text=_("연장 통지에 그대로 들어갑니다."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = EXTENSION_REASONS.values()
        self.fields["reason_code"].choices = [(one.code, one.label_ko) for one in known]


class ReclassifyForm(ActForm):
    """What kind of matter it is after all."""

    category = forms.ChoiceField(label=_("분류"))

    def __init__(
        self, *args: Any, categories: Iterable[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        field.choices = list(categories)
        field.widget = forms.Select(attrs=LISTBOX, choices=field.choices)


class UnableForm(ActForm):
    """Why it cannot be done, in words for everybody, and the answer to the citizen."""

    public_reason = forms.CharField(
        label=_("공개할 불가 사유"),
        widget=forms.Textarea,
        max_length=1000,
        help_text=_("누리집에 공개됩니다. 개인정보를 쓰지 말고, 시민이 알아들을 말로 써 주세요."),
    )
    body = forms.CharField(label=_("시민에게 보낼 답변"), widget=forms.Textarea, max_length=4000)


class ReasonForm(ActForm):
    """Why; kept in the history."""

    reason = forms.CharField(label=_("사유"), widget=forms.Textarea, max_length=500)


class TransferForm(ActForm):
    """Which body is in charge instead."""

    receiving_agency = forms.CharField(label=_("받는 기관"), max_length=120)


class SupplementReplyForm(ActForm):
    """What the citizen brought, when it came by another road than the website."""

    body = forms.CharField(label=_("들어온 보완 내용"), widget=forms.Textarea, max_length=4000)


def department_choices() -> list[Any]:
    """Departments grouped by the bureau they hang under, each path once."""
    groups: list[Any] = []
    for root in department_tree():
        inside = [(node.code, node.name_ko) for node in _walk(root)]
        groups.append((root.name_ko, inside) if len(inside) > 1 else inside[0])
    return groups


def _walk(node: DepartmentNode) -> Iterable[DepartmentNode]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _person(official: Any) -> str:
    return f"{official.name} · {official.department.name_ko} {official.position}".strip()
