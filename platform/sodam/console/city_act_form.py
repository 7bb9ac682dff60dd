"""What is asked before something is done with a city."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sodam.console.city_acts_known import Act
from sodam.console.operation_results import size
from sodam.ui.templatetags.ui import korean_datetime
from tenants.backups import backup_list
from tenants.selectors import CityRow, city_copies

CODE = re.compile(r"[a-z][a-z0-9_]{1,47}")
SHORTEST = 10


class ActForm(forms.Form):
    """Why; which backup and under which name; the city's name where it is grave."""

    reason = forms.CharField(label=gettext_lazy("까닭"), max_length=300, widget=forms.Textarea)
    backup = forms.ChoiceField(label=gettext_lazy("백업"))
    code = forms.CharField(label=gettext_lazy("사본의 코드"), max_length=48)
    anonymise = forms.BooleanField(
        label=gettext_lazy("교육용: 사람에 관한 값을 지어낸 것으로 바꿈"), required=False
    )
    keep_backups = forms.BooleanField(label=gettext_lazy("백업 파일은 남김"), required=False)
    name = forms.CharField(label=gettext_lazy("시·도 이름"), max_length=60)

    def __init__(self, data: Any = None, *, act: Act, row: CityRow) -> None:
        super().__init__(data, auto_id="%s", initial={"code": f"{row.region_code}_copy"})
        self.act, self.row = act, row
        for name in _unasked(act):
            del self.fields[name]
        if "backup" in self.fields:
            there = backup_list(row.code, is_there=True)
            choices = [
                (str(one.id), f"{korean_datetime(one.made_at)} · {size(one.size_bytes)}")
                for one in there
            ]
            self.fields["backup"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean_reason(self) -> str:
        reason = " ".join(str(self.cleaned_data["reason"]).split())
        if len(reason) < SHORTEST:
            raise forms.ValidationError(_("까닭을 열 글자 이상으로 써 주세요. 감사에 남습니다."))
        return reason

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip()
        if not CODE.fullmatch(code) or code == self.row.code:
            raise forms.ValidationError(
                _("소문자, 숫자, 밑줄로 된 새 이름이어야 합니다. 예: busan_copy")
            )
        if any(one.code == code for one in city_copies()):
            raise forms.ValidationError(_("이미 있는 사본입니다. 다른 이름을 쓰세요."))
        return code

    def clean_name(self) -> str:
        given = str(self.cleaned_data["name"]).strip()
        if given not in (self.row.name_ko, self.row.name_en, self.row.code):
            raise forms.ValidationError(
                _("그대로 적어 주세요: %(name)s") % {"name": self.row.name_ko}
            )
        return given

    def arguments(self) -> dict[str, Any]:
        """What the operation is told."""
        given = self.cleaned_data
        if self.act.code == "restore":
            return {"backup_id": given["backup"], "from": self.row.code}
        if self.act.code == "backup":
            return {"anonymise": given["anonymise"]}
        if self.act.code == "switch":
            return {"with": self.row.code}
        return {"keep_backups": given["keep_backups"]} if self.act.code == "erase" else {}

    def city_code(self) -> str:
        """The city whose operation it is: a restore's is the new one, a switch's the service."""
        if self.act.code == "restore":
            return str(self.cleaned_data["code"])
        return self.row.region_code if self.act.code == "switch" else self.row.code


def _unasked(act: Act) -> set[str]:
    asked = {
        "restore": {"backup", "code"},
        "backup": {"anonymise"},
        "erase": {"keep_backups"},
    }.get(act.code, set())
    grave = {"name"} if act.is_grave else set()
    return {"backup", "code", "anonymise", "keep_backups", "name"} - asked - grave
