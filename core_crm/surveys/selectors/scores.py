"""What citizens said of departments: averages where enough of them spoke."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet

from core_crm.calendars import SEOUL
from core_crm.staff.models import Department
from core_crm.staff.selectors import departments_under
from core_crm.surveys.models import SurveyAnswer, SurveyInvitation
from core_crm.surveys.types import FEWEST_SHOWN, SCORED_ITEMS, RecentComment, ScoreLine
from core_crm.voices.models import Voice


def score_card(
    *, since: datetime, until: datetime, department: Department | None = None
) -> list[ScoreLine]:
    """Scores per department of invitations recorded in [since, until), in one query.

    With a department only it and those below. Fewer than five answers, to the whole or to one item:
    counted, not averaged.
    """
    found = _within(SurveyInvitation.objects.all(), department, since=since, until=until)
    averages = {f"avg_{item}": Avg(f"answer__{item}") for item in SCORED_ITEMS}
    counts = {f"n_{item}": Count(f"answer__{item}") for item in SCORED_ITEMS}
    lines = (
        found.values("department_id", "department__code", "department__name_ko")
        .annotate(
            invited=Count("id"),
            answered=Count("answer__id"),
            said=Count("answer__id", filter=Q(answer__is_solved__isnull=False)),
            solved=Count("answer__id", filter=Q(answer__is_solved=True)),
            **averages,
            **counts,
        )
        .order_by("department__sort", "department__code")
    )
    return [_line(dict(line)) for line in lines]


def answers_recent(
    *, since: datetime, until: datetime, department: Department | None = None, limit: int = 20
) -> list[RecentComment]:
    """What citizens wrote, the newest first; nothing while fewer than five answered."""
    invited = _within(SurveyInvitation.objects.all(), department, since=since, until=until)
    answers = SurveyAnswer.objects.filter(invitation__in=invited)
    if answers.count() < FEWEST_SHOWN:
        return []
    return [
        RecentComment(answer.at.astimezone(SEOUL).date(), answer.comment, answer.is_solved)
        for answer in answers.exclude(comment="").order_by("-at", "-id")[:limit]
    ]


def _within(
    found: QuerySet[SurveyInvitation],
    department: Department | None,
    *,
    since: datetime,
    until: datetime,
) -> QuerySet[SurveyInvitation]:
    tried_out = Voice.objects.filter(is_test=True).values("pk")
    found = found.filter(recorded_at__gte=since, recorded_at__lt=until)
    found = found.exclude(voice_id__in=tried_out)
    return found.filter(department_id__in=departments_under(department)) if department else found


def _line(line: dict[str, Any]) -> ScoreLine:
    is_shown = line["answered"] >= FEWEST_SHOWN
    averages = {
        item: _rounded(line[f"avg_{item}"], line[f"n_{item}"] >= FEWEST_SHOWN)
        for item in SCORED_ITEMS
    }
    given = [(line[f"avg_{item}"], line[f"n_{item}"]) for item in SCORED_ITEMS]
    weight = sum(n for _, n in given)
    overall = (
        sum(float(avg) * n for avg, n in given if avg is not None) / weight if weight else None
    )
    return ScoreLine(
        department_id=line["department_id"],
        department_code=line["department__code"] or "",
        department_name=line["department__name_ko"] or "",
        invited=line["invited"],
        answered=line["answered"],
        is_shown=is_shown,
        averages=averages,
        counts={item: line[f"n_{item}"] for item in SCORED_ITEMS},
        average=_rounded(overall, is_shown and weight >= FEWEST_SHOWN),
        solved_percent=_percent(line["solved"], line["said"]),
    )


def _rounded(value: float | None, is_shown: bool) -> float | None:
    return round(float(value), 2) if is_shown and value is not None else None


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole >= FEWEST_SHOWN else None
