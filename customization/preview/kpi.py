"""What a change of indicators or contracts does: points and places of every department anew.

Both sides are scored from the same stored facts: indicators of the last month that is over, and
contracts of their own period that was running in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from pydantic import ValidationError

from core_crm.calendars import SEOUL
from core_crm.extension_points import Document
from core_crm.kpis.errors import NothingToScore
from core_crm.kpis.selectors import contract_items, indicator_of, items_of, sheet_of
from core_crm.kpis.types import (
    Cadence,
    Indicator,
    Level,
    PerformanceContract,
    ScoreSheet,
    Span,
)
from customization.preview.contract_items import CONTRACT, KIND, items_touched
from customization.preview.moved import Moved, furthest, moved, row_of
from customization.preview.types import MOST_ROWS, Impact, Tree
from customization.resolution.trees import is_same
from tenants.errors import DomainError


def impact(before: Tree, after: Tree, *, now: datetime) -> Impact | None:
    """None when neither an indicator nor a contract differs."""
    if all(is_same(before.get(kind, {}), after.get(kind, {})) for kind in (KIND, CONTRACT)):
        return None
    span = Span.of(Cadence.MONTH, now.astimezone(SEOUL).date()).before()
    by_weights = _compared(before, after, span, Level.DEPARTMENT, now)
    places = [*by_weights, *_by_contracts(before, after, span, now)]
    people = _compared(before, after, span, Level.OFFICIAL, now)
    return Impact(
        what="kpi",
        title=_("점수"),
        sentence=_sentence(span, places),
        figures=_figures(places, people, items_touched(before, after)),
        columns=(_("부서"), _("무엇으로"), _("지금 점수"), _("바꾼 뒤"), _("차이"), _("순위")),
        rows=tuple(row_of(one) for one in furthest(places)[:MOST_ROWS]),
        rows_in_all=sum(one.has_moved for one in places),
    )


def _compared(before: Tree, after: Tree, span: Span, level: str, now: datetime) -> list[Moved]:
    """By the weighted indicators of a level."""
    if is_same(before.get(KIND, {}), after.get(KIND, {})):
        return []
    was, will = (_scored(_indicators(tree), span, level, now) for tree in (before, after))
    return moved(_("%(month)d월 지표") % {"month": span.first.month}, was, will)


def _by_contracts(before: Tree, after: Tree, span: Span, now: datetime) -> list[Moved]:
    """By every contract that one of the two sides has and that is touched."""
    touched = {place.partition(".")[0] for place in items_touched(before, after)}
    found: list[Moved] = []
    for code in sorted(touched):
        was, will = (_agreed(tree, code, span, now) for tree in (before, after))
        found += moved(_contract_name(code, after, before), was, will)
    return found


def _agreed(tree: Tree, code: str, span: Span, now: datetime) -> ScoreSheet | None:
    try:
        contract = PerformanceContract.model_validate(tree.get(CONTRACT, {}).get(code))
        items = contract_items(contract, _indicators(tree))
    except (ValidationError, NothingToScore):
        return None
    whole = Span.of(contract.period, span.first)
    return sheet_of(items, whole, level=contract.level, now=now, agreed=contract)


def _contract_name(code: str, *trees: Tree) -> str:
    for tree in trees:
        body = tree.get(CONTRACT, {}).get(code)
        if isinstance(body, Mapping) and isinstance(body.get("label"), Mapping):
            return str(body["label"].get("ko", code))
    return code


def _indicators(tree: Tree) -> list[Indicator]:
    """Those that can be read; what is wrong with the others is said beside their fields."""
    found = []
    for code, body in tree.get(KIND, {}).items():
        try:
            found.append(indicator_of(Document.of(KIND, code, body, version="")))
        except (ValidationError, DomainError):
            continue
    return sorted(found, key=lambda one: (one.sort, one.code))


def _scored(
    indicators: Sequence[Indicator], span: Span, level: str, now: datetime
) -> ScoreSheet | None:
    try:
        return sheet_of(items_of(indicators, span, level=level), span, level=level, now=now)
    except NothingToScore:
        return None


def _figures(
    places: Sequence[Moved], people: Sequence[Moved], items: Sequence[str]
) -> Mapping[str, int]:
    """Of officials only how many: whose points change is theirs and their head's to see."""
    return {
        _("부서의 점수"): len(places),
        _("오르는 점수"): sum((one.difference or 0) > 0 for one in places),
        _("내리는 점수"): sum((one.difference or 0) < 0 for one in places),
        _("점수가 달라지는 담당자"): sum(one.has_moved for one in people),
        _("영향받는 계약 항목"): len(items),
    }


def _sentence(span: Span, places: Sequence[Moved]) -> str:
    month = {"year": span.first.year, "month": span.first.month}
    if not places:
        return _("%(year)d년 %(month)d월에 점수를 매길 자료가 없습니다.") % month
    count = sum(one.has_moved for one in places)
    if not count:
        return _("%(year)d년 %(month)d월까지의 사실로 다시 매겨도 점수는 그대로입니다.") % month
    told = {**month, "all": len(places), "moved": count}
    return (
        _(
            "%(year)d년 %(month)d월까지의 사실로 다시 매기면 점수 %(all)d개 가운데 "
            "%(moved)d개가 달라집니다."
        )
        % told
    )
