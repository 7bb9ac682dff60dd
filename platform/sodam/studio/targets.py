"""`/studio/targets`: the city's own promises (목표), and one of them edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core_crm.voices.selectors import category_list, service_list
from customization.public import ABSENT, Impact, InForce, ground, in_force, value_at, what_if
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.saving import (
    findings_at,
    is_unchanged,
    may_change,
    proposed,
    tree_with,
    tree_without,
)
from sodam.studio.target_form import TargetForm, initial_of
from sodam.studio.words import class_word, in_language, period_word, watcher_words

PLACE = ("sla", "voice")
TARGETS = (*PLACE, "targets")
NEW: dict[str, Any] = {"label": {"ko": "", "en": ""}, "percent": 50}


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One promise in the table."""

    code: str
    name: str
    whom: str
    promise: str
    warn_percent: int
    escalation: str
    is_own: bool


@require_GET
@studio_page
def targets(request: StudioRequest) -> HttpResponseBase:
    """All promises; the most telling one that fits a voice holds."""
    found = in_force()
    held = value_at(found.tree, TARGETS)
    bodies = sorted(dict(held).items(), key=lambda one: (one[1].get("sort", 100), one[0]))
    standard, names = ground(found.standard_version), _names()
    facts = {
        "lines": [_line(code, body, standard, names) for code, body in bodies],
        "may_change": may_change(request),
        "place": "routing",
    }
    return show(request, "studio/targets.html", facts)


def _names() -> dict[str, str]:
    """Categories and services by their codes."""
    named = {one.code: in_language(one.label_ko, one.label_en) for one in category_list()}
    return named | {one.code: in_language(one.title_ko, one.title_en) for one in service_list()}


def _line(code: str, body: Any, standard: Any, names: dict[str, str]) -> TargetLine:
    escalation, kind = body.get("escalation"), body.get("petition_class")
    whom = [class_word(kind) if kind else ""]
    whom += [names.get(body.get(name, ""), body.get(name, "")) for name in ("category", "service")]
    return TargetLine(
        code=code,
        name=in_language(body["label"]["ko"], body["label"].get("en", "")),
        whom=" · ".join(one for one in whom if one),
        promise=_promise(body),
        warn_percent=body.get("warn_percent", 70),
        escalation=_escalated(escalation) if escalation else "",
        is_own=value_at(standard, (*TARGETS, code)) is ABSENT,
    )


def _promise(body: Any) -> str:
    if body.get("period"):
        return period_word(body["period"]["unit"], body["period"]["amount"])
    return _("법정기간의 %(n)d%%") % {"n": body["percent"]}


def _escalated(escalation: Any) -> str:
    facts = {"n": escalation["percent"], "who": watcher_words()[escalation["to"]]}
    return _("%(n)d%%를 쓰면 %(who)s에게") % facts


@require_http_methods(["GET", "POST"])
@studio_page
def target_page(request: StudioRequest, code: str = "") -> HttpResponseBase:
    """One promise, or a new one; tried on the last thousand cases before it is saved."""
    found = in_force()
    body = value_at(found.tree, (*TARGETS, code)) if code else NEW
    if body is ABSENT:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = TargetForm(data, body=body, is_new=not code, initial=initial_of(body))
    if request.method == "GET":
        return _shown(request, found, code, form)
    if "remove" in request.POST and code:
        wanted = tree_without([(*TARGETS, code)], found=found)
        return proposed(request, wanted, title=_("목표 ‘%(name)s’ 지움") % _name(body))
    return _taken(request, found, code, form)


def _name(body: Any) -> dict[str, str]:
    return {"name": body["label"]["ko"]}


def _taken(request: StudioRequest, found: InForce, code: str, form: TargetForm) -> HttpResponseBase:
    if not form.is_valid():
        return _shown(request, found, code, form)
    place = (*TARGETS, code or form.cleaned_data["code"])
    if not code and value_at(found.tree, place) is not ABSENT:
        form.add_error("code", _("이미 있는 코드입니다. 다른 것을 써 주세요."))
        return _shown(request, found, code, form)
    wanted = tree_with({place: form.body()}, found=found)
    for one in findings_at(wanted, place):
        form.add_error(None, one.message)
    if form.is_valid() and "try" in request.POST:
        impacts = what_if(found.tree, wanted, now=timezone.now())
        return _shown(request, found, code, form, impacts=impacts)
    if form.is_valid() and is_unchanged(wanted, found=found):
        form.add_error(None, _("바뀐 값이 없습니다."))
    if not form.is_valid():
        return _shown(request, found, code, form)
    title = request.POST.get("title", "").strip() or _("목표 ‘%(name)s’") % _name(form.body())
    return proposed(request, wanted, title=title)


def _shown(
    request: StudioRequest,
    found: InForce,
    code: str,
    form: TargetForm,
    *,
    impacts: list[Impact] | None = None,
) -> HttpResponseBase:
    label = value_at(found.tree, (*TARGETS, code))["label"] if code else {}
    standard = value_at(ground(found.standard_version), (*TARGETS, code))
    facts = {
        "form": form,
        "code": code,
        "title": in_language(label.get("ko", ""), label.get("en", "")),
        "impacts": impacts,
        "is_own": bool(code) and standard is ABSENT,
        "change_title": request.POST.get("title", ""),
        "may_change": may_change(request),
        "has_errors": bool(form.is_bound and form.errors),
        "place": "routing",
    }
    return show(request, "studio/target.html", facts, status=422 if form.errors else 200)
