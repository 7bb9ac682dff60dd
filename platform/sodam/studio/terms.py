"""`/studio/words`: what this government calls things, as its citizens will read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core_crm.identity.types import PHONE, Terminology
from customization.public import ground, in_force, value_at
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.saving import findings_at, is_unchanged, may_change, proposed, tree_with
from sodam.ui.looks import words_of

PLACE = ("terminology", "city")
LABELS = {
    "service_name": gettext_lazy("시민 누리집의 이름"),
    "call_centre.name": gettext_lazy("상담 전화의 이름"),
    "call_centre.hours": gettext_lazy("상담 시간"),
    "residents": gettext_lazy("여기 사는 사람"),
    "civil_office": gettext_lazy("찾아가는 곳"),
    "city_hall": gettext_lazy("청사"),
}
LANGUAGES = {"ko": gettext_lazy("한국어"), "en": gettext_lazy("영어")}


class WordsForm(forms.Form):
    """Every word in both languages, and the number to dial."""

    phone = forms.RegexField(
        PHONE,
        label=gettext_lazy("상담 전화번호"),
        help_text=gettext_lazy("거는 대로 적습니다. 예: 120, 052-120"),
        error_messages={"invalid": gettext_lazy("숫자와 -로 적어 주세요.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for path, label in LABELS.items():
            for language, word in LANGUAGES.items():
                self.fields[name_of(path, language)] = forms.CharField(
                    label=f"{label} ({word})",
                    max_length=60,
                    error_messages={"required": _("비워 둘 수 없습니다.")},
                )

    def values(self) -> dict[tuple[str, ...], str]:
        """Path in the documents -> what was typed."""
        typed = {
            (*PLACE, *path.split("."), language): self.cleaned_data[name_of(path, language)]
            for path in LABELS
            for language in LANGUAGES
        }
        return typed | {(*PLACE, "call_centre", "phone"): self.cleaned_data["phone"]}


def name_of(path: str, language: str) -> str:
    """The form's field of a word in a language."""
    return f"{path.replace('.', '_')}_{language}"


def initial_of(body: Mapping[str, Any]) -> dict[str, str]:
    """What the form shows of the document."""
    found = {
        name_of(path, language): str(value_at(body, (*path.split("."), language)))
        for path in LABELS
        for language in LANGUAGES
    }
    return found | {"phone": str(body["call_centre"]["phone"])}


@require_http_methods(["GET", "POST"])
@studio_page
def words(request: StudioRequest) -> HttpResponseBase:
    """The words in force; saving makes a change, `try` only shows how it would read."""
    found = in_force()
    body = found.tree[PLACE[0]][PLACE[1]]
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial_of(body))
    if form.is_bound and form.is_valid():
        wanted = tree_with(form.values(), found=found)
        for one in findings_at(wanted, PLACE):
            form.add_error(None, one.message)
        body = wanted[PLACE[0]][PLACE[1]]
        if "try" not in request.POST and is_unchanged(wanted, found=found):
            form.add_error(None, _("바뀐 값이 없습니다."))
        if "try" not in request.POST and form.is_valid():
            title = request.POST.get("title", "").strip() or _("우리 말로 바꾸기")
            return proposed(request, wanted, title=title)
    return _shown(request, form, body, found.standard_version)


def _shown(
    request: StudioRequest, form: WordsForm, body: Mapping[str, Any], version: str
) -> HttpResponseBase:
    standard = value_at(ground(version), PLACE)
    known = initial_of(standard)
    rows = [
        {
            "label": label,
            "fields": [form[name_of(path, language)] for language in LANGUAGES],
            "standard": known[name_of(path, "ko")],
        }
        for path, label in LABELS.items()
    ]
    terms = Terminology.model_validate(body if not form.errors else standard)
    facts = {
        "form": form,
        "rows": rows,
        "standard_phone": known["phone"],
        "samples": [(word, words_of(terms, code)) for code, word in LANGUAGES.items()],
        "change_title": request.POST.get("title", ""),
        "may_change": may_change(request),
        "has_errors": bool(form.errors),
        "place": "words",
    }
    return show(request, "studio/words.html", facts, status=422 if form.errors else 200)
