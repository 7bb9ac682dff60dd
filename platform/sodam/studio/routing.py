"""`/studio/routing`: the rules by which voices go to departments, and `where would this go?`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core_crm.staff.selectors import department_list
from core_crm.voices.selectors import category_list
from core_crm.voices.selectors.fields import voice_form
from core_crm.voices.selectors.replaying import Rulebook, cases_recent
from core_crm.voices.selectors.roles import RoleMap, role_labels
from core_crm.voices.selectors.routing import Matter, Routing, Verdict, routing_source
from core_crm.voices.services.routing import Route, route_of_matter
from core_crm.voices.types.routing import RoutingRule
from core_crm.voices.types.words import CHANNEL_LABELS_KO
from customization.public import ABSENT, InForce, ground, in_force, value_at
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.saving import may_change
from sodam.studio.words import class_words, in_language
from sodam.ui.conditions import sentence
from tenants.errors import DomainError

PLACE = ("routing", "voice")
RULES = (*PLACE, "rules")
TEXT_LIMIT = 5000


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in the table."""

    code: str
    name: str
    words: list[str]
    against: list[str]
    places: list[str]
    when: str
    department: str
    role: str
    is_active: bool
    is_own: bool
    is_changed: bool
    caught: int | None = None


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """What one rule said of the text that was tried."""

    name: str
    holds: bool
    why: str


@dataclass(frozen=True, slots=True)
class Tried:
    """Where a text would go, and why."""

    department: str
    because: str
    kind: str
    verdicts: list[VerdictLine]


class TryForm(forms.Form):
    """A text that nobody has filed yet."""

    title = forms.CharField(label=gettext_lazy("제목"), max_length=200, required=False)
    body = forms.CharField(
        label=gettext_lazy("내용"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("시험할 글을 적어 주세요.")},
    )
    location = forms.CharField(label=gettext_lazy("장소"), max_length=200, required=False)
    category = forms.ChoiceField(label=gettext_lazy("분야"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("접수 경로"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories: Any = self.fields["category"]
        channels: Any = self.fields["channel"]
        labels = [(one.code, in_language(one.label_ko, one.label_en)) for one in category_list()]
        categories.choices = [("", _("고르지 않음")), *labels]
        channels.choices = [(code.value, _(word)) for code, word in CHANNEL_LABELS_KO.items()]

    def matter(self) -> Matter:
        return Matter(**{name: str(value) for name, value in self.cleaned_data.items()})


@require_GET
@studio_page
def routing(request: StudioRequest) -> HttpResponseBase:
    """The rules in order. `?body=` tries a text; `?replay=1` sends the last thousand cases."""
    found = in_force()
    form = TryForm(request.GET if "body" in request.GET else None)
    caught = _caught(found) if request.GET.get("replay") else None
    facts = {
        "rules": rule_lines(found, caught=caught),
        "looked_at": sum(caught.values()) if caught else 0,
        "unruled": caught.get("", 0) if caught else None,
        "most": max((n for code, n in caught.items() if code), default=1) if caught else 0,
        "form": form,
        "tried": _tried(form, found) if form.is_bound and form.is_valid() else None,
        "may_change": may_change(request),
        "has_errors": bool(form.is_bound and form.errors),
        "place": "routing",
    }
    return show(request, "studio/routing.html", facts)


def rule_lines(found: InForce, *, caught: Mapping[str, int] | None = None) -> list[RuleLine]:
    """Every rule in the order in which they are asked."""
    book, standard = Routing(value_at(found.tree, PLACE)), ground(found.standard_version)
    names = dict(department_list().values_list("code", "name_ko"))
    roles = RoleMap.of_this_city(named=book.definition.departments)
    rules = sorted(book.definition.rules.items(), key=lambda one: (one[1].sort, one[0]))
    return [
        _line(code, rule, standard, found, names.get(roles.found(rule.department_role), ""), caught)
        for code, rule in rules
    ]


def _line(
    code: str,
    rule: RoutingRule,
    standard: Mapping[str, Any],
    found: InForce,
    department: str,
    caught: Mapping[str, int] | None,
) -> RuleLine:
    when = rule.when.model_dump(mode="json") if rule.when else None
    before = value_at(standard, (*RULES, code))
    return RuleLine(
        code=code,
        name=in_language(rule.label.ko, rule.label.en),
        words=active(rule.words),
        against=active(rule.not_words),
        places=active(rule.places),
        when=sentence(in_words(when), routing_source()) if when else "",
        department=department,
        role=role_labels().get(rule.department_role, rule.department_role),
        is_active=rule.is_active,
        is_own=before is ABSENT,
        is_changed=before is not ABSENT and before != value_at(found.tree, (*RULES, code)),
        caught=None if caught is None else caught.get(code, 0),
    )


def in_words(condition: Any) -> Any:
    """A condition with codes of categories, classes and channels as people call them."""
    if isinstance(condition, list | tuple):
        return [in_words(part) for part in condition]
    if not isinstance(condition, dict):
        return condition
    if "op" not in condition:
        return {word: in_words(part) for word, part in condition.items()}
    return {**condition, "value": _named(condition["field"], condition["value"])}


def _named(field: str, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_named(field, one) for one in value]
    known: dict[str, str] = {
        "category": {one.code: in_language(one.label_ko, one.label_en) for one in category_list()},
        "petition_class": class_words(),
        "channel": {code.value: _(word) for code, word in CHANNEL_LABELS_KO.items()},
        **_own_choices(),
    }.get(field, {})
    return known.get(value, value) if isinstance(value, str) else value


def _own_choices() -> dict[str, dict[str, str]]:
    """The answers of the city's own fields, by the field's code in conditions."""
    return {
        f"field.{code}": {
            answer: in_language(choice.label.ko, choice.label.en)
            for answer, choice in one.choices.items()
        }
        for code, one in voice_form().fields.items()
    }


def active(words: Mapping[str, bool]) -> list[str]:
    """The words that are sought."""
    return [word for word, is_on in words.items() if is_on]


def _caught(found: InForce) -> dict[str, int]:
    """How many of the last thousand cases each rule decided; "" for none of them."""
    book = rulebook_of(found.tree)
    counts: dict[str, int] = {}
    for case in cases_recent():
        sent = book.send(case)
        code = sent.rule.code if sent.rule else ""
        counts[code] = counts.get(code, 0) + 1
    return counts


def rulebook_of(tree: Mapping[str, Any]) -> Rulebook:
    """The documents that move cases, made ready."""
    return Rulebook(
        routing=value_at(tree, PLACE),
        sla=value_at(tree, ("sla", "voice")),
        calendar=value_at(tree, ("calendar", "office")),
        categories=value_at(tree, ("code_list", "categories")),
        services=value_at(tree, ("code_list", "services")),
    )


def _tried(form: TryForm, found: InForce) -> Tried | None:
    matter, today = form.matter(), timezone.localdate()
    try:
        route = route_of_matter(matter, today=today)
    except DomainError as refused:
        form.add_error(None, refused.message)
        return None
    verdicts = Routing(value_at(found.tree, PLACE)).judge_all(matter, today=today)
    return Tried(
        department=route.department.name_ko if route.department else _("부서 없음"),
        because=_because(route),
        kind=route.rule.rule.label.ko if route.rule else "",
        verdicts=[_verdict(one) for one in verdicts if one.holds or one.words or one.places],
    )


def _because(route: Route) -> str:
    if route.rule is not None:
        return _verdict(route.rule).why
    if route.category is not None:
        name = in_language(route.category.label_ko, route.category.label_en)
        return _("맞는 규칙이 없어 분야 ‘%(name)s’의 부서로 갑니다.") % {"name": name}
    return _("맞는 규칙도 분야도 없어 분류할 부서로 갑니다.")


def _verdict(one: Verdict) -> VerdictLine:
    name = in_language(one.rule.label.ko, one.rule.label.en)
    return VerdictLine(name, one.holds, " · ".join(_reasons(one)))


def _reasons(one: Verdict) -> list[str]:
    """What was found and what was not, in the order in which it is asked."""
    said = []
    if one.words:
        said.append(_("낱말 %(words)s") % {"words": ", ".join(one.words[:5])})
    if one.places:
        said.append(_("장소 %(words)s") % {"words": ", ".join(one.places[:5])})
    if one.against:
        said.append(_("빼는 낱말 %(words)s이(가) 있음") % {"words": ", ".join(one.against[:5])})
    if active(one.rule.places) and not one.places:
        said.append(_("장소가 다름"))
    if one.when_holds is not None:
        said.append(_("조건이 맞음") if one.when_holds else _("조건이 다름"))
    return [*said, one.problem] if one.problem else said
