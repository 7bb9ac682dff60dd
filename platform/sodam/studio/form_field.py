"""`/studio/forms/field/<code>`: one custom field, edited beside what citizens will see."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customization.public import ABSENT, InForce, ground, in_force, value_at
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.field_form import FieldForm, initial_of
from sodam.studio.form_words import form_source, type_words
from sodam.studio.forms import FIELDS, form_in
from sodam.studio.saving import (
    findings_at,
    is_unchanged,
    may_change,
    proposed,
    tree_with,
    tree_without,
)
from sodam.studio.words import in_language
from sodam.ui.conditions import field_choices, op_words
from sodam.ui.policy import may_frame

STEP = 10


@require_http_methods(["GET", "POST"])
@studio_page
def field_page(request: StudioRequest, code: str = "") -> HttpResponseBase:
    """One field, or a new one. Saving and taking out make a change."""
    found = in_force()
    body = body_of(found, code)
    form = form_for(found, code, request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return _shown(request, found, code, form)
    if "remove" in request.POST and code and is_own(found, code):
        wanted = tree_without([(*FIELDS, code)], found=found)
        name = {"name": body["label"]["ko"]}
        return proposed(request, wanted, title=_("항목 ‘%(name)s’ 지움") % name)
    return _taken(request, found, code, form)


def body_of(found: InForce, code: str) -> dict[str, Any]:
    """The field in force; nothing for a new one."""
    body = value_at(found.tree, (*FIELDS, code)) if code else {}
    if body is ABSENT:
        raise Http404
    return dict(body)


def form_for(found: InForce, code: str, data: Any) -> FieldForm:
    """The field's form, knowing what is asked before it."""
    form, body = form_in(found.tree), body_of(found, code)
    last = max((one.sort for one in form.fields.values()), default=0)
    return FieldForm(
        data,
        body=body,
        source=form_source(form, before=code or None),
        initial=initial_of(body, sort=last + STEP),
    )


def is_own(found: InForce, code: str) -> bool:
    """Did the city add it? One of the standard's can be retired, never taken out."""
    return value_at(ground(found.standard_version), (*FIELDS, code)) is ABSENT


def _taken(request: StudioRequest, found: InForce, code: str, form: FieldForm) -> HttpResponseBase:
    if not form.is_valid():
        return _shown(request, found, code, form)
    place = (*FIELDS, code or form.cleaned_data["code"])
    if not code and value_at(found.tree, place) is not ABSENT:
        form.add_error("code", _("이미 있는 코드입니다. 다른 것을 써 주세요."))
        return _shown(request, found, code, form)
    wanted = tree_with({place: form.body()}, found=found)
    for one in findings_at(wanted, FIELDS[:2]):
        form.add_error(None, str(one.message))
    if form.is_valid() and is_unchanged(wanted, found=found):
        form.add_error(None, _("바뀐 값이 없습니다."))
    if not form.is_valid():
        return _shown(request, found, code, form)
    name = {"name": form.cleaned_data["label_ko"]}
    title = request.POST.get("title", "").strip() or _("항목 ‘%(name)s’") % name
    return proposed(request, wanted, title=title)


def _shown(request: StudioRequest, found: InForce, code: str, form: FieldForm) -> HttpResponseBase:
    label = form.old.get("label", {})
    facts = {
        "form": form,
        "code": code,
        "name": in_language(label.get("ko", ""), label.get("en", "")),
        "kind": form.kind,
        "kind_word": type_words().get(form.kind, ""),  # type: ignore[call-overload]  # str enum
        "choice_rows": form.rows,
        "rows": list(enumerate(form.typed.rows)),
        "deep": form.typed.deep,
        "join": form.typed.join,
        "fields": field_choices(form.source),
        "ops": list(op_words().items()),
        "may_remove": bool(code) and is_own(found, code),
        "change_title": request.POST.get("title", ""),
        "may_change": may_change(request),
        "has_errors": bool(form.errors),
        "place": "forms",
    }
    status = 422 if form.errors else 200
    return may_frame(show(request, "studio/form_field.html", facts, status=status))
