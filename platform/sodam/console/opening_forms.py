"""The wizard's questions, one form per step; each is judged by the server."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customization.public import standard_versions
from sodam.console.opening_draft import NO_PLUGIN, Draft, host_of
from sodam.console.opening_facts import own_plugin, regions_to_open
from tenants.selectors import hosts_taken

HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*")
PHONE = re.compile(r"0\d{1,2}-?\d{3,4}-?\d{4}")
OURS = ("console", "ministry", "www", "api")


class StepForm(forms.Form):
    """One step. `code` is the government, "" before it is chosen."""

    def __init__(self, data: Any = None, *, code: str = "", draft: Draft | None = None) -> None:
        self.code, self.draft = code, draft
        known = {name: getattr(draft, name) for name in self.base_fields if hasattr(draft, name)}
        super().__init__(data, initial={**known, **self.first_guess()}, auto_id="%s")

    def first_guess(self) -> dict[str, Any]:
        """What stands in the fields when the draft does not say it the same way."""
        return {}

    def facts(self) -> dict[str, Any]:
        """What the draft keeps of this step."""
        return dict(self.cleaned_data)


class RegionForm(StepForm):
    """Which government, and at which addresses."""

    code = forms.ChoiceField(label=gettext_lazy("시·도"), widget=forms.RadioSelect)
    hosts = forms.CharField(
        label=gettext_lazy("주소"), required=False, widget=forms.Textarea, max_length=2000
    )

    def __init__(self, data: Any = None, *, code: str = "", draft: Draft | None = None) -> None:
        super().__init__(data, code=code, draft=draft)
        regions = regions_to_open()
        field = self.fields["code"]
        field.choices = [(one.code, one.name) for one in regions]  # type: ignore[attr-defined]  # a ChoiceField
        field.error_messages["invalid_choice"] = _("지금 열 수 있는 시·도 가운데 골라 주세요.")

    def first_guess(self) -> dict[str, Any]:
        hosts = self.draft.hosts if self.draft else ()
        return {"code": self.code, "hosts": "\n".join(hosts)}

    def clean_hosts(self) -> tuple[str, ...]:
        code = self.cleaned_data.get("code", "")
        given = self.cleaned_data["hosts"].lower().replace(",", " ").split()
        hosts = tuple(dict.fromkeys(given)) or ((host_of(code),) if code else ())
        taken = hosts_taken(hosts)
        for host in hosts:
            _host_check(host, taken.get(host, ""), code)
        return hosts

    def facts(self) -> dict[str, Any]:
        return {"hosts": self.cleaned_data["hosts"]}


def _host_check(host: str, taken_by: str, code: str) -> None:
    told = {"host": host}
    if not HOST.fullmatch(host):
        raise forms.ValidationError(
            _("주소로 쓸 수 없습니다: %(host)s. 예: sejong.sodam.example") % told
        )
    if host in settings.DOOR_HOSTS or host.partition(".")[0] in OURS:
        raise forms.ValidationError(_("소담이 쓰는 주소입니다: %(host)s") % told)
    if taken_by and taken_by != code:
        raise forms.ValidationError(_("다른 시·도가 쓰는 주소입니다: %(host)s") % told)


class StandardForm(StepForm):
    """Which release of the standard it starts with."""

    standard_version = forms.ChoiceField(label=gettext_lazy("표준"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, code: str = "", draft: Draft | None = None) -> None:
        super().__init__(data, code=code, draft=draft)
        versions = list(reversed(standard_versions()))
        field = self.fields["standard_version"]
        field.choices = [(one, one) for one in versions]  # type: ignore[attr-defined]  # a ChoiceField

    def first_guess(self) -> dict[str, Any]:
        chosen = self.draft.standard_version if self.draft else ""
        return {"standard_version": chosen or standard_versions()[-1]}


class PluginForm(StepForm):
    """The government's own plugin, or none."""

    plugin = forms.ChoiceField(label=gettext_lazy("플러그인"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, code: str = "", draft: Draft | None = None) -> None:
        super().__init__(data, code=code, draft=draft)
        own = own_plugin(code)
        choices = [(own.plugin.code, own.plugin.name)] if own else []
        field = self.fields["plugin"]
        field.choices = [*choices, (NO_PLUGIN, _("표준 그대로"))]  # type: ignore[attr-defined]  # a ChoiceField

    def first_guess(self) -> dict[str, Any]:
        own = own_plugin(self.code)
        proposed = own.plugin.code if own else NO_PLUGIN
        return {"plugin": (self.draft.plugin if self.draft else "") or proposed}


class PeopleForm(StepForm):
    """The first administrator, whom to call, and the limits agreed upon."""

    admin_name = forms.CharField(label=gettext_lazy("첫 관리자 이름"), max_length=40)
    admin_email = forms.EmailField(label=gettext_lazy("첫 관리자 전자우편"), max_length=254)
    contact_name = forms.CharField(label=gettext_lazy("연락 담당자"), max_length=40, required=False)
    contact_department = forms.CharField(
        label=gettext_lazy("연락 부서"), max_length=60, required=False
    )
    contact_phone = forms.CharField(label=gettext_lazy("연락 전화"), max_length=20, required=False)
    contact_email = forms.EmailField(
        label=gettext_lazy("연락 전자우편"), max_length=254, required=False
    )
    staff_accounts = forms.IntegerField(
        label=gettext_lazy("직원 계정(명)"), min_value=1, max_value=100_000, required=False
    )
    storage_gb = forms.IntegerField(
        label=gettext_lazy("저장 용량(GB)"), min_value=1, max_value=100_000, required=False
    )
    messages_per_month = forms.IntegerField(
        label=gettext_lazy("한 달 문자(건)"), min_value=0, max_value=100_000_000, required=False
    )
    contact_fields: ClassVar = (
        "contact_name", "contact_department", "contact_phone", "contact_email",
    )  # fmt: skip
    limit_fields: ClassVar = ("staff_accounts", "storage_gb", "messages_per_month")

    def clean_contact_phone(self) -> str:
        phone = str(self.cleaned_data["contact_phone"]).strip()
        if phone and not PHONE.fullmatch(phone):
            raise forms.ValidationError(_("전화번호를 확인해 주세요. 예: 044-000-0000"))
        return phone


FORMS: dict[str, type[StepForm]] = {
    "region": RegionForm,
    "standard": StandardForm,
    "plugin": PluginForm,
    "people": PeopleForm,
}
