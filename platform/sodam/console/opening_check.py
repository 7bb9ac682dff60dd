"""The wizard's last page: all answers and what speaks against them; then the opening begins."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sodam.console.acting import ask_opening
from sodam.console.opening_checks import Check, is_refused, opening_checks
from sodam.console.opening_draft import Draft, draft_forget, draft_of
from sodam.console.opening_effects import effect_of
from sodam.console.opening_facts import region_facts
from sodam.console.opening_words import plugin_word, step_lines
from sodam.console.operations import opening_under_way
from sodam.ui.fields import Problem
from sodam.ui.platform_pages import platform_page
from sodam.ui.words import is_english
from tenants.errors import DomainError
from tenants.provisioning.opening import opening_plan
from tenants.provisioning.operations import StepSpec


@require_http_methods(["GET", "POST"])
@platform_page("operator")
def opening_check(request: HttpRequest, code: str) -> HttpResponseBase:
    """A second press leads to the opening that the first one began: nothing is made twice."""
    begun = opening_under_way(code)
    if begun is not None:
        return _to(reverse("console_operation", args=[begun.id]))
    draft = draft_of(request, code)
    if draft is None:
        return _to(reverse("console_opening"))
    if draft.next_step != "check":
        return _to(reverse("console_opening_step", args=[code, draft.next_step]))
    checks = opening_checks(draft)
    if request.method == "POST" and not is_refused(checks):
        return _begun(request, draft, checks)
    return _page(request, draft, checks)


def _begun(request: HttpRequest, draft: Draft, checks: list[Check]) -> HttpResponseBase:
    try:
        operation = ask_opening(request, draft.code, draft.arguments())
    except DomainError as refused:  # taken between the checks and now
        return _page(request, draft, [*checks, Check("no", _("개통"), todo=str(refused))])
    draft_forget(request, draft.code)
    return _to(reverse("console_operation", args=[operation.id]))


def _page(request: HttpRequest, draft: Draft, checks: list[Check]) -> HttpResponseBase:
    refused = is_refused(checks) and request.method == "POST"
    problems = [
        Problem(f"c{place}", check.todo)
        for place, check in enumerate(checks)
        if refused and check.tone == "no"
    ]
    facts = {
        "draft": draft,
        "region": region_facts(draft.code),
        "lines": step_lines(draft, "check"),
        "checks": checks,
        "counts": {
            tone: sum(check.tone == tone for check in checks) for tone in ("ok", "wa", "no")
        },
        "may_begin": not is_refused(checks),
        "plugin": plugin_word(draft),
        "standard": effect_of("standard", draft),
        "limits": effect_of("people", draft).facts,
        "plan": [_plan_word(one) for one in opening_plan()],
        "problems": problems,
        "has_errors": bool(problems),
        "word": _("점검과 개통"),
        "menu": "cities",
    }
    return render(request, "console/opening_check.html", facts, status=422 if problems else 200)


def _plan_word(step: StepSpec) -> str:
    return (step.label_en if is_english() else step.label_ko) or step.name


def _to(address: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(address, status=303)
