"""`/staff/acquired`: lists of customers received from elsewhere (입수고객)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core_crm.common.personal_data import mask_email, mask_name, mask_phone
from core_crm.customers.selectors.acquired import (
    MEMBERS_PAGE,
    acquired_ending,
    acquired_list_get,
    acquired_lists,
    acquired_members,
)
from core_crm.customers.services.acquired import acquired_list_end, acquired_list_register
from core_crm.staff.types import Right
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.doing import actor_of
from sodam.staff.labels import Sign
from tenants.errors import DomainError

SOON_DAYS = 30
MOST_LISTS = 200
KINDS = {"citizens": gettext_lazy("개인"), "organisations": gettext_lazy("법인·단체")}


class ListForm(forms.Form):
    """What must be known of a list before anybody on it is taken in."""

    name = forms.CharField(label=gettext_lazy("명단 이름"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("종류"), choices=list(KINDS.items()))
    source = forms.CharField(
        label=gettext_lazy("출처"),
        max_length=120,
        help_text=gettext_lazy("어느 기관, 어느 부서에서 받았는지 적습니다."),
    )
    received_on = forms.DateField(
        label=gettext_lazy("받은 날"), widget=forms.DateInput({"type": "date"})
    )
    basis = forms.CharField(
        label=gettext_lazy("법적 근거"),
        max_length=200,
        help_text=gettext_lazy("예: 개인정보 보호법 제18조 제2항 제1호(정보주체의 동의)"),
    )
    purpose = forms.CharField(label=gettext_lazy("쓰는 목적"), max_length=200)
    expires_on = forms.DateField(
        label=gettext_lazy("쓸 수 있는 마지막 날"),
        widget=forms.DateInput({"type": "date"}),
        help_text=gettext_lazy("이날이 지나면 이 명단으로만 알던 고객을 저절로 지웁니다."),
    )


class EndForm(forms.Form):
    """Why a list ends before its day."""

    reason = forms.CharField(
        label=gettext_lazy("왜 지금 끝내나요?"),
        min_length=5,
        max_length=200,
        help_text=gettext_lazy("기록에 남습니다."),
        error_messages={"min_length": gettext_lazy("다섯 글자 이상으로 이유를 써 주세요.")},
    )


@require_GET
@official_page(Right.CUSTOMER_VIEW)
def lists_page(request: StaffRequest) -> HttpResponseBase:
    """Lists in use, or those that ended."""
    has_ended = request.GET.get("view") == "ended"
    today = timezone.localdate()
    context = {
        "menu": "customers",
        "has_ended": has_ended,
        "rows": [
            {"list": each, "kind": KINDS[each.kind], "sign": sign_of(each, today=today)}
            for each in acquired_lists(has_ended=has_ended)[:MOST_LISTS]
        ],
        "may_register": request.official.has(Right.CUSTOMER_IMPORT),
    }
    return show(request, "staff/customers/acquired_lists.html", context)


@require_http_methods(["GET", "POST"])
@official_page(Right.CUSTOMER_IMPORT)
def new_page(request: StaffRequest) -> HttpResponseBase:
    """Register a list before its members are taken in."""
    form = ListForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = acquired_list_register(
                **form.cleaned_data, by=actor_of(request), now=timezone.now()
            )
        except DomainError as refused:
            form.add_error(_field_of(refused, form), _(refused.message))
        else:
            return HttpResponseRedirect(reverse("staff_acquired_list", args=[made.id]), status=303)
    status = 422 if form.errors else 200
    context = {"menu": "customers", "form": form}
    return show(request, "staff/customers/acquired_new.html", context, status=status)


@require_GET
@official_page(Right.CUSTOMER_VIEW)
def list_page(request: StaffRequest, list_id: UUID) -> HttpResponseBase:
    """What is known of one list, who is on it (masked), and what its end will do."""
    return _shown(request, list_id, EndForm())


@require_POST
@official_page(Right.CUSTOMER_IMPORT)
def end(request: StaffRequest, list_id: UUID) -> HttpResponseBase:
    """Use a list no more, before its day."""
    form, found = EndForm(request.POST), acquired_list_get(list_id)
    if form.is_valid():
        try:
            acquired_list_end(
                found, reason=form.cleaned_data["reason"], by=actor_of(request), now=timezone.now()
            )
        except DomainError as refused:
            form.add_error("reason", _(refused.message))
        else:
            messages.success(request, _("명단을 끝냈습니다. 이 명단으로만 알던 고객을 지웁니다."))
            return HttpResponseRedirect(reverse("staff_acquired_list", args=[list_id]), status=303)
    return _shown(request, list_id, form)


def sign_of(acquired_list: Any, *, today: Any) -> Sign:
    """Whether it may be used still, and for how long."""
    left = (acquired_list.expires_on - today).days
    if acquired_list.ended_at is not None:
        return Sign(_("끝남"), "minus")
    if left < 0:
        return Sign(_("기한 지남"), "ban", "no")
    if left <= SOON_DAYS:
        return Sign(_("%(n)s일 남음") % {"n": left}, "hourglass", "wait")
    return Sign(_("쓰는 중"), "check", "ok")


def _shown(request: StaffRequest, list_id: UUID, form: EndForm) -> HttpResponseBase:
    found = acquired_list_get(list_id)
    members = acquired_members(found, after=_after(request))
    shown, more = members[:MEMBERS_PAGE], members[MEMBERS_PAGE:]
    here = reverse("staff_acquired_list", args=[list_id])
    context = {
        "menu": "customers",
        "list": found,
        "kind": KINDS[found.kind],
        "sign": sign_of(found, today=timezone.localdate()),
        "ending": acquired_ending(found),
        "members": [_masked(each) for each in shown],
        "next_url": f"{here}?after={shown[-1].id}" if more else "",
        "form": form,
        "may_end": request.official.has(Right.CUSTOMER_IMPORT) and found.ended_at is None,
    }
    status = 422 if form.errors else 200
    return show(request, "staff/customers/acquired_list.html", context, status=status)


def _masked(member: Any) -> dict[str, Any]:
    """A line: a person's name is covered, a body's is not; contacts always are."""
    customer = member.citizen or member.organisation
    name = mask_name(customer.name) if member.citizen else customer.name
    return {
        "name": name,
        "phone": mask_phone(customer.phone) if customer.phone else "",
        "email": mask_email(customer.email) if customer.email else "",
        "is_new": member.is_new,
    }


def _after(request: StaffRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _field_of(refused: DomainError, form: forms.Form) -> str | None:
    field = str(refused.facts.get("field", ""))
    return field if field in form.fields else None
