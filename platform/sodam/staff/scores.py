"""`/staff/scores`: how citizens rated the department's closings, and what they wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core_crm.staff.types import Right
from core_crm.surveys.selectors import answers_recent, score_card
from core_crm.surveys.types import SCORED_ITEMS, RecentComment, ScoreLine
from sodam.staff.access import VIEWERS, StaffRequest, official_page, show
from sodam.staff.list_query import ListQuery
from sodam.ui import words

SPANS = [
    (1, gettext_lazy("최근 1개월")),
    (3, gettext_lazy("최근 3개월")),
    (12, gettext_lazy("최근 1년")),
]
STANDARD_MONTHS = 3
ITEM_WORDS = {
    "speed": gettext_lazy("신속"),
    "kindness": gettext_lazy("친절"),
    "fairness": gettext_lazy("공정"),
    "convenience": gettext_lazy("편의"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One of the four scores."""

    word: Any
    score: str
    value: str


@require_GET
@official_page(Right.SCORE_VIEW)
def scores_page(request: StaffRequest) -> HttpResponseBase:
    """The own department's scores; all departments' for those without one."""
    now, months = timezone.now(), _months(request.GET.get("months", ""))
    since, department = now - timedelta(days=round(months * 30.44)), request.official.department
    lines = list(score_card(department=department, since=since, until=now))
    recent = answers_recent(department=department, since=since, until=now)
    may_open = bool(request.official.rights & set(VIEWERS))
    context = {
        "menu": "scores",
        "department": department.name_ko if department else _("모든 부서"),
        "span": _span(since, now),
        "spans": SPANS,
        "months": months,
        "cards": [_card(line) for line in lines],
        "comments": [_comment(one) for one in recent],
        "cases_url": ListQuery(view="all", sort="updated").list_url() if may_open else "",
    }
    return show(request, "staff/scores.html", context)


def _months(given: str) -> int:
    return int(given) if given in {str(months) for months, _word in SPANS} else STANDARD_MONTHS


def _span(since: datetime, until: datetime) -> str:
    start, end = (words.full_date(timezone.localdate(at)) for at in (since, until))
    return f"{start} – {end}"


def _card(line: ScoreLine) -> dict[str, Any]:
    return {
        "name": line.department_name,
        "is_hidden": not line.is_shown,
        "answered": line.answered,
        "sent": line.invited,
        "rate": f"{100 * line.answered / line.invited:.0f}" if line.invited else "–",
        "solved": "–" if line.solved_percent is None else f"{line.solved_percent:.0f}",
        "items": [_item(code, line.averages.get(code)) for code in SCORED_ITEMS],
    }


def _item(code: str, average: float | None) -> Item:
    shown = "–" if average is None else f"{average:.1f}"
    return Item(ITEM_WORDS[code], shown, f"{average or 0:.2f}")


def _comment(one: RecentComment) -> dict[str, Any]:
    """Words without their case: a department reads what is said, not who said it."""
    return {
        "when": words.short_date(one.on),
        "comment": one.comment,
        "is_unsolved": one.is_solved is False,
    }
