"""`/studio/forms/preview`: the fields as citizens meet them, drawn by the parts their pages use.

Shown in a frame beside the editor; what is typed there and not saved comes by POST. Nothing can be
sent from it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core_crm.common.custom_fields import CustomField, FormDefinition, may_be_asked
from core_crm.voices.selectors import category_list
from core_crm.voices.selectors.fields import asking_of
from customization.public import in_force
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.form_field import form_for
from sodam.studio.forms import FIELDS, form_in
from sodam.studio.saving import findings_at, tree_with
from sodam.studio.words import in_language
from sodam.ui.own_fields import add_fields, lines_of
from sodam.ui.policy import may_be_framed

Fields = list[tuple[str, CustomField]]


class TryForm(forms.Form):
    """The choice that conditions may hang on, and the fields of one page."""

    category = forms.ChoiceField(label=gettext_lazy("분야"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, fields: Fields, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="f-%s", **kwargs)
        names = {one.code: in_language(one.label_ko, one.label_en) for one in category_list()}
        category: Any = self.fields["category"]
        category.choices = list(names.items())
        self.own = fields
        add_fields(self, fields, needed_in=names)


@require_http_methods(["GET", "POST"])
@studio_page
def forms_preview(request: StudioRequest) -> HttpResponseBase:
    """The form in force, or with the field that is being edited."""
    asked, is_typed = _form(request)
    seen = [each for each in asked.asked() if _reaches_citizens(each[1], asked)]
    matter = [each for each in seen if not each[1].is_personal]
    persons = [each for each in seen if each[1].is_personal]
    names = {code: one.label for code, one in asked.asked() if (code, one) not in seen}
    first, second = TryForm(fields=matter), TryForm(fields=persons)
    facts = {
        "form": first,
        "matter": lines_of(first, first.own),
        "persons": lines_of(second, second.own),
        "elsewhere": [in_language(label.ko, label.en) for label in names.values()],
        "is_stale": request.method == "POST" and not is_typed,
        "menu": "",
    }
    return may_be_framed(show(request, "studio/forms_preview.html", facts))


def _reaches_citizens(one: CustomField, form: FormDefinition) -> bool:
    """Some fields are for the counter, the telephone or programs alone."""
    asking = asking_of(form, channel="portal", language="ko", today=timezone.localdate())
    return may_be_asked(one, asking, fixed=("channel",))


def _form(request: StudioRequest) -> tuple[FormDefinition, bool]:
    """What would be asked; False when what is typed cannot be shown yet."""
    found = in_force()
    if request.method == "POST":
        code = request.POST.get("editing", "")
        form = form_for(found, code, request.POST)
        if form.is_valid():
            place = (*FIELDS, code or form.cleaned_data["code"])
            wanted = tree_with({place: form.body()}, found=found)
            if not findings_at(wanted, FIELDS[:2]):
                return form_in(wanted), True
    return form_in(found.tree), False
