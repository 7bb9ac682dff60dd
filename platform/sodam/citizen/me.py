"""`/me`: what the city holds of me, after a one-time code to a contact that it knows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core_crm.common.personal_data import mask_email, mask_phone
from core_crm.customers.errors import SignInRefused
from core_crm.customers.selectors import consents_of, own_ids
from core_crm.customers.services import code_ask, code_use
from core_crm.messaging.selectors import messages_to
from core_crm.messaging.services import sign_in_code_send
from core_crm.surveys.selectors import invitations_to
from core_crm.voices.selectors import voices_of
from sodam.citizen.access import remember
from sodam.citizen.forms import PlainForm
from sodam.citizen.limits import count_try
from sodam.citizen.me_access import ASKED, citizen_of, sign_in, sign_out
from sodam.citizen.signs import sign_of

ASKS_PER_MINUTE, TRIES_PER_MINUTE = 5, 20
SHOWN = 20


class WhoForm(PlainForm):
    """A name and a contact: together they belong to one person."""

    name = forms.CharField(
        label=gettext_lazy("이름"),
        max_length=80,
        error_messages={"required": gettext_lazy("의견을 낼 때 적은 이름을 적어 주세요.")},
    )
    contact = forms.CharField(
        label=gettext_lazy("휴대전화 또는 이메일"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("의견을 낼 때 적은 휴대전화나 이메일을 적어 주세요.")
        },
    )


class CodeForm(PlainForm):
    """The six digits."""

    code = forms.RegexField(
        label=gettext_lazy("받은 번호 여섯 자리"),
        regex=r"^\s*\d{6}\s*$",
        error_messages={
            "required": gettext_lazy("문자나 이메일로 받은 여섯 자리 숫자를 적어 주세요."),
            "invalid": gettext_lazy("숫자 여섯 자리를 적어 주세요. 예: 012345"),
        },
    )


@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponseBase:
    """What is mine; who is not signed in is asked who they are, and sent a code."""
    now = timezone.now()
    citizen = citizen_of(request, now=now)
    if citizen is not None:
        return _overview(request, citizen)
    form = WhoForm(request.POST or None)
    if request.method == "POST":
        count_try(request, "me", per_minute=ASKS_PER_MINUTE)
        if form.is_valid():
            _ask(request, form.cleaned_data["name"], form.cleaned_data["contact"])
            return redirect("citizen_code")
    status = 422 if form.errors else 200
    return render(request, "citizen/me_who.html", {"form": form, "menu": "me"}, status=status)


@require_http_methods(["GET", "POST"])
def code_page(request: HttpRequest) -> HttpResponse:
    """The six digits. That a code was sent is said to everybody, sent or not."""
    asked = request.session.get(ASKED)
    if not asked:
        return redirect("citizen_me")
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        count_try(request, "me-code", per_minute=TRIES_PER_MINUTE)
        if form.is_valid() and _used(request, form, UUID(asked["id"])):
            return redirect("citizen_me")
    facts = {"form": form, "to": asked["to"], "menu": "me"}
    return render(request, "citizen/me_code.html", facts, status=422 if form.errors else 200)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out of this browser."""
    sign_out(request)
    return redirect("home")


def _overview(request: HttpRequest, citizen: Any) -> HttpResponse:
    ids = own_ids(citizen)
    voices = list(voices_of(ids)[:SHOWN])
    for voice in voices:
        remember(request, voice.ref)
    facts = {
        "name": citizen.name,
        "voices": [{"voice": voice, "sign": sign_of(voice)} for voice in voices],
        "messages_sent": list(messages_to(ids)[:SHOWN]),
        "surveys": list(invitations_to(ids)[:SHOWN]),
        "agreed": sum(1 for one in consents_of(citizen) if one.is_given),
        "now": timezone.now(),
        "menu": "me",
    }
    answer = render(request, "citizen/me.html", facts)
    answer["Cache-Control"] = "no-store"
    return answer


@transaction.atomic
def _ask(request: HttpRequest, name: str, contact: str) -> None:
    """Send a code if there is anybody, and keep what the next page has to know."""
    now = timezone.now()
    asked = code_ask(name, contact, now=now)
    if asked.citizen is not None:
        sign_in_code_send(
            asked.id,
            asked.digits,
            channel=asked.channel,
            address=asked.address,
            language=(get_language() or "ko")[:2],
            now=now,
        )
    request.session[ASKED] = {"id": str(asked.id), "to": _covered(contact)}


def _used(request: HttpRequest, form: CodeForm, code_id: UUID) -> bool:
    now = timezone.now()
    try:
        citizen = code_use(code_id, form.cleaned_data["code"], now=now)
    except SignInRefused as refused:
        form.add_error("code", _(refused.message))
        return False
    sign_in(request, citizen, now=now)
    return True


def _covered(contact: str) -> str:
    """What was typed, covered: the same for who is known and who is not."""
    text = contact.strip()
    return mask_email(text) if "@" in text else mask_phone(text) or _("적은 번호")
