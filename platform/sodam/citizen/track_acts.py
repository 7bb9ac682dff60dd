"""What the sender of a voice may do: hand in what was asked, take it back, say it is not solved."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core_crm.common.references import normalise
from core_crm.voices.errors import NotAllowedInState, VoiceAlreadyAnswered
from core_crm.voices.selectors import voice_get
from core_crm.voices.services import voice_receive_supplement, voice_reopen, voice_withdraw
from sodam.citizen import tracked
from sodam.citizen.access import may_see
from sodam.citizen.forms import ReopenForm, SupplementForm
from sodam.citizen.signs import sign_of

Page = Callable[[HttpRequest, str], HttpResponse]


def or_told(page: Page) -> Page:
    """An act on a voice that moved on, e.g. in another tab: back to its page, which says so."""

    @wraps(page)
    def guarded(request: HttpRequest, ref: str) -> HttpResponse:
        try:
            return page(request, ref)
        except (NotAllowedInState, VoiceAlreadyAnswered):
            state = {"state": sign_of(voice_get(normalise(ref))).word}
            told = _("그사이 의견이 바뀌어 하지 않았습니다. 지금 상태는 ‘%(state)s’입니다.")
            messages.warning(request, told % state)
            return redirect("tracked", ref=normalise(ref))

    return guarded


def _own(request: HttpRequest, ref: str) -> Any | None:
    ref = normalise(ref)
    return voice_get(ref) if may_see(request, ref) else None


@require_http_methods(["GET", "POST"])
@or_told
def supplement(request: HttpRequest, ref: str) -> HttpResponse:
    """Hand in what the city asked for; the clock goes on after that day."""
    voice = _own(request, ref)
    if voice is None:
        return redirect("track")
    if request.method == "GET":  # the address of a refused form, opened anew or in English
        return redirect("tracked", ref=voice.ref)
    form = SupplementForm(request.POST)
    if not form.is_valid():
        return tracked.page(request, voice, supplement=form, status=422)
    voice_receive_supplement(voice, body=form.cleaned_data["body"], now=timezone.now())
    messages.success(request, _("보완 내용을 담당자에게 보냈습니다."))
    return redirect("tracked", ref=voice.ref)


@require_http_methods(["GET", "POST"])
@or_told
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Take the voice back: asked once more, then done."""
    voice = _own(request, ref)
    if voice is None:
        return redirect("track")
    if request.method == "GET" and voice.closed_at:
        return redirect("tracked", ref=voice.ref)
    if request.method == "GET":
        return render(request, "citizen/withdraw.html", {"voice": voice, "menu": "track"})
    voice_withdraw(voice, now=timezone.now())
    messages.success(request, _("의견을 취하했습니다."))
    return redirect("tracked", ref=voice.ref)


@require_POST
@or_told
def reopen(request: HttpRequest, ref: str) -> HttpResponse:
    """Not solved: back to the person in charge. The reason may stay empty."""
    voice = _own(request, ref)
    if voice is None:
        return redirect("track")
    form = ReopenForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    voice_reopen(voice, reason=reason or _("아직 해결되지 않았습니다."), now=timezone.now())
    messages.success(request, _("담당자에게 다시 보냈습니다. 새 기한을 확인해 주세요."))
    return redirect("tracked", ref=voice.ref)
