"""`/studio/consents`: what citizens read before they agree, and editing one of these texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponseBase
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core_crm.staff.selectors import official_list
from core_crm.staff.types import Right
from customization.public import ABSENT, InForce, ground, in_force, value_at
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.saving import findings_at, is_unchanged, may_change, proposed, tree_with

KIND = "consent_text"
TEXTS = {
    "label": gettext_lazy("이름"),
    "text": gettext_lazy("왜 쓰는지"),
    "refusal": gettext_lazy("동의하지 않으면"),
}
LANGUAGES = {"ko": gettext_lazy("한국어"), "en": gettext_lazy("영어")}
CHANNELS = {
    "sms": gettext_lazy("문자"),
    "email": gettext_lazy("전자우편"),
    "phone": gettext_lazy("전화"),
    "post": gettext_lazy("우편"),
}


@dataclass(frozen=True, slots=True)
class Text:
    """One consent as a citizen reads it."""

    code: str
    label: str
    text: str
    refusal: str
    items: list[str]
    channels: list[str]
    kept_days: int
    basis: str
    is_own: bool


class ConsentForm(forms.Form):
    """The words in both languages, and how long the agreement is kept."""

    kept_days = forms.IntegerField(
        label=gettext_lazy("며칠 동안 쓰는지"), min_value=1, max_value=3650
    )

    def __init__(self, *args: Any, body: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in TEXTS.items():
            for language, word in LANGUAGES.items():
                self.fields[f"{name}_{language}"] = _words_field(name, f"{label} ({word})")
        for code in body["items"]:
            for language, word in LANGUAGES.items():
                label = _("쓰는 정보 ‘%(code)s’ (%(language)s)")
                self.fields[f"item_{code}_{language}"] = forms.CharField(
                    label=label % {"code": code, "language": word}, max_length=120
                )

    def values(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[Any, Any]:
        """Path in the documents -> what was typed."""
        given = self.cleaned_data
        typed: dict[tuple[str, ...], Any] = {(*place, "kept_days"): given["kept_days"]}
        for language in LANGUAGES:
            typed |= {(*place, name, language): given[f"{name}_{language}"] for name in TEXTS}
            typed |= {
                (*place, "items", code, language): given[f"item_{code}_{language}"]
                for code in body["items"]
            }
        return typed


@require_GET
@studio_page
def consents(request: StudioRequest) -> HttpResponseBase:
    """Every text as citizens read it, and who protects their data."""
    found = in_force()
    texts = [
        _text(found, code, body)
        for code, body in sorted(
            found.tree.get(KIND, {}).items(), key=lambda one: one[1].get("sort", 100)
        )
    ]
    facts = {
        "texts": texts,
        "officers": [one for one in official_list() if one.has(Right.AUDIT_VIEW)],
        "may_change": may_change(request),
        "place": "consents",
    }
    return show(request, "studio/consents.html", facts)


@require_http_methods(["GET", "POST"])
@studio_page
def consent_page(request: StudioRequest, code: str) -> HttpResponseBase:
    """One text; saving makes a change, `try` only shows how it would read."""
    found, place = in_force(), (KIND, code)
    body = value_at(found.tree, place)
    if body is ABSENT:
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = ConsentForm(given, body=body, initial=_initial(body))
    if form.is_bound and form.is_valid():
        wanted = tree_with(form.values(body, place), found=found)
        for one in findings_at(wanted, place):
            form.add_error("kept_days" if "kept_days" in one.path else None, one.message)
        if "try" not in request.POST and is_unchanged(wanted, found=found):
            form.add_error(None, _("바뀐 값이 없습니다."))
        if "try" not in request.POST and form.is_valid():
            name = {"name": wanted[KIND][code]["label"]["ko"]}
            title = request.POST.get("title", "").strip() or _("동의문 ‘%(name)s’") % name
            return proposed(request, wanted, title=title)
        body = wanted[KIND][code]
    facts = {
        "form": form,
        "code": code,
        "pairs": [[form[f"{name}_{language}"] for language in LANGUAGES] for name in TEXTS],
        "items": [
            [form[f"item_{item}_{language}"] for language in LANGUAGES] for item in body["items"]
        ],
        "one": _text(found, code, body),
        "change_title": request.POST.get("title", ""),
        "may_change": may_change(request),
        "has_errors": bool(form.errors),
        "place": "consents",
    }
    return show(request, "studio/consent.html", facts, status=422 if form.errors else 200)


def _words_field(name: str, label: str) -> forms.CharField:
    is_long = name != "label"
    return forms.CharField(
        label=label,
        max_length=500 if is_long else 60,
        widget=forms.Textarea(attrs={"rows": 3}) if is_long else forms.TextInput(),
    )


def _initial(body: Mapping[str, Any]) -> dict[str, Any]:
    told = {f"{name}_{each}": body[name].get(each, "") for name in TEXTS for each in LANGUAGES}
    items = {
        f"item_{code}_{each}": words.get(each, "")
        for code, words in body["items"].items()
        for each in LANGUAGES
    }
    return told | items | {"kept_days": body["kept_days"]}


def _text(found: InForce, code: str, body: Mapping[str, Any]) -> Text:
    language = "en" if (get_language() or "ko").startswith("en") else "ko"
    standard = value_at(ground(found.standard_version), (KIND, code))
    return Text(
        code=code,
        label=body["label"][language],
        text=body["text"][language],
        refusal=body["refusal"][language],
        items=[words[language] for words in body["items"].values()],
        channels=[str(CHANNELS[one]) for one in body["channels"]],
        kept_days=body["kept_days"],
        basis=body["basis"],
        is_own=standard != body,
    )
