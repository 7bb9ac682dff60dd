"""What an official writes for the public board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core_crm.voices.types import TEXT_LIMITS, PublicText

ONLY_UNABLE = ("reason", "law", "alternative")


def _area(label: Any, name: str, **more: Any) -> forms.CharField:
    most = TEXT_LIMITS[name]
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea, **more)


class TextForm(forms.Form):
    """The parts of an entry; the reason and what belongs to it only where it cannot be done."""

    use_required_attribute = False

    title = forms.CharField(label=_("제목"), max_length=TEXT_LIMITS["title"])
    summary = _area(
        _("시민이 부탁한 일"),
        "summary",
        help_text=_("원문을 옮기지 말고, 누구인지 알 수 없게 요약해 주세요."),
    )
    reason = _area(
        _("할 수 없는 까닭"),
        "reason",
        help_text=_("법 조문이 아니라 시민이 알아들을 말로 써 주세요."),
        error_messages={"required": _("까닭 없이 ‘불가’를 공개할 수 없습니다.")},
    )
    law = forms.CharField(
        label=_("근거"),
        max_length=TEXT_LIMITS["law"],
        required=False,
        help_text=_("법령과 조항. 예: 도로법 제2조"),
    )
    alternative = _area(
        _("대신 할 수 있는 일"),
        "alternative",
        required=False,
        help_text=_("시민이 다음에 할 수 있는 일이나 시가 대신 하는 일"),
    )
    result = _area(
        _("한 일"),
        "result",
        required=False,
        help_text=_("무엇을 언제 했는지. 아직이면 비워 두세요."),
    )

    def __init__(self, data: Any = None, *, state: str = "", **kwargs: Any) -> None:
        super().__init__(data, auto_id="f-%s", label_suffix="", **kwargs)
        self.state = state
        if state != "unable":
            for name in ONLY_UNABLE:
                del self.fields[name]

    def text(self) -> PublicText:
        """The words on the screen."""
        words = {name: str(self[name].value() or "") for name in self.fields}
        return PublicText(**{"title": "", "summary": "", **words})

    def reworded(self, words: Mapping[str, str]) -> TextForm:
        """The same form with other words, not judged yet."""
        fitting = {name: words[name] for name in self.fields}
        return TextForm(initial={**asdict(self.text()), **fitting}, state=self.state)

    def label_of(self, name: str) -> Any:
        return self.fields[name].label if name in self.fields else name


class TakeBackForm(forms.Form):
    """Why an entry leaves the board; citizens do not read it."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("까닭(안에만 남음)"),
        max_length=300,
        error_messages={"required": _("까닭을 적어 주세요.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="t-%s", label_suffix="")
