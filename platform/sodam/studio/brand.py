"""`/studio/brand`: colour, mark and the lines at the foot; says what can be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core_crm.identity import LEAST_FOR_TEXT, is_readable, shades, weakest_contrast
from core_crm.identity.types import COLOUR, MOST_FOOTER_LINES, Branding
from customization.public import ground, in_force, value_at
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.saving import findings_at, is_unchanged, may_change, proposed, tree_with
from sodam.ui.looks import looks_of, stylesheet

PLACE = ("branding", "city")
LINES = 4
READABLE = {
    "#0b50d0": gettext_lazy("KRDS 파랑"),
    "#0a5c78": gettext_lazy("바다"),
    "#0b6e4f": gettext_lazy("숲"),
    "#5b3fb5": gettext_lazy("보라"),
    "#8a1f5c": gettext_lazy("자두"),
    "#9a3412": gettext_lazy("흙"),
    "#1f2f57": gettext_lazy("남색"),
}
"""Suggestions, each dark enough for words: a test holds it."""


class BrandForm(forms.Form):
    """The few things that may differ; all else is KRDS."""

    colour = forms.RegexField(
        COLOUR,
        label=gettext_lazy("색"),
        help_text=gettext_lazy("#rrggbb. 글자와 단추에 씁니다."),
        error_messages={"invalid": gettext_lazy("#0b50d0처럼 적어 주세요.")},
    )
    letters = forms.CharField(
        label=gettext_lazy("표지 글자"),
        max_length=2,
        required=False,
        help_text=gettext_lazy("두 글자까지. 비우면 말풍선입니다."),
    )
    shape = forms.ChoiceField(
        label=gettext_lazy("표지 모양"),
        choices=[
            ("bubble", gettext_lazy("말풍선")),
            ("round", gettext_lazy("동그라미")),
            ("square", gettext_lazy("네모")),
        ],
        widget=forms.RadioSelect,
    )
    masthead = forms.BooleanField(label=gettext_lazy("공식 누리집 안내 보이기"), required=False)

    def __init__(self, *args: Any, is_official: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_official:
            del self.fields["masthead"]
        for number in range(LINES):
            for language, word in (("ko", _("한국어")), ("en", _("영어"))):
                label = _("아래 줄 %(number)d (%(language)s)")
                self.fields[f"line{number}_{language}"] = forms.CharField(
                    label=label % {"number": number + 1, "language": word},
                    max_length=120,
                    required=False,
                )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number in range(LINES):
            korean, english = (given.get(f"line{number}_{one}") for one in ("ko", "en"))
            if bool(korean) != bool(english):
                missing = "en" if korean else "ko"
                self.add_error(f"line{number}_{missing}", _("두 언어로 모두 적어 주세요."))
        return given

    def body(self, old: Mapping[str, Any]) -> dict[str, Any]:
        """The document as it would be. Lines keep the codes they had."""
        given = self.cleaned_data
        return {
            **old,
            "colour": given["colour"],
            "mark": {"shape": given["shape"], "letters": given["letters"]},
            "masthead": given.get("masthead", old["masthead"]),
            "footer": self._footer(old.get("footer", {})),
        }

    def _footer(self, old: Mapping[str, Any]) -> dict[str, Any]:
        codes = line_codes(old)
        kept = dict(list(old.items())[LINES:]) if len(old) > LINES else {}
        for number in range(LINES):
            korean = self.cleaned_data[f"line{number}_ko"]
            if korean:
                text = {"ko": korean, "en": self.cleaned_data[f"line{number}_en"]}
                sort = old.get(codes[number], {}).get("sort", (number + 1) * 10)
                kept[codes[number]] = {"sort": sort, "text": text}
        return kept


def line_codes(footer: Mapping[str, Any]) -> list[str]:
    """The codes of the form's lines: those there are, then free ones."""
    there = sorted(footer, key=lambda code: (footer[code].get("sort", 0), code))
    free = (f"line_{number}" for number in range(1, MOST_FOOTER_LINES + LINES))
    return [*there, *(code for code in free if code not in footer)][:LINES]


def initial_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of the document."""
    footer, mark = body.get("footer", {}), body["mark"]
    lines = {
        f"line{number}_{language}": footer[code]["text"].get(language, "")
        for number, code in enumerate(line_codes(footer))
        if code in footer
        for language in ("ko", "en")
    }
    return {
        "colour": body["colour"],
        "letters": mark.get("letters", ""),
        "shape": mark.get("shape", "bubble"),
        "masthead": body["masthead"],
        **lines,
    }


@require_http_methods(["GET", "POST"])
@studio_page
def brand(request: StudioRequest) -> HttpResponseBase:
    """The looks in force; saving makes a change, `try` only shows them."""
    found = in_force()
    body = found.tree[PLACE[0]][PLACE[1]]
    form = BrandForm(
        request.POST if request.method == "POST" else None,
        initial=initial_of(body),
        is_official=request.city.official_site,
    )
    if form.is_bound and form.is_valid():
        shown = form.body(body)
        wanted = tree_with({PLACE: shown}, found=found)
        for one in findings_at(wanted, PLACE):
            form.add_error("colour" if one.path[-1] == "colour" else None, one.message)
        if "try" not in request.POST and is_unchanged(wanted, found=found):
            form.add_error(None, _("바뀐 값이 없습니다."))
        if "try" not in request.POST and form.is_valid():
            title = request.POST.get("title", "").strip() or _("우리 모습 바꾸기")
            return proposed(request, wanted, title=title)
        body = body if form.errors else shown
    return _shown(request, form, body, found.standard_version)


def _shown(
    request: StudioRequest, form: BrandForm, body: Mapping[str, Any], version: str
) -> HttpResponseBase:
    looks = Branding.model_validate(body)
    typed = str(form["colour"].value() or "")
    colour = typed if re.fullmatch(COLOUR, typed) else looks.colour
    facts = {
        "form": form,
        "sample": looks_of(looks, "ko"),
        "sample_ui": {"looks": looks_of(looks, "ko")},
        "shown_colour": colour if is_readable(colour) else looks.colour,
        "ratio": weakest_contrast(colour),
        "is_readable": is_readable(colour),
        "least": LEAST_FOR_TEXT,
        "suggested": list(READABLE.items()),
        "lines": [
            [form[f"line{number}_{language}"] for language in ("ko", "en")]
            for number in range(LINES)
        ],
        "standard": value_at(ground(version), (*PLACE, "colour")),
        "change_title": request.POST.get("title", ""),
        "may_change": may_change(request),
        "has_errors": bool(form.errors),
        "place": "brand",
    }
    return show(request, "studio/brand.html", facts, status=422 if form.errors else 200)


@require_GET
@studio_page
def brand_sample_css(request: HttpRequest, colour: str) -> HttpResponseBase:
    """The shades of a colour for the sample on the page only; any six hex digits."""
    if not re.fullmatch(COLOUR, f"#{colour}"):
        raise Http404
    found = shades(f"#{colour}")
    text = stylesheet(found, within=".st-brandtry").replace(
        ":not([data-krds-mode=high-contrast])", ""
    )
    return HttpResponse(text, content_type="text/css")
