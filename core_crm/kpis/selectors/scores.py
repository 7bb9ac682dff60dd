"""Scores of departments or officials over a period: sums first, each formula once, then points.

A pure function of documents and facts: `score_sheet` reads the facts with one query per level, and
whoever wants to know what other documents would give passes them in (`items_of`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from core_crm.calendars import SEOUL
from core_crm.common.formulas import round_half_up
from core_crm.extension_points import Json, digest_of
from core_crm.kpis.errors import NothingToScore
from core_crm.kpis.selectors.contracts import contract_get
from core_crm.kpis.selectors.evaluated import Evaluated, evaluated, facts_digest_of
from core_crm.kpis.selectors.facts import facts_computed_at
from core_crm.kpis.selectors.indicators import indicator_list
from core_crm.kpis.selectors.scoring import Column, columns_of, points_of
from core_crm.kpis.types import Cadence, Indicator, Level, PerformanceContract, Whom
from core_crm.kpis.types.sheets import ScoreItem, ScoreRow, ScoreSheet
from core_crm.kpis.types.spans import MONTHS, Span

DIGITS = 2


def score_sheet(
    span: Span, *, level: str = Level.DEPARTMENT, now: datetime, contract: str = ""
) -> ScoreSheet:
    """The scores of all departments or officials that had cases in the span.

    With the code of a `contract` by its items, else by the weighted indicators of the level.
    Raises NothingToScore, DocumentMissing.
    """
    if contract:
        agreed = contract_get(contract)
        items = contract_items(agreed, indicator_list())
        return sheet_of(items, span, level=agreed.level, now=now, contract=contract, agreed=agreed)
    return sheet_of(items_of(indicator_list(), span, level=level), span, level=level, now=now)


def items_of(indicators: Iterable[Indicator], span: Span, *, level: str) -> list[ScoreItem]:
    """The indicators that weigh in a score of this level and span.

    Those evaluated by just this length of time; where there are none, those of the longest shorter
    one, their facts added up over the span. Raises NothingToScore.
    """
    weighty = [one for one in indicators if one.weight and Whom(one.definition.level).covers(level)]
    lengths = {MONTHS[one.definition.period] for one in weighty}
    fitting = max((months for months in lengths if months <= MONTHS[span.cadence]), default=0)
    found = [one for one in weighty if MONTHS[one.definition.period] == fitting]
    if not found:
        raise NothingToScore(
            "이 기간에 가중치가 있는 지표가 없습니다. ‘평가요소 및 기준’에서 가중치를 정하세요.",
            level=level,
            period=str(span),
        )
    return [ScoreItem(one, one.weight) for one in found]


def contract_items(
    contract: PerformanceContract, indicators: Iterable[Indicator]
) -> list[ScoreItem]:
    """A contract's items in their order. Raises NothingToScore for one that cannot be scored."""
    known = {one.code: one for one in indicators}
    found = []
    for item in sorted(contract.items.values(), key=lambda one: (one.sort, one.kpi)):
        indicator = known.get(item.kpi)
        if indicator is None or indicator.definition.evaluation is None:
            raise NothingToScore(
                f"계약 항목의 지표 ‘{item.kpi}’이(가) 없거나 평가방법이 없습니다.", kpi=item.kpi
            )
        found.append(ScoreItem(indicator, Fraction(item.weight)))
    return found


def sheet_of(
    items: Sequence[ScoreItem],
    span: Span,
    *,
    level: str,
    now: datetime,
    contract: str = "",
    agreed: PerformanceContract | None = None,
) -> ScoreSheet:
    """The same of these items, e.g. of documents that are still a draft."""
    columns = columns_of(items)
    found = evaluated(span, level=level, indicators=[item.indicator for item in items])
    return ScoreSheet(
        span=span,
        level=level,
        cadence=Cadence(items[0].indicator.definition.period),
        contract=contract,
        items=tuple(items),
        rows=rows_of(found, columns, agreed=agreed),
        digest=_digest(items, agreed),
        facts_digest=facts_digest_of(span),
        computed_at=facts_computed_at(),
        is_over=span.until <= now.astimezone(SEOUL).date(),
    )


def rows_of(
    found: Sequence[Evaluated],
    columns: Sequence[Column],
    *,
    agreed: PerformanceContract | None = None,
) -> tuple[ScoreRow, ...]:
    """Points and places, in the order of the organisation."""
    scored, totals = points_of([one.measures for one in found], columns)
    points = [None if total is None else round_half_up(total, DIGITS) for total in totals]
    places = _places(points)
    return tuple(
        ScoreRow(
            bureau_code=one.bureau_code,
            bureau_name=one.bureau_name,
            department_code=one.department_code,
            department_name=one.department_name,
            officer_id=one.officer_id,
            officer_name=one.officer_name,
            scores=scores,
            points=total,
            rank=None if total is None else places[total],
            grade=agreed.grade_of(total) if agreed and total is not None else None,
        )
        for one, scores, total in zip(found, scored, points, strict=True)
    )


def _places(points: Sequence[Decimal | None]) -> Mapping[Decimal, int]:
    """Points -> place, from 1; equals share theirs."""
    order = sorted((one for one in points if one is not None), reverse=True)
    return {one: place for place, one in reversed(list(enumerate(order, start=1)))}


def _digest(items: Sequence[ScoreItem], agreed: PerformanceContract | None) -> str:
    """Of the documents: which indicators, by which digest, with which weight."""
    told: dict[str, Json] = {
        item.indicator.code: [item.indicator.digest, str(item.weight)] for item in items
    }
    contract: dict[str, Json] = agreed.model_dump(mode="json") if agreed else {}
    return digest_of({"items": told, "contract": contract})
