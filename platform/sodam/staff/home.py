"""S1 `/staff/`: what this official has to do today; every number opens exactly its list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core_crm.staff.types import Right
from core_crm.voices.selectors import inbox, inbox_counts
from sodam.staff import present
from sodam.staff.access import VIEWERS, Seat, StaffRequest, official_page, show
from sodam.staff.inbox import saved_links
from sodam.staff.labels import VIEWS
from sodam.staff.list_query import ListQuery
from sodam.ui import words

FIRST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Card:
    """One number of the day and the list behind it."""

    word: Any
    icon: str
    n: int
    hint: str
    url: str
    tone: str


@require_GET
@official_page()
def home(request: StaffRequest) -> HttpResponseBase:
    """My work: numbers, the cases that are due first, kept views."""
    official, now = request.official, timezone.now()
    can_view = bool(official.rights & set(VIEWERS))
    query = ListQuery()
    first = inbox(official, view="mine", sort="due", now=now).items if can_view else []
    context = {
        "today": words.full_date(timezone.localdate(now)),
        "cards": cards(official, counts=inbox_counts(official, now=now)) if can_view else [],
        "rows": present.rows(first[:FIRST_ROWS], query=query, now=now),
        "saved": saved_links(official, current=""),
        "can_register": official.has(Right.VOICE_REGISTER),
        "menu": "home",
    }
    return show(request, "staff/home.html", context)


def cards(official: Seat, *, counts: dict[str, int]) -> list[Card]:
    """Today, late, waiting for the citizen, and nobody's: in the order in which they press."""
    hints = {
        "due_today": _("오늘 안에 답해야 합니다"),
        "overdue": _("기한이 지났습니다"),
        "waiting": _("시민의 보완을 기다립니다"),
        "unassigned": _("우리 부서의 담당자 없는 의견"),
    }
    tones = {"due_today": "soon", "overdue": "bad"}
    return [
        Card(
            word=VIEWS[view].word,
            icon=VIEWS[view].icon,
            n=counts.get(view, 0),
            hint=hint,
            url=ListQuery(view=view).list_url(),
            tone=tones.get(view, "") if counts.get(view) else "",
        )
        for view, hint in hints.items()
    ]
