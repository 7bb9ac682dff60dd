"""What an announcement is asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sodam.console.cities_words import name_of
from tenants.selectors import city_list
from tenants.types import NoticeFacts

LONGEST = timedelta(days=90)


class NoticeForm(forms.Form):
    """Words, audience and time: an announcement always ends."""

    words_ko = forms.CharField(
        label=gettext_lazy("알림"), max_length=300, widget=forms.Textarea(attrs={"maxlength": 300})
    )
    words_en = forms.CharField(label=gettext_lazy("영문 알림"), max_length=300, required=False)
    tone = forms.ChoiceField(
        label=gettext_lazy("세기"),
        widget=forms.RadioSelect,
        choices=(("info", gettext_lazy("안내")), ("warn", gettext_lazy("주의"))),
        initial="info",
    )
    cities = forms.MultipleChoiceField(
        label=gettext_lazy("받는 시·도"), required=False, widget=forms.CheckboxSelectMultiple
    )
    starts_at = forms.DateTimeField(
        label=gettext_lazy("시작"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    ends_at = forms.DateTimeField(
        label=gettext_lazy("끝"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    def __init__(self, data: Any = None) -> None:
        now = timezone.localtime()
        initial = {
            "starts_at": _local_text(now),
            "ends_at": _local_text(now + timedelta(days=1)),
        }
        super().__init__(data, initial=initial, auto_id="%s")
        opened = [row for row in city_list(on=now.date()) if row.status != "not_open"]
        choices = [(row.code, name_of(row)) for row in opened]
        self.fields["cities"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts, ends = given.get("starts_at"), given.get("ends_at")
        if starts and ends and ends <= max(starts, timezone.now()):
            self.add_error("ends_at", _("끝나는 때는 시작보다, 그리고 지금보다 뒤여야 합니다."))
        elif starts and ends and ends - starts > LONGEST:
            self.add_error("ends_at", _("알림은 90일까지 둘 수 있습니다."))
        return given

    def facts(self) -> NoticeFacts:
        given = self.cleaned_data
        return NoticeFacts(
            cities=tuple(given["cities"]),
            tone=given["tone"],
            words_ko=" ".join(given["words_ko"].split()),
            words_en=" ".join(given["words_en"].split()),
            starts_at=given["starts_at"],
            ends_at=given["ends_at"],
        )


def _local_text(moment: Any) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"
