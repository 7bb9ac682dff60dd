"""What a segment's page and its builder tell of a condition: counts, examples, consents, equity."""

from __future__ import annotations

from typing import Any

from django.db import OperationalError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core_crm.customers.selectors import citizen_source, citizens_matching
from core_crm.segments.selectors import (
    consent_reach,
    read_condition,
    rule_walk,
    sample_of,
    segment_equity,
)
from customization.public import reading_only
from sodam.staff import segment_words as words
from sodam.ui.conditions import sentence

COUNTING_SECONDS = 8.0


def panel_of(condition: Any, found: QuerySet[Any] | None = None) -> dict[str, Any]:
    """Everything about a condition; `found`: the members of a kept segment in its place.

    Gives up in time, and says so. Raises PredicateError.
    """
    today = timezone.localdate()
    source = citizen_source(today=today)
    predicate = read_condition(condition, source=source)
    told: dict[str, Any] = {"sentence": sentence(condition, source)}
    try:
        with reading_only(statement_seconds=COUNTING_SECONDS):
            whom = (
                found
                if found is not None
                else citizens_matching(predicate, today=today, source=source)
            )
            walk = rule_walk(predicate, today=today, source=source)
            reach = consent_reach(whom, today=today)
            n = reach[0].total
            told |= {
                "n": n,
                "all_citizens": walk.all_citizens,
                "join": walk.join,
                "steps": words.steps_told(walk, source),
                "why_nobody": "" if n else words.why_nobody(walk, source),
                "reach": words.reach_told(reach),
                "sample": words.sample_told(sample_of(whom), today=today),
                "equity": words.equity_told(segment_equity(whom, today=today)) if n else [],
            }
    except OperationalError:
        told["problem"] = _("시간 안에 세지 못했습니다. 조건을 더 좁혀 보세요.")
    return told
