"""`/studio/outbox`: what the city wrote on trial and did not send, to be read here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from core_crm.common.personal_data import mask_email, mask_phone
from core_crm.messaging.selectors import messages_held
from core_crm.messaging.types import Channel
from core_crm.staff.types import Right
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.road_words import channel_word
from tenants.context import current_city

PER_PAGE = 30
MAY_READ = (Right.SETTINGS_CHANGE, Right.SETTINGS_APPROVE)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, to whom masked."""

    message: Any
    channel: str
    to: str


@require_GET
@studio_page
def outbox(request: StudioRequest) -> HttpResponseBase:
    """The newest first. Letters about test voices only; they hold the links of those voices."""
    if not any(request.official.has(right) for right in MAY_READ):
        raise PermissionDenied
    page = Paginator(messages_held(), PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "letters": [_letter(one) for one in page],
        "total": page.paginator.count,
        "is_trial": current_city().is_trial,
        "previous": f"?page={page.number - 1}" if page.has_previous() else "",
        "next": f"?page={page.number + 1}" if page.has_next() else "",
        "place": "senders",
    }
    return show(request, "studio/outbox.html", facts)


def _letter(message: Any) -> Letter:
    mask = mask_phone if message.channel == Channel.SMS else mask_email
    return Letter(message, channel_word(message.channel), mask(message.recipient))
