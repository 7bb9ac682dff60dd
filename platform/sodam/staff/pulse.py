"""What happens meanwhile: new cases, and who is looking at or writing in which one."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpResponseBase, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core_crm.voices.selectors import inbox, presence_many, presence_of, voice_get
from core_crm.voices.services import presence_leave, presence_touch
from core_crm.voices.types import Presence
from sodam.staff import present
from sodam.staff.access import VIEWERS, StaffRequest, official_page
from sodam.staff.list_query import ListQuery
from sodam.ui.numbers import whole_number

MOST_ROWS = 100
LATEST_SECONDS = 4_102_444_800  # the year 2100


@require_POST
@official_page(*VIEWERS, is_poll=True)
def pulse(request: StaffRequest) -> HttpResponseBase:
    """How many came in since the list was drawn, and who looks at its rows."""
    query, now = ListQuery.of(request.GET), timezone.now()
    since = _instant(request.POST.get("since", ""), otherwise=now)
    newest = inbox(
        request.official,
        view=query.view,
        text=query.q,
        filters=query.narrow.filters(),
        sort="received",
        now=now,
    )
    fresh = sum(row.received_at > since for row in newest.items)
    looking = presence_many(_ids(request.POST.get("ids", "")), now=now)
    who = {str(voice_id): _others(people, request) for voice_id, people in looking.items()}
    seen = {voice_id: present.presence(others) for voice_id, others in who.items() if others}
    return JsonResponse({"new": fresh, "presence": seen})


@require_POST
@official_page(*VIEWERS, is_poll=True)
def presence(request: StaffRequest, ref: str) -> HttpResponseBase:
    """I am here, perhaps writing; who else is?"""
    voice, now = voice_get(ref, official=request.official), timezone.now()
    if request.POST.get("leaving"):
        presence_leave(voice, official=request.official)
        return JsonResponse({})
    is_writing = bool(request.POST.get("writing"))
    presence_touch(voice, official=request.official, is_writing=is_writing, now=now)
    return JsonResponse(present.presence(_others(presence_of(voice, now=now), request)))


def _others(people: list[Presence], request: StaffRequest) -> list[Presence]:
    return [one for one in people if one.official_id != request.official.id]


def _ids(given: str) -> list[UUID]:
    found = []
    for text in given.split(",")[:MOST_ROWS]:
        with suppress(ValueError):
            found.append(UUID(text))
    return found


def _instant(seconds: str, *, otherwise: datetime) -> datetime:
    given = whole_number(seconds, most=LATEST_SECONDS)
    return otherwise if given is None else datetime.fromtimestamp(given, tz=UTC)
