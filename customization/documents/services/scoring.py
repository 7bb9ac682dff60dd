"""When a change of indicators would move scores in the middle of what they are evaluated over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from core_crm.calendars import SEOUL
from core_crm.kpis.types.evaluation import Cadence
from core_crm.kpis.types.spans import Span
from customization.resolution.operations import Operation, apply
from customization.resolution.trees import Path, Tree, value_at

SCORED = ("kpi", "performance_contract")
WORDS_ONLY = frozenset({"label", "description", "sort", "source", "decimals"})
"""Fields that move no score."""


def scores_from(operations: Iterable[Operation], before: Tree, *, now: datetime) -> datetime | None:
    """When the next evaluation period begins for what these operations touch; the latest of them.

    None when no score moves. Until then applying them changes scores of a period that has begun,
    so two people have to want it (the writer, and an approver who is another): both kinds of
    document are among those that one person alone never decides (planning.RISKY).
    """
    wanted = list(operations)
    after = apply(before, wanted)
    spans = [
        Span.of(cadence, now.astimezone(SEOUL).date())
        for one in wanted
        if _moves_scores(one.path)
        for tree in (before, after)
        for cadence in _cadences(tree, one.path)
    ]
    if not spans:
        return None
    return datetime.combine(max(span.until for span in spans), time(), SEOUL)


def _moves_scores(path: Path) -> bool:
    return path[0] in SCORED and not (len(path) > 2 and path[2] in WORDS_ONLY)


def _cadences(tree: Tree, path: Path) -> Iterator[Cadence]:
    """The periods of the documents at or above a path; a month where none is said."""
    found = value_at(tree, path[:1])
    for code in path[1:2] or list(found if isinstance(found, dict) else ()):
        period = value_at(tree, (path[0], code, "period"))
        if period in set(Cadence):
            yield Cadence(period)
        elif isinstance(value_at(tree, (path[0], code)), dict):
            yield Cadence.YEAR if path[0] == "performance_contract" else Cadence.MONTH
