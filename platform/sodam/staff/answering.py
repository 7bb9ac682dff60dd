"""Answering a citizen, or asking them for more: always through a preview, never by accident."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from core_crm.staff.types import Right
from core_crm.voices import services
from core_crm.voices.errors import VoiceChangedMeanwhile
from core_crm.voices.selectors import voice_get
from core_crm.voices.types import DraftKind
from sodam.staff import preview
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.conflict import conflict_page
from sodam.staff.doing import Doing, back_to_case, perform, rehearsed
from sodam.staff.labels import REPLY_CHANNELS
from sodam.staff.list_query import ListQuery
from sodam.ui.numbers import whole_number
from tenants.errors import DomainError

MOST_LETTERS = 4000
MOST_VERSIONS = 1_000_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A kind of text to the citizen: how it is shown before, and what sending it does."""

    kind: DraftKind
    address: str
    heading: Any
    button: Any
    done: Any
    run: Callable[[Doing], Any]


def _answer(do: Doing) -> Any:
    return services.voice_answer(
        do.voice,
        body=do.given["body"],
        channel=do.given["channel"] or None,
        **do.versioned,
    )


def _supplement(do: Doing) -> Any:
    return services.voice_request_supplement(do.voice, body=do.given["body"], **do.versioned)


ANSWER = Letter(
    kind=DraftKind.ANSWER,
    address="staff_voice_answer",
    heading=_("이대로 보내고 종결할까요?"),
    button=_("보내고 종결"),
    done=_("답변을 보내고 종결했습니다."),
    run=_answer,
)
SUPPLEMENT = Letter(
    kind=DraftKind.SUPPLEMENT_REQUEST,
    address="staff_voice_supplement",
    heading=_("이대로 보완을 요청할까요?"),
    button=_("보완 요청 보내기"),
    done=_("보완을 요청했습니다. 받을 때까지 처리기한이 멈춥니다."),
    run=lambda do: services.voice_request_supplement(
        do.voice, body=do.given["body"], **do.versioned
    ),
)


@require_POST
@official_page(Right.VOICE_HANDLE)
def check(request: StaffRequest, ref: str) -> HttpResponseBase:
    """What the citizen will get, before it is sent."""
    return _checked(request, ref, ANSWER)


@require_POST
@official_page(Right.VOICE_HANDLE)
def check_supplement(request: StaffRequest, ref: str) -> HttpResponseBase:
    """The same for a request for more."""
    return _checked(request, ref, SUPPLEMENT)


@require_POST
@official_page(Right.VOICE_HANDLE)
def answer(request: StaffRequest, ref: str) -> HttpResponseBase:
    """Send the answer and close."""
    return _sent(request, ref, ANSWER)


@require_POST
@official_page(Right.VOICE_HANDLE)
def supplement(request: StaffRequest, ref: str) -> HttpResponseBase:
    """Send the request; the clock stands still."""
    return _sent(request, ref, SUPPLEMENT)


def _given(request: StaffRequest) -> dict[str, Any]:
    version, channel = request.POST.get("version", ""), request.POST.get("channel", "")
    return {
        "body": request.POST.get("body", "").strip()[:MOST_LETTERS],
        "channel": channel if channel in REPLY_CHANNELS else "",
        "version": whole_number(version, most=MOST_VERSIONS),
        "overwrite_reason": request.POST.get("overwrite_reason", "").strip()[:200],
        "then": request.POST.get("then", ""),
        "next": request.POST.get("next", "")[:24],
    }


def _checked(
    request: StaffRequest, ref: str, letter: Letter, *, problem: str = ""
) -> HttpResponseBase:
    voice, given = voice_get(ref, official=request.official), _given(request)
    services.draft_save(
        voice, official=request.official, kind=letter.kind, body=given["body"], now=timezone.now()
    )
    shown = None
    try:
        shown = preview.rehearse(letter.run, rehearsed(request, voice, given))
    except DomainError as error:
        problem = problem or error.message
    query = ListQuery.of(request.GET)
    context = {
        **given,
        "kind": letter.kind.value,
        "heading": letter.heading,
        "button": letter.button,
        "problem": problem,
        "preview": shown,
        "case_ref": voice.ref,
        "case_title": voice.title,
        "case_url": query.case_url(voice.ref),
        "action": f"{reverse(letter.address, args=[ref])}?{query.encoded()}",
    }
    return show(request, "staff/send.html", context, status=422 if problem else 200)


def _sent(request: StaffRequest, ref: str, letter: Letter) -> HttpResponseBase:
    voice, given = voice_get(ref, official=request.official), _given(request)
    try:
        perform(letter.run, request, voice, given)
    except VoiceChangedMeanwhile:
        return conflict_page(request, ref)
    except DomainError as error:
        return _checked(request, ref, letter, problem=error.message)
    messages.success(request, letter.done)
    if given["then"] == "next":
        return _to_next(request, given["next"])
    return back_to_case(request, ref)


def _to_next(request: StaffRequest, ref: str) -> HttpResponseBase:
    """The case that followed in the list; without scripts, the list itself."""
    query = ListQuery.of(request.GET)
    return HttpResponseRedirect(query.case_url(ref) if ref else query.list_url(), status=303)
