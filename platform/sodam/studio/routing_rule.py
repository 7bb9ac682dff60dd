"""`/studio/routing/rule/<code>`: one rule, edited; tried on the last cases before saving."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core_crm.voices.selectors.routing import routing_source
from customization.public import ABSENT, Impact, InForce, ground, in_force, value_at, what_if
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.routing import PLACE, RULES
from sodam.studio.routing_form import RuleForm, initial_of
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

NEW: dict[str, Any] = {"label": {"ko": "", "en": ""}, "words": {}, "department_role": ""}


@require_http_methods(["GET", "POST"])
@studio_page
def rule_page(request: StudioRequest, code: str = "") -> HttpResponseBase:
    """One rule, or a new one. `try` asks the last cases; saving and taking out make a change."""
    found = in_force()
    body = value_at(found.tree, (*RULES, code)) if code else NEW
    if body is ABSENT:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = RuleForm(
        data,
        body=body,
        standard=_standard(found, code),
        named=value_at(found.tree, (*PLACE, "departments")) or {},
        is_new=not code,
        initial=initial_of(body),
    )
    if request.method == "GET":
        return _shown(request, found, code, form)
    if "remove" in request.POST and code:
        return _removed(request, found, code)
    return _taken(request, found, code, form)


def _standard(found: InForce, code: str) -> dict[str, Any]:
    standard = value_at(ground(found.standard_version), (*RULES, code))
    return {} if standard is ABSENT or not code else dict(standard)


def _removed(request: StudioRequest, found: InForce, code: str) -> HttpResponseBase:
    name = value_at(found.tree, (*RULES, code))["label"]["ko"]
    wanted = tree_without([(*RULES, code)], found=found)
    return proposed(request, wanted, title=_("배정 규칙 ‘%(name)s’ 지움") % {"name": name})


def _taken(request: StudioRequest, found: InForce, code: str, form: RuleForm) -> HttpResponseBase:
    if not form.is_valid():
        return _shown(request, found, code, form)
    place = (*RULES, code or form.cleaned_data["code"])
    if not code and value_at(found.tree, place) is not ABSENT:
        form.add_error("code", _("이미 있는 코드입니다. 다른 것을 써 주세요."))
        return _shown(request, found, code, form)
    wanted = tree_with({place: form.body()}, found=found)
    for one in findings_at(wanted, place):
        form.add_error(None, str(one.message))
    if form.is_valid() and "try" in request.POST:
        return _shown(request, found, code, form, impacts=_impacts(found, wanted))
    if form.is_valid() and is_unchanged(wanted, found=found):
        form.add_error(None, _("바뀐 값이 없습니다."))
    if not form.is_valid():
        return _shown(request, found, code, form)
    title = request.POST.get("title", "").strip() or _("배정 규칙 ‘%(name)s’") % {
        "name": form.cleaned_data["label_ko"]
    }
    return proposed(request, wanted, title=title)


def _impacts(found: InForce, wanted: dict[str, Any]) -> list[Impact]:
    return what_if(found.tree, wanted, now=timezone.now())


def _shown(
    request: StudioRequest,
    found: InForce,
    code: str,
    form: RuleForm,
    *,
    impacts: list[Impact] | None = None,
) -> HttpResponseBase:
    label = value_at(found.tree, (*RULES, code))["label"] if code else {}
    facts = {
        "form": form,
        "code": code,
        "title": in_language(label.get("ko", ""), label.get("en", "")),
        "rows": list(enumerate(form.typed.rows)),
        "deep": form.typed.deep,
        "join": form.typed.join,
        "fields": field_choices(routing_source()),
        "ops": list(op_words().items()),
        "impacts": impacts,
        "is_own": bool(code) and not _standard(found, code),
        "change_title": request.POST.get("title", ""),
        "may_change": may_change(request),
        "has_errors": bool(form.is_bound and form.errors),
        "place": "routing",
    }
    return show(request, "studio/routing_rule.html", facts, status=422 if form.errors else 200)
