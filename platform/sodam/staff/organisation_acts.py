"""What an official writes down of a body through a small form: members, contacts, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core_crm.audit.types import Actor
from core_crm.customers import services
from core_crm.customers.selectors import OrganisationCard, organisation_card, organisation_get
from core_crm.staff.types import Right
from sodam.staff.access import StaffRequest, is_partial, official_page, show
from sodam.staff.customer_forms import ContactForm, DayForm, NoteForm
from sodam.staff.customer_pick import Picked, anybody
from sodam.staff.doing import actor_of
from sodam.staff.organisation import page_of, saved
from sodam.staff.organisation_forms import MemberForm


@dataclass(frozen=True, slots=True)
class Doing:
    """An act about to be done to a body: what was typed, and what it is about."""

    body: Any
    told: dict[str, Any]
    about: Any
    by: Actor
    now: datetime

    @property
    def common(self) -> dict[str, Any]:
        return {"by": self.by, "now": self.now}


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its words, its form, what it calls.

    `among`: the part of the card in which the thing stands that the address names by its id.
    `has_person`: somebody is looked for, who is then `about`.
    """

    code: str
    word: Any
    button: Any
    done: Any
    form: type[forms.Form]
    run: Callable[[Doing], Any]
    lead: Any = ""
    among: Callable[[OrganisationCard], Iterable[Any]] | None = None
    has_person: bool = False

    @property
    def name(self) -> str:
        return f"staff_organisation_{self.code.replace('-', '_')}"

    @property
    def path(self) -> str:
        return f"{self.code}/<uuid:thing_id>" if self.among else self.code


def _member(do: Doing) -> Any:
    told = {name: value for name, value in do.told.items() if name != "q"}
    return services.membership_add(do.body, do.about, **told, **do.common)


ACTS: tuple[Act, ...] = (
    Act(
        code="member",
        word=gettext_lazy("담당자 더하기"),
        button=gettext_lazy("더하기"),
        done=gettext_lazy("담당자를 더했습니다."),
        lead=gettext_lazy("이 법인·단체를 위해 연락하는 사람을 부서와 직책과 함께 적습니다."),
        form=MemberForm,
        run=_member,
        has_person=True,
    ),
    Act(
        code="member-end",
        word=gettext_lazy("소속 끝내기"),
        button=gettext_lazy("끝내기"),
        done=gettext_lazy("소속이 끝난 날을 적었습니다."),
        form=DayForm,
        run=lambda do: services.membership_end(do.about, on=do.told["on"], **do.common),
        among=lambda card: card.members,
    ),
    Act(
        code="contact",
        word=gettext_lazy("연락처 더하기"),
        button=gettext_lazy("더하기"),
        done=gettext_lazy("연락처를 더했습니다."),
        form=ContactForm,
        run=lambda do: services.contact_add(do.body, **do.told, source="staff", **do.common),
    ),
    Act(
        code="contact-end",
        word=gettext_lazy("연락처 그만 쓰기"),
        button=gettext_lazy("그만 쓰기"),
        done=gettext_lazy("그 연락처를 더는 쓰지 않습니다."),
        lead=gettext_lazy("지우지 않고 언제까지 썼는지 남깁니다."),
        form=DayForm,
        run=lambda do: services.contact_end(do.about, on=do.told["on"], **do.common),
        among=lambda card: card.contacts,
    ),
    Act(
        code="note",
        word=gettext_lazy("메모 쓰기"),
        button=gettext_lazy("남기기"),
        done=gettext_lazy("메모를 남겼습니다."),
        form=NoteForm,
        run=lambda do: services.note_add(do.body, do.told["text"], **do.common),
    ),
)


def view_of(act: Act) -> Callable[..., HttpResponseBase]:
    """The page (and dialog) of one act."""

    @require_http_methods(["GET", "POST"])
    @official_page(Right.CUSTOMER_CHANGE)
    def page(
        request: StaffRequest, organisation_id: UUID, thing_id: UUID | None = None
    ) -> HttpResponseBase:
        body = organisation_get(organisation_id)
        return _respond(request, act, body, _thing(act, body, thing_id))

    return page


def _thing(act: Act, body: Any, thing_id: UUID | None) -> Any:
    if act.among is None:
        return None
    for one in act.among(organisation_card(body, today=timezone.localdate())):
        if one.pk == thing_id:
            return one
    raise Http404


def _respond(request: StaffRequest, act: Act, body: Any, about: Any) -> HttpResponseBase:
    if request.method == "GET":
        initial = {"on": timezone.localdate()}
        form = act.form(initial=initial, auto_id=f"{act.code}-%s")
        return _show(request, act, body, about, form, [])
    form = act.form(request.POST, auto_id=f"{act.code}-%s")
    found = anybody(request.POST.get("q", "")) if act.has_person else []
    if form.is_valid():
        chosen = picked(form, found, request) if act.has_person else about
        doing = Doing(body, form.cleaned_data, chosen, actor_of(request), timezone.now())
        is_ready = chosen is not None or not act.has_person
        if is_ready and saved(form, lambda: act.run(doing)) is not None:
            messages.success(request, act.done)
            return lead_to(request, page_of(body))
    return _show(request, act, body, about, form, found)


def picked(form: forms.Form, found: list[Picked], request: StaffRequest) -> Any:
    """Whom the official chose of those found; None, and why at the field, when nobody yet."""
    wanted = request.POST.get("other", "")
    chosen = next((one.what for one in found if str(one.id) == wanted), None)
    if not found:
        form.add_error("q", _("찾지 못했습니다. 다른 말로 찾아 주세요."))
    elif chosen is None and request.POST.get("step") == "choose":
        form.add_error("q", _("아래에서 한 사람을 골라 주세요."))
    return chosen


def lead_to(request: StaffRequest, url: str) -> HttpResponseBase:
    """The page as it is now; out of a dialog, as a whole page."""
    if is_partial(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url, status=303)


def _show(
    request: StaffRequest, act: Act, body: Any, about: Any, form: forms.Form, found: list[Picked]
) -> HttpResponseBase:
    context = {
        "menu": "customers",
        "act": act,
        "url": reverse(act.name, args=[body.pk, about.pk] if act.among else [body.pk]),
        "form": form,
        "found": found,
        "back_url": page_of(body),
    }
    status = 422 if form.errors else 200
    return show(request, "staff/customers/act.html", context, status=status)


PAGES = [(act.path, view_of(act), act.name) for act in ACTS]
