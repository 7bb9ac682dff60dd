"""`/studio/people/<id>/sees`: what somebody sees and may do, looked at without being them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core_crm.staff.types import Right
from core_crm.voices.selectors import inbox_counts, visible_to
from core_crm.voices.types import InboxView
from sodam.studio.access import StudioRequest, show
from sodam.studio.managing import seers_page
from sodam.studio.person import person_or_404
from sodam.studio.plan_words import right_words

FIRST = 10


@require_GET
@seers_page
def person_sees(request: StudioRequest, official_id: UUID) -> HttpResponseBase:
    """Their inbox by its numbers, the cases due first, and each right with yes or no.

    Nobody becomes somebody else: it reads, as the looker, what that person could read. The cases
    themselves only for who may see all voices anyway.
    """
    person = person_or_404(official_id)
    counts = inbox_counts(person, now=timezone.now())
    may_read = request.official.has(Right.VOICE_VIEW_ALL)
    words = right_words()
    facts = {
        "person": person,
        "numbers": [(word, counts.get(view, 0)) for view, word in _views().items()],
        "rights": [(words[right], person.has(right)) for right in Right],
        "cases": _cases(person) if may_read else [],
        "may_read": may_read,
        "place": "people",
    }
    return show(request, "studio/person_sees.html", facts)


def _cases(person: Any) -> list[Any]:
    open_ones = visible_to(person).filter(closed_at__isnull=True).select_related("department")
    return list(open_ones.order_by("due_at", "id")[:FIRST])


def _views() -> dict[str, str]:
    return {
        InboxView.MINE: _("내 것"),
        InboxView.DEPARTMENT: _("우리 부서"),
        InboxView.UNASSIGNED: _("담당자 없음"),
        InboxView.DUE_TODAY: _("오늘 기한"),
        InboxView.OVERDUE: _("기한 넘김"),
        InboxView.ALL: _("볼 수 있는 열린 의견"),
    }
