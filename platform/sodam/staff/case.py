"""S3 `/staff/voices/<ref>`: one case: what was said, what is due, what may be done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core_crm.customers.selectors import citizen_counts, timeline_of
from core_crm.staff.types import Right
from core_crm.voices.selectors import (
    adjustments_of,
    clock_of,
    presence_of,
    publication_of,
    state_of,
    thread_of,
    voice_get,
)
from sodam.staff import case_words, composing, own_fields, panels, present
from sodam.staff.access import VIEWERS, Seat, StaffRequest, is_partial, official_page, show
from sodam.staff.case_acts import offered
from sodam.staff.inbox import list_context, list_news
from sodam.staff.labels import CLASSES, state_sign
from sodam.staff.list_query import ListQuery
from sodam.staff.moderation import publish_url

TIMELINE_LINES = 4


@require_GET
@official_page(*VIEWERS)
def case_page(request: StaffRequest, ref: str) -> HttpResponseBase:
    """The case beside its list; alone as a fragment."""
    return case_response(request, voice_get(ref, official=request.official))


def case_response(
    request: StaffRequest,
    voice: Any,
    *,
    is_open: bool = False,
    unmask_error: str = "",
    status: int = 200,
) -> HttpResponseBase:
    """Show a case, its contact open when a reason was given."""
    query, now = ListQuery.of(request.GET), timezone.now()
    context: dict[str, Any] = {
        "case": case_view(request, voice, query=query, now=now, is_open=is_open),
        "flash": " ".join(str(message) for message in get_messages(request)),
        "unmask_error": unmask_error,
        "list_url": query.list_url(),
    }
    if is_partial(request):
        news = list_news(request.official, query=query, ref=voice.ref, now=now)
        return show(request, "staff/case.html", news | context, status=status)
    beside = list_context(request, query=query, now=now, open_ref=voice.ref)
    return show(request, "staff/inbox.html", beside | context, status=status)


def case_view(
    request: StaffRequest, voice: Any, *, query: ListQuery, now: datetime, is_open: bool = False
) -> dict[str, Any]:
    """All that the templates of a case show."""
    official = request.official
    contact = present.contact(voice.citizen, is_open=is_open)
    acts = offered(voice, official, query=query)
    others = [one for one in presence_of(voice, now=now) if one.official_id != official.id]
    wanted = request.GET.get("compose", "")
    return {
        "ref": voice.ref,
        "title": voice.title,
        "url": query.case_url(voice.ref),
        "version": voice.version,
        "sign": state_sign(voice.phase, outcome=voice.outcome, word=case_words.own_state(voice)),
        "class_label": CLASSES.get(voice.petition_class, voice.petition_class),
        "is_test": voice.is_test,
        "clock": _clock(voice, now=now),
        "due_text": case_words.due_text(voice),
        "target_text": case_words.target_text(voice),
        "owner": case_words.owner(voice),
        "presence": present.presence(others),
        "thread": _thread(voice, contact.name),
        "contact": contact,
        "can_unmask": official.has(Right.CUSTOMER_UNMASK),
        "counts": case_words.counts(citizen_counts(voice.citizen)),
        "customer_url": _customer_url(voice, official),
        "timeline": case_words.timeline(timeline_of(voice.citizen, limit=TIMELINE_LINES)),
        "facts": [*case_words.facts(voice), *case_words.aim(voice, now=now)],
        "own": own_fields.open_lines(voice),
        "own_masked": own_fields.masked_lines(voice, is_open=is_open),
        "own_url": own_fields.fill_in_url(voice, official, query),
        "panels": panels.of(voice, now=now),
        **_board(voice, official),
        "steps": case_words.steps(voice.due_steps),
        "adjustments": case_words.adjustments(voice),
        "history": case_words.history(voice),
        "first_acts": acts.first,
        "more_acts": acts.more,
        **composing.composer(voice, official, acts=acts, query=query, wanted=wanted),
    }


def _customer_url(voice: Any, official: Seat) -> str:
    """The page of who wrote it, for those who may see customers."""
    if not official.has(Right.CUSTOMER_VIEW) or voice.citizen is None:
        return ""
    return reverse("staff_customer", args=[voice.citizen_id])


def _board(voice: Any, official: Seat) -> dict[str, Any]:
    """Where its text for the public board is written, when the citizen agreed to one."""
    if not voice.is_public or state_of(voice) is None:
        return {}
    if not official.rights & {Right.VOICE_PUBLISH, Right.VOICE_HANDLE}:
        return {}
    entry = publication_of(voice)
    words = {
        "published": _("현황판에 올라 있음: 글 보기·고치기"),
        "proposed": _("현황판 글이 검토를 기다림"),
        "taken_back": _("현황판에서 내림: 글 보기"),
    }
    word = words.get(entry.standing if entry else "", _("현황판에 올릴 글 쓰기"))
    return {"board_url": publish_url(voice.ref), "board_word": word}


def _clock(voice: Any, *, now: datetime) -> present.ClockView:
    """The pill, which tells a day left out from a clock that waits for somebody."""
    moved_by = adjustments_of(voice)
    facts = clock_of(voice, now=now, adjustments=moved_by)
    article = "" if voice.is_paused else case_words.left_out_by(moved_by, now=now)
    return present.clock(facts, left_out_by=article)


def _thread(voice: Any, citizen: str) -> list[present.EntryView]:
    return [
        present.entry(item, citizen=citizen, channel=voice.channel) for item in thread_of(voice)
    ]
