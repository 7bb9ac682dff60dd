"""Acts on a customer through a small form, each a page and a dialog: written once for both kinds.

A kind of customer brings a `Side`: how its address finds it, its card, its page. An act brings its
words, its form and what it calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core_crm.audit.types import Actor
from core_crm.staff.types import Right
from sodam.staff.access import StaffRequest, is_partial, official_page, show
from sodam.staff.customer_forms import EmptyForm
from sodam.staff.customer_pick import Picked
from sodam.staff.doing import actor_of
from tenants.errors import DomainError


@dataclass(frozen=True, slots=True)
class Doing:
    """An act about to be done to a customer: what was typed, and what it is about."""

    subject: Any
    told: dict[str, Any]
    about: Any
    by: Actor
    now: datetime

    @property
    def common(self) -> dict[str, Any]:
        return {"by": self.by, "now": self.now}

    def but(self, *names: str) -> dict[str, Any]:
        """What was typed, without these."""
        return {name: value for name, value in self.told.items() if name not in names}


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its words, its form, what it calls.

    `among`: the part of the card in which the thing stands that the address names by its id.
    `finds`: where somebody else is looked for, who is then `about`.
    """

    code: str
    word: Any
    button: Any
    done: Any
    run: Callable[[Doing], Any]
    form: type[forms.Form] = EmptyForm
    lead: Any = ""
    among: Callable[[Any], Iterable[Any]] | None = None
    finds: Callable[[str, Any], list[Picked]] | None = None

    @property
    def path(self) -> str:
        return f"{self.code}/<uuid:thing_id>" if self.among else self.code


@dataclass(frozen=True, slots=True)
class Side:
    """A kind of customer: `page` names its page, below which its acts stand."""

    page: str
    find: Callable[[UUID], Any]
    card: Callable[[Any], Any]

    def url(self, subject: Any) -> str:
        return reverse(self.page, args=[subject.pk])

    def name(self, act: Act) -> str:
        return f"{self.page}_{act.code.replace('-', '_')}"


Page = tuple[str, Callable[..., HttpResponseBase], str]


def pages_of(side: Side, acts: Sequence[Act]) -> list[Page]:
    """(path below the customer, view, name) of each act."""
    return [(act.path, _page_of(side, act), side.name(act)) for act in acts]


def _page_of(side: Side, act: Act) -> Callable[..., HttpResponseBase]:
    """The page (and dialog) of one act."""

    @require_http_methods(["GET", "POST"])
    @official_page(Right.CUSTOMER_CHANGE)
    def page(
        request: StaffRequest, thing_id: UUID | None = None, **whose: UUID
    ) -> HttpResponseBase:
        (subject_id,) = whose.values()
        subject = side.find(subject_id)
        return _Page(request, side, act, subject, _thing(side, act, subject, thing_id)).answer()

    return page


def _thing(side: Side, act: Act, subject: Any, thing_id: UUID | None) -> Any:
    if act.among is None:
        return None
    for one in act.among(side.card(subject)):
        if one.pk == thing_id:
            return one
    raise Http404


@dataclass(frozen=True, slots=True)
class _Page:
    """One request for an act's page."""

    request: StaffRequest
    side: Side
    act: Act
    subject: Any
    about: Any

    def answer(self) -> HttpResponseBase:
        request, act = self.request, self.act
        if request.method == "GET":
            given = {"on": timezone.localdate()} | request.GET.dict()
            return self._shown(act.form(initial=given, auto_id=f"{act.code}-%s"), [])
        form = act.form(request.POST, auto_id=f"{act.code}-%s")
        found = act.finds(request.POST.get("q", ""), self.subject) if act.finds else []
        if form.is_valid() and self._is_done(form, found):
            messages.success(request, act.done)
            return lead_to(request, self.side.url(self.subject))
        return self._shown(form, found)

    def _is_done(self, form: forms.Form, found: list[Picked]) -> bool:
        about = picked(form, found, self.request) if self.act.finds else self.about
        if self.act.finds and about is None:
            return False
        by, now = actor_of(self.request), timezone.now()
        doing = Doing(self.subject, form.cleaned_data, about, by, now)
        saved(form, lambda: self.act.run(doing))
        return not form.errors

    def _shown(self, form: forms.Form, found: list[Picked]) -> HttpResponseBase:
        here = [self.subject.pk, *([self.about.pk] if self.act.among else [])]
        context = {
            "menu": "customers",
            "act": self.act,
            "url": reverse(self.side.name(self.act), args=here),
            "form": form,
            "found": found,
            "back_url": self.side.url(self.subject),
        }
        status = 422 if form.errors else 200
        return show(self.request, "staff/customers/act.html", context, status=status)


def picked(form: forms.Form, found: list[Picked], request: StaffRequest) -> Any:
    """Whom the official chose of those found; None, and why at the field, when nobody yet.

    Found, but none chosen: the choice itself is no error at the first time.
    """
    wanted = request.POST.get("other", "")
    chosen = next((one.what for one in found if str(one.id) == wanted), None)
    if not found:
        form.add_error("q", _("찾지 못했습니다. 다른 말로 찾아 주세요."))
    elif chosen is None and request.POST.get("step") == "choose":
        form.add_error("q", _("아래에서 한 사람을 골라 주세요."))
    return chosen


def saved(form: forms.Form, run: Callable[[], Any]) -> Any:
    """Do it; what is refused stands at its field, and None is given back."""
    try:
        return run()
    except DomainError as refused:
        field = str(refused.facts.get("field", ""))
        form.add_error(field if field in form.fields else None, _(refused.message))
    return None


def lead_to(request: StaffRequest, url: str) -> HttpResponseBase:
    """The page as it is now; out of a dialog, as a whole page."""
    if is_partial(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url, status=303)
