"""What an official writes down of a customer through a small form: one table, one page for all."""

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
from core_crm.customers.selectors import CitizenCard, citizen_card, citizen_get, survivor_of
from core_crm.staff.types import Right
from sodam.staff import customer_forms as given
from sodam.staff.access import StaffRequest, is_partial, official_page, show
from sodam.staff.customer_pick import Picked, bodies, people
from sodam.staff.doing import actor_of
from tenants.errors import DomainError


@dataclass(frozen=True, slots=True)
class Doing:
    """An act about to be done to a citizen: what was typed, and what it is about."""

    citizen: Any
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
    form: type[forms.Form] = given.EmptyForm
    lead: Any = ""
    among: Callable[[CitizenCard], Iterable[Any]] | None = None
    finds: Callable[[str, Any], list[Picked]] | None = None

    @property
    def name(self) -> str:
        return f"staff_customer_{self.code.replace('-', '_')}"

    @property
    def path(self) -> str:
        return f"{self.code}/<uuid:thing_id>" if self.among else self.code


def _consent(do: Doing) -> Any:
    told = do.told
    return services.consent_set(
        do.citizen,
        told["purpose"],
        told["channel"],
        told["answer"] == "yes",
        source="official",
        by_name=do.by.name,
        reason=told["reason"],
        now=do.now,
    )


ACTS: tuple[Act, ...] = (
    Act(
        code="note",
        word=gettext_lazy("메모 쓰기"),
        button=gettext_lazy("남기기"),
        done=gettext_lazy("메모를 남겼습니다."),
        run=lambda do: services.note_add(do.citizen, do.told["text"], **do.common),
        form=given.NoteForm,
    ),
    Act(
        code="consent",
        word=gettext_lazy("동의 적기"),
        button=gettext_lazy("적기"),
        done=gettext_lazy("시민의 뜻을 적었습니다."),
        lead=gettext_lazy(
            "시민이 말한 대로만 적습니다. 시민은 동의 화면에서 스스로 바꿀 수 있습니다."
        ),
        run=_consent,
        form=given.ConsentForm,
    ),
    Act(
        code="contact",
        word=gettext_lazy("연락처 더하기"),
        button=gettext_lazy("더하기"),
        done=gettext_lazy("연락처를 더했습니다."),
        run=lambda do: services.contact_add(do.citizen, **do.told, source="staff", **do.common),
        form=given.ContactForm,
    ),
    Act(
        code="contact-end",
        word=gettext_lazy("연락처 그만 쓰기"),
        button=gettext_lazy("그만 쓰기"),
        done=gettext_lazy("그 연락처를 더는 쓰지 않습니다."),
        lead=gettext_lazy("지우지 않고 언제까지 썼는지 남깁니다."),
        run=lambda do: services.contact_end(do.about, on=do.told["on"], **do.common),
        form=given.DayForm,
        among=lambda card: card.contacts,
    ),
    Act(
        code="fact",
        word=gettext_lazy("날짜 적기"),
        button=gettext_lazy("적기"),
        done=gettext_lazy("날짜를 적었습니다."),
        lead=gettext_lazy("종류마다 하나만 남습니다. 다시 적으면 앞의 날짜를 바꿉니다."),
        run=lambda do: services.dated_fact_set(do.citizen, **do.told, **do.common),
        form=given.FactForm,
    ),
    Act(
        code="fact-remove",
        word=gettext_lazy("날짜 지우기"),
        button=gettext_lazy("지우기"),
        done=gettext_lazy("날짜를 지웠습니다."),
        lead=gettext_lazy("틀렸거나 더는 필요하지 않은 날짜를 지웁니다. 되돌릴 수 없습니다."),
        run=lambda do: services.dated_fact_remove(do.about, **do.common),
        among=lambda card: card.dated_facts,
    ),
    Act(
        code="relation",
        word=gettext_lazy("관계 더하기"),
        button=gettext_lazy("더하기"),
        done=gettext_lazy("관계를 적었습니다."),
        run=lambda do: services.relation_add(do.citizen, do.about, **do.but("q"), **do.common),
        form=given.RelationForm,
        finds=people,
    ),
    Act(
        code="relation-end",
        word=gettext_lazy("관계 끝내기"),
        button=gettext_lazy("끝내기"),
        done=gettext_lazy("관계가 끝난 날을 적었습니다."),
        run=lambda do: services.relation_end(do.about, on=do.told["on"], **do.common),
        form=given.DayForm,
        among=lambda card: [*card.relations, *card.relations_to],
    ),
    Act(
        code="twin",
        word=gettext_lazy("같은 사람 알리기"),
        button=gettext_lazy("알리기"),
        done=gettext_lazy(
            "두 고객을 견주어 볼 것으로 올렸습니다. 합칠지는 기준정보 담당이 정합니다."
        ),
        lead=gettext_lazy(
            "한 사람이 두 번 적혔다면 다른 쪽을 찾아 고릅니다. 저절로 합쳐지지 않습니다."
        ),
        run=lambda do: services.pair_open(do.citizen, do.about, **do.common),
        form=given.PickForm,
        finds=people,
    ),
    Act(
        code="household",
        word=gettext_lazy("같은 세대로 묶기"),
        button=gettext_lazy("묶기"),
        done=gettext_lazy("같은 세대로 묶었습니다."),
        lead=gettext_lazy("다른 세대에 있었다면 그 세대에서 나옵니다."),
        run=lambda do: services.household_join(
            do.citizen, with_citizen=do.about, **do.but("q"), **do.common
        ),
        form=given.HouseholdForm,
        finds=people,
    ),
    Act(
        code="household-leave",
        word=gettext_lazy("세대에서 나가기"),
        button=gettext_lazy("나가기"),
        done=gettext_lazy("세대에서 나왔습니다."),
        run=lambda do: services.household_leave(do.citizen, **do.common),
    ),
    Act(
        code="membership",
        word=gettext_lazy("소속 더하기"),
        button=gettext_lazy("더하기"),
        done=gettext_lazy("소속을 적었습니다."),
        run=lambda do: services.membership_add(do.about, do.citizen, **do.but("q"), **do.common),
        form=given.MembershipForm,
        finds=bodies,
    ),
    Act(
        code="membership-end",
        word=gettext_lazy("소속 끝내기"),
        button=gettext_lazy("끝내기"),
        done=gettext_lazy("소속이 끝난 날을 적었습니다."),
        run=lambda do: services.membership_end(do.about, on=do.told["on"], **do.common),
        form=given.DayForm,
        among=lambda card: card.memberships,
    ),
)


def page_of(act: Act) -> Callable[..., HttpResponseBase]:
    """The page (and dialog) of one act."""

    @require_http_methods(["GET", "POST"])
    @official_page(Right.CUSTOMER_CHANGE)
    def page(
        request: StaffRequest, citizen_id: UUID, thing_id: UUID | None = None
    ) -> HttpResponseBase:
        citizen = survivor_of(citizen_get(citizen_id))
        about = _thing(act, citizen, thing_id)
        return _respond(request, act, citizen, about)

    return page


def _thing(act: Act, citizen: Any, thing_id: UUID | None) -> Any:
    if act.among is None:
        return None
    for one in act.among(citizen_card(citizen)):
        if one.pk == thing_id:
            return one
    raise Http404


def _respond(request: StaffRequest, act: Act, citizen: Any, about: Any) -> HttpResponseBase:
    if request.method == "GET":
        return _show(request, act, citizen, about, _form(act, request.GET.dict()), [])
    form = act.form(request.POST, auto_id=f"{act.code}-%s")
    found = act.finds(request.POST.get("q", ""), citizen) if act.finds else []
    if form.is_valid():
        chosen = _chosen(found, request) if act.finds else about
        if act.finds and chosen is None:
            _ask_whom(form, found, request)
        elif _do(request, act, citizen, form, chosen):
            messages.success(request, act.done)
            return back(request, citizen)
    return _show(request, act, citizen, about, form, found)


def _form(act: Act, initial: dict[str, str]) -> forms.Form:
    today = timezone.localdate()
    return act.form(initial={"on": today} | initial, auto_id=f"{act.code}-%s")


def _chosen(found: list[Picked], request: StaffRequest) -> Any:
    wanted = request.POST.get("other", "")
    return next((one.what for one in found if str(one.id) == wanted), None)


def _ask_whom(form: forms.Form, found: list[Picked], request: StaffRequest) -> None:
    """Found, but none chosen: the choice itself is no error at the first time."""
    if not found:
        form.add_error("q", _("찾지 못했습니다. 다른 말로 찾아 주세요."))
    elif request.POST.get("step") == "choose":
        form.add_error("q", _("아래에서 한 사람을 골라 주세요."))


def _do(request: StaffRequest, act: Act, citizen: Any, form: forms.Form, about: Any) -> bool:
    doing = Doing(citizen, form.cleaned_data, about, actor_of(request), timezone.now())
    try:
        act.run(doing)
    except DomainError as refused:
        field = str(refused.facts.get("field", ""))
        form.add_error(field if field in form.fields else None, _(refused.message))
        return False
    return True


def back(request: StaffRequest, citizen: Any) -> HttpResponseBase:
    """The citizen's page as it is now; out of a dialog, as a whole page."""
    here = reverse("staff_customer", args=[citizen.pk])
    if is_partial(request):
        return HttpResponse(status=204, headers={"HX-Redirect": here})
    return HttpResponseRedirect(here, status=303)


def _show(
    request: StaffRequest,
    act: Act,
    citizen: Any,
    about: Any,
    form: forms.Form,
    found: list[Picked],
) -> HttpResponseBase:
    here = [citizen.pk, about.pk] if act.among else [citizen.pk]
    context = {
        "menu": "customers",
        "act": act,
        "url": reverse(act.name, args=here),
        "form": form,
        "found": found,
        "back_url": reverse("staff_customer", args=[citizen.pk]),
    }
    status = 422 if form.errors else 200
    return show(request, "staff/customers/act.html", context, status=status)


PAGES = [(act.path, page_of(act), act.name) for act in ACTS]
