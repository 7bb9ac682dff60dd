"""The demo's mailbox: what a citizen's phone and inbox would show. Demo mode only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core_crm.messaging.selectors import demo_letter_list
from core_crm.messaging.services import sms_bytes, sms_kind
from sodam.ui.words import phone_local

LETTERS = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter with its size."""

    channel: str
    kind: str
    recipient: str
    subject: str
    body: str
    at: datetime
    bytes: int


@require_GET
def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest letters first, with their size as a gateway counts it."""
    if not settings.DEMO_MODE:
        raise Http404
    letters = [
        Shown(
            channel=one.channel,
            kind=sms_kind(one.body) if one.channel == "sms" else "",
            recipient=phone_local(one.recipient),
            subject=one.subject,
            body=one.body,
            at=one.at,
            bytes=sms_bytes(one.body) if one.channel == "sms" else len(one.body.encode()),
        )
        for one in demo_letter_list(limit=LETTERS)
    ]
    return render(request, "citizen/mailbox.html", {"letters": letters})
