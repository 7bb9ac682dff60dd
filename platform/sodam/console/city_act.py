"""`/cities/<code>/do/<act>`: why, then it is done, or asked for; what is grave by two persons."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sodam.console.acting import ask, note
from sodam.console.cities_words import name_of
from sodam.console.city_act_form import ActForm
from sodam.console.city_acts_known import Act, act_named
from sodam.ui.fields import Problem, problems
from sodam.ui.platform_pages import platform_page
from tenants.cities import city_set_trial, city_suspend
from tenants.errors import DomainError
from tenants.selectors import CityRow, city_get

NOTED = {"suspend": "city.suspended", "resume": "city.resumed", "trial": "city.set_trial"}


@require_http_methods(["GET", "POST"])
@platform_page("operator")
def city_act(request: HttpRequest, code: str, act: str) -> HttpResponseBase:
    """An act that does not fit the city as it stands is not found."""
    row = city_get(code, on=timezone.localdate())
    known = act_named(act, row)
    if known is None:
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = ActForm(given, act=known, row=row)
    if given is None or not form.is_valid():
        return _page(request, form, [])
    try:
        return _done(request, form)
    except DomainError as refused:
        return _page(request, form, [Problem("", str(refused))])


def _done(request: HttpRequest, form: ActForm) -> HttpResponseBase:
    act, row, reason = form.act, form.row, form.cleaned_data["reason"]
    if act.kind is None:
        _at_once(act, row)
        note(request, NOTED[act.code], city=row.code, reason=reason)
        messages.success(request, act.effect)
        return _to("console_city", row.code)
    operation = ask(
        request,
        act.kind,
        form.city_code(),
        arguments=form.arguments(),
        reason=reason,
        needs_approval=act.is_grave,
    )
    return _to("console_operation", operation.id)


def _at_once(act: Act, row: CityRow) -> None:
    if act.code == "trial":
        city_set_trial(row.code, is_trial=True)
    else:
        city_suspend(row.code, suspended=act.code == "suspend")


def _page(request: HttpRequest, form: ActForm, more: list[Problem]) -> HttpResponseBase:
    found = [*more, *problems(form)]
    facts = {
        "form": form,
        "act": form.act,
        "row": form.row,
        "name": name_of(form.row),
        "problems": found,
        "has_errors": bool(found),
        "menu": "cities",
    }
    return render(request, "console/city_act.html", facts, status=422 if found else 200)


def _to(name: str, *args: object) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=args), status=303)
