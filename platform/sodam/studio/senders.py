"""`/studio/senders`: by which roads messages leave, and from which numbers and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from core_crm.common.personal_data import show_phone
from core_crm.messaging.errors import RecipientNotReachable, SenderInUse, SenderNotValid
from core_crm.messaging.selectors import sender_list
from core_crm.messaging.services import (
    road_problem,
    roads,
    sender_add,
    sender_remove,
    sender_test,
    sender_use,
)
from core_crm.messaging.types import Channel, Road, SenderDraft
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.road_words import channel_word, gateway_word
from sodam.studio.saving import may_change


@dataclass(frozen=True, slots=True)
class Line:
    """One channel: its road, and the addresses noted for it."""

    road: Road
    word: str
    gateway: str
    senders: list[Any]


class SenderForm(forms.Form):
    """An address to note. What a number needs more is judged by the service."""

    channel = forms.ChoiceField(
        label=gettext_lazy("수단"),
        choices=[("sms", gettext_lazy("문자")), ("email", gettext_lazy("전자우편"))],
        widget=forms.RadioSelect,
    )
    address = forms.CharField(label=gettext_lazy("번호나 주소"), max_length=254)
    name = forms.CharField(label=gettext_lazy("어디 것인지"), max_length=80, required=False)
    evidence = forms.CharField(
        label=gettext_lazy("등록 증빙"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("문자는 꼭 적습니다. 예: 통신서비스 이용증명원 2026-11호"),
    )
    registered_on = forms.DateField(
        label=gettext_lazy("통신사에 등록한 날"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("2026-11-02처럼 적어 주세요.")},
    )


@require_http_methods(["GET", "POST"])
@studio_page
def senders(request: StudioRequest) -> HttpResponseBase:
    """Every road with its addresses; the form notes one more."""
    if request.method == "GET":
        return _shown(request, SenderForm(initial={"channel": "sms"}))
    _require_right(request)
    form = SenderForm(request.POST)
    if form.is_valid():
        try:
            sender_add(SenderDraft(**form.cleaned_data), by=request.official, now=timezone.now())
        except SenderNotValid as refused:
            form.add_error(str(refused.facts["field"]), refused.message)
    if not form.is_valid():
        return _shown(request, form)
    messages.success(request, _("적었습니다."))
    return _back()


@require_POST
@studio_page
def sender_act(request: StudioRequest, sender_id: UUID, act: str) -> HttpResponseBase:
    """`use`: from now on its channel writes from it. `remove`: let it go."""
    _require_right(request)
    found = sender_list().filter(pk=sender_id).first()
    if found is None or act not in ("use", "remove"):
        raise Http404
    try:
        do = sender_use if act == "use" else sender_remove
        do(found, by=request.official, now=timezone.now())
    except SenderInUse as refused:
        messages.warning(request, refused.message)
        return _back()
    messages.success(request, _("바꿨습니다."))
    return _back()


@require_POST
@studio_page
def road_act(request: StudioRequest, channel: str, act: str) -> HttpResponseBase:
    """`check`: is the gateway there? `test`: write to oneself by this road."""
    _require_right(request)
    if channel not in list(Channel) or act not in ("check", "test"):
        raise Http404
    if act == "check":
        problem = road_problem(channel)
        if problem:
            messages.warning(request, problem)
        else:
            messages.success(request, _("길이 열려 있습니다. 아무것도 보내지 않고 확인했습니다."))
        return _back()
    try:
        message = sender_test(channel, by=request.official, now=timezone.now())
    except RecipientNotReachable:
        messages.warning(request, _("내 정보에 받을 번호나 주소가 없습니다."))
        return _back()
    if message.state == "held":
        messages.warning(request, _("시험 운영이라 보내지 않고 ‘보내지 않은 글’에 두었습니다."))
    else:
        messages.success(request, _("나에게 보냈습니다. 받았는지 확인해 주세요."))
    return _back()


def _require_right(request: StudioRequest) -> None:
    if not may_change(request):
        raise PermissionDenied


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("studio_senders"), status=303)


def _shown(request: StudioRequest, form: SenderForm) -> HttpResponseBase:
    noted = list(sender_list())
    for one in noted:
        one.shown = show_phone(one.address) if one.channel == Channel.SMS else one.address
    facts = {
        "form": form,
        "lines": [
            Line(
                road,
                channel_word(road.channel),
                gateway_word(road.gateway),
                [one for one in noted if one.channel == road.channel],
            )
            for road in roads()
        ],
        "may_change": may_change(request),
        "has_errors": bool(form.is_bound and form.errors),
        "place": "senders",
    }
    return show(request, "studio/senders.html", facts, status=422 if form.errors else 200)
