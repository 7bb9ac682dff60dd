"""P2: a new city, asked step by step. Nothing is made before the last page's button."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sodam.console.opening_cards import cards_of
from sodam.console.opening_draft import STEPS, Draft, draft_keep, draft_of
from sodam.console.opening_effects import effect_of
from sodam.console.opening_facts import region_facts
from sodam.console.opening_forms import FORMS, StepForm
from sodam.console.opening_words import step_lines, step_words
from sodam.console.operations import opening_under_way
from sodam.ui.platform_pages import platform_page

TEMPLATES = {
    "region": "opening_region",
    "standard": "opening_choice",
    "plugin": "opening_choice",
    "people": "opening_people",
}


@require_http_methods(["GET", "POST"])
@platform_page("operator")
def opening_new(request: HttpRequest) -> HttpResponseBase:
    """The first question: which government."""
    asked = request.GET.get("code", "")
    form = FORMS["region"](None, code=asked) if asked and request.method == "GET" else None
    return (
        _page(request, "region", form, Draft(code=""))
        if form
        else _step(request, "region", Draft(code=""))
    )


@require_http_methods(["GET", "POST"])
@platform_page("operator")
def opening_step(request: HttpRequest, code: str, step: str) -> HttpResponseBase:
    """One question about a government that was chosen; a step too far leads to the open one."""
    if step not in FORMS:
        raise Http404
    begun = opening_under_way(code)
    if begun is not None:
        return _to("console_operation", begun.id)
    draft = draft_of(request, code)
    if draft is None:
        return _to("console_opening")
    if STEPS.index(step) > STEPS.index(draft.next_step):
        return _to("console_opening_step", code, draft.next_step)
    return _step(request, step, draft)


def _step(request: HttpRequest, step: str, draft: Draft) -> HttpResponseBase:
    given = request.POST if request.method == "POST" else None
    form = FORMS[step](given, code=draft.code, draft=draft)
    if given is None:
        return _page(request, step, form, draft)
    is_valid = form.is_valid()
    if "look" in request.GET:
        facts = {"effect": effect_of(step, _looked_at(step, form, draft))}
        return render(request, "console/parts/effect.html", facts)
    return _kept(request, step, form, draft) if is_valid else _page(request, step, form, draft)


def _kept(request: HttpRequest, step: str, form: StepForm, draft: Draft) -> HttpResponseBase:
    code = form.cleaned_data.get("code", draft.code)
    known = draft if draft.code == code else draft_of(request, code) or Draft(code=code)
    kept = known.answered(step, **form.facts())
    draft_keep(request, kept)
    after = STEPS[STEPS.index(step) + 1]
    return (
        _to("console_opening_check", code)
        if after == "check"
        else _to("console_opening_step", code, after)
    )


def _looked_at(step: str, form: StepForm, draft: Draft) -> Draft | None:
    """The draft as it would be: what is wrong in the form is left as it was."""
    code = form.cleaned_data.get("code", draft.code)
    if not code:
        return None
    known = draft if draft.code == code else Draft(code=code)
    facts = {name: value for name, value in form.cleaned_data.items() if name != "code"}
    return known.answered(step, **facts)


def _page(request: HttpRequest, step: str, form: StepForm, draft: Draft) -> HttpResponseBase:
    known = draft if draft.code else None
    region = region_facts(draft.code) if known else None
    cards = cards_of(step, form)
    facts = {
        "form": form,
        "step": step,
        "word": step_words()[step],
        "number": STEPS.index(step) + 1,
        "lines": step_lines(known, step),
        "region": region,
        "effect": effect_of(step, known),
        "back": _back(step, draft.code),
        "cards": cards,
        "menu": "cities",
    }
    name = "opening_none" if step == "region" and not (cards or region) else TEMPLATES[step]
    status = 422 if form.errors else 200
    return render(request, f"console/{name}.html", facts, status=status)


def _back(step: str, code: str) -> str:
    place = STEPS.index(step)
    if place == 0:
        return reverse("console_cities")
    return reverse("console_opening_step", args=[code, STEPS[place - 1]])


def _to(name: str, *args: object) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=args), status=303)
