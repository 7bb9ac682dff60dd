"""The city's own fields on officials' pages: beside a case, opened with a reason, filled in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core_crm.common.custom_fields import CustomField, Mask, Shown, may_be_asked, shown_fields
from core_crm.staff.types import Right
from core_crm.voices.errors import FieldsNotValid, VoiceChangedMeanwhile
from core_crm.voices.selectors import category_list, voice_get
from core_crm.voices.selectors.fields import asking_of, voice_form
from core_crm.voices.services.filling import voice_fill_in
from sodam.staff import forms
from sodam.staff.access import Seat, StaffRequest, official_page, show
from sodam.staff.conflict import conflict_page
from sodam.staff.doing import Doing, back_to_case, perform
from sodam.staff.list_query import ListQuery
from sodam.ui.own_fields import add_fields, initial_of, lines_of, tell_errors, typed_in
from tenants.errors import DomainError

Fields = list[tuple[str, CustomField]]


def language() -> str:
    return (get_language() or "ko")[:2]


def open_lines(voice: Any) -> list[Shown]:
    """The values that anybody who sees the case may read."""
    return [one for one in _lines(voice, is_open=False) if not one.is_masked]


def masked_lines(voice: Any, *, is_open: bool) -> list[Shown]:
    """The others, masked until they are opened with a reason."""
    hidden = {one.code for one in _lines(voice, is_open=False) if one.is_masked}
    return [one for one in _lines(voice, is_open=is_open) if one.code in hidden]


def _lines(voice: Any, *, is_open: bool) -> list[Shown]:
    form = voice_form()
    return list(
        shown_fields(form, voice.attributes, language=language(), is_open=is_open)
        if form.fields
        else ()
    )


def add_to(form: Any, fields: Fields) -> None:
    """The controls, in the form."""
    if fields:
        add_fields(form, fields, needed_in={one.code: _label(one) for one in category_list()})


def _label(category: Any) -> str:
    return str((language() == "en" and category.label_en) or category.label_ko)


def fill_in_url(voice: Any, official: Seat, query: ListQuery) -> str:
    """Where the fields are filled in; "" where the city has none or it is somebody else's work."""
    if not voice_form().asked() or not official.has(Right.VOICE_HANDLE) or voice.closed_at:
        return ""
    return f"{reverse('staff_voice_fields', args=[voice.ref])}?{query.encoded()}"


def asked_of(voice: Any) -> Fields:
    """What may be asked of a voice of this category, class and channel."""
    form = voice_form()
    known = {
        "category": voice.category_code,
        "service": voice.service_code,
        "petition_class": voice.petition_class,
        "channel": voice.channel,
        "language": voice.language,
    }
    asking = asking_of(form, **known, today=timezone.localdate())
    return [each for each in form.asked() if may_be_asked(each[1], asking, fixed=known)]


class FillInForm(forms.ActForm):
    """Every field that is asked of this voice. A masked one is empty: what is typed replaces it."""

    def __init__(self, *args: Any, voice: Any, **kwargs: Any) -> None:
        self.own = asked_of(voice)
        self.masked = {code for code, one in self.own if one.mask != Mask.NONE}
        seen = {code: value for code, value in voice.attributes.items() if code not in self.masked}
        kwargs["initial"] = {"version": voice.version} | initial_of(seen)
        super().__init__(*args, auto_id="own-%s", **kwargs)
        add_to(self, self.own)
        for code in self.masked:
            control = self.fields[f"own_{code}"]
            control.required = False
            control.help_text = _("가린 항목입니다. 비워 두면 지금 값을 그대로 둡니다.")

    def values(self) -> dict[str, Any]:
        """What is to be written; a masked field left empty is left alone."""
        typed = typed_in(self, self.own)
        return {code: text for code, text in typed.items() if text or code not in self.masked}


@require_http_methods(["GET", "POST"])
@official_page(Right.VOICE_HANDLE)
def fields_page(request: StaffRequest, ref: str) -> HttpResponseBase:
    """The form; then the case again."""
    voice = voice_get(ref, official=request.official)
    if not voice_form().asked():
        raise Http404
    form = FillInForm(request.POST if request.method == "POST" else None, voice=voice)
    if request.method == "POST" and form.is_valid():
        try:
            perform(_fill_in, request, voice, form.cleaned_data | {"values": form.values()})
        except VoiceChangedMeanwhile:
            return conflict_page(request, voice.ref)
        except FieldsNotValid as refused:
            tell_errors(form, by_code(refused))
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("덧붙인 항목을 고쳤습니다."))
            return back_to_case(request, voice.ref)
    return _shown(request, voice, form)


def _fill_in(do: Doing) -> Any:
    return voice_fill_in(do.voice, values=do.given["values"], **do.versioned)


def by_code(refused: FieldsNotValid) -> dict[str, str]:
    told = refused.facts["fields"]
    return {name.removeprefix("attributes."): text for name, text in told.items()}


def _shown(request: StaffRequest, voice: Any, form: FillInForm) -> HttpResponseBase:
    query = ListQuery.of(request.GET)
    context = {
        "form": form,
        "own": lines_of(form, form.own),
        "url": f"{reverse('staff_voice_fields', args=[voice.ref])}?{query.encoded()}",
        "case_ref": voice.ref,
        "case_title": voice.title,
        "case_url": query.case_url(voice.ref),
    }
    return show(request, "staff/own_fields.html", context, status=422 if form.errors else 200)
