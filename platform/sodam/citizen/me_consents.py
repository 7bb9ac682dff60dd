"""`/me/consents`: what I agreed to, by purpose and channel; taken back in one act."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core_crm.customers.selectors import consent_changes, consents_of, own_ids
from core_crm.customers.services import consent_set, consents_withdraw
from core_crm.customers.types import ConsentSource
from core_crm.extension_points import document, documents
from sodam.citizen.me_access import citizens_own
from tenants.errors import DomainError

CHANNELS = {
    "sms": gettext_lazy("문자"),
    "email": gettext_lazy("이메일"),
    "phone": gettext_lazy("전화"),
    "post": gettext_lazy("우편"),
}
SOURCES = {
    "consent_centre": gettext_lazy("이 화면에서"),
    "filing": gettext_lazy("의견을 낼 때"),
    "official": gettext_lazy("담당자가 대신"),
    "call": gettext_lazy("전화로"),
    "import": gettext_lazy("받은 명단에서"),
    "message": gettext_lazy("받은 메시지에서"),
    "merge": gettext_lazy("같은 사람의 기록을 합치며"),
}
HISTORY = 50
EDITION_SIGNS = 8


@require_GET
@citizens_own
def consents_page(request: HttpRequest, citizen: Any) -> HttpResponse:
    """Each text with its channels, and every yes and no so far."""
    return _page(request, citizen)


@require_POST
@citizens_own
def set_one(request: HttpRequest, citizen: Any) -> HttpResponse:
    """Yes or no to one text on one channel."""
    code, channel = request.POST.get("text", ""), request.POST.get("channel", "")
    text = next((one for one in _texts() if one["code"] == code), None)
    is_given = request.POST.get("to") == "yes"
    try:
        consent_set(
            citizen,
            text["purpose"] if text else "",
            channel if text and channel in text["channels"] else "",
            is_given,
            source=ConsentSource.CONSENT_CENTRE,
            text_code=code if text else "",
            now=timezone.now(),
        )
    except DomainError as refused:
        messages.error(request, _(refused.message))
        return _page(request, citizen, status=422)
    messages.success(request, _("동의했습니다.") if is_given else _("동의를 거두었습니다."))
    return redirect("citizen_consents")


@require_POST
@citizens_own
def withdraw_all(request: HttpRequest, citizen: Any) -> HttpResponse:
    """Take back everything in one act."""
    taken = consents_withdraw(citizen, source=ConsentSource.CONSENT_CENTRE, now=timezone.now())
    if taken:
        messages.success(request, _("모든 동의를 거두었습니다."))
    return redirect("citizen_consents")


def _page(request: HttpRequest, citizen: Any, *, status: int = 200) -> HttpResponse:
    states = {(one.purpose, one.channel): one for one in consents_of(citizen)}
    texts = _texts()
    facts = {
        "texts": [_shown(one, states) for one in texts],
        "has_any": any(one.is_given for one in states.values()),
        "history": [_told(one, texts) for one in consent_changes(own_ids(citizen))[:HISTORY]],
        "menu": "me",
    }
    return render(request, "citizen/me_consents.html", facts, status=status)


def _texts() -> list[dict[str, Any]]:
    """The city's consent texts in their order."""
    language = "en" if (get_language() or "ko").startswith("en") else "ko"
    found = [_text(document("consent_text", code), language) for code in _codes()]
    return sorted(found, key=lambda one: (one["sort"], one["code"]))


def _codes() -> list[str]:
    return documents.get().codes("consent_text")


def _text(found: Any, language: str) -> dict[str, Any]:
    body = found.body
    return {
        "code": found.code,
        "purpose": body["purpose"],
        "label": body["label"][language],
        "text": body["text"][language],
        "refusal": body["refusal"][language],
        "basis": body["basis"],
        "items": [words[language] for words in body["items"].values()],
        "kept_days": body["kept_days"],
        "channels": body["channels"],
        "sort": body.get("sort", 0),
    }


def _shown(text: dict[str, Any], states: dict[tuple[str, str], Any]) -> dict[str, Any]:
    channels = [
        {
            "code": channel,
            "word": CHANNELS[channel],
            "state": (state := states.get((text["purpose"], channel))),
            "is_given": bool(state and state.is_given),
        }
        for channel in text["channels"]
    ]
    return text | {"states": channels}


def _told(change: Any, texts: list[dict[str, Any]]) -> dict[str, Any]:
    """A yes or no with the edition of the text that was read."""
    labels = {one["purpose"]: one["label"] for one in reversed(texts)}
    return {
        "at": change.at,
        "is_given": change.is_given,
        "what": labels.get(change.purpose, change.purpose),
        "channel": CHANNELS[change.channel],
        "source": SOURCES[change.source],
        "edition": change.text_digest[:EDITION_SIGNS],
    }
