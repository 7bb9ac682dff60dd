"""What several documents must fit in together: weights add up, promises stay within the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from core_crm.calendars import Period, Unit, is_not_longer
from core_crm.calendars.errors import BadPeriod
from core_crm.kpis.types.evaluation import Cadence, Whom
from core_crm.kpis.types.indicators import KpiDefinition, weight_sums
from customization.resolution.places import places
from customization.resolution.problems import Problem
from customization.resolution.references import Added
from customization.resolution.trees import ABSENT, Tree, value_at
from tenants.errors import DomainError

WHOLE = Decimal(100)
LEVELS = {Whom.DEPARTMENT: "부서", Whom.OFFICIAL: "담당자", Whom.BOTH: "부서와 담당자"}
PERIODS = {
    Cadence.MONTH: "월",
    Cadence.QUARTER: "분기",
    Cadence.HALF: "반기",
    Cadence.YEAR: "연",
}


def sum_problems(tree: Tree, *, added: Added | None = None) -> Iterator[Problem]:
    """Weights of indicators, measures of plugins, and targets longer than a service's period."""
    known = _indicators(tree)
    for (level, period), given in sorted(weight_sums(known).items()):
        if given != WHOLE:
            yield Problem(
                ("kpi",),
                f"{LEVELS[level]}·{PERIODS[period]} 지표의 가중치를 더하면 100이어야 합니다 "
                f"(지금 {given.normalize():f})",
            )
    if added is not None:
        yield from _measures(known, added)
    yield from _promises(tree)


def _indicators(tree: Tree) -> dict[str, KpiDefinition]:
    """Those that are right in themselves."""
    found = tree.get("kpi")
    right: dict[str, KpiDefinition] = {}
    for code, body in found.items() if isinstance(found, Mapping) else ():
        try:
            right[str(code)] = KpiDefinition.model_validate(body)
        except (ValidationError, DomainError):
            continue
    return right


def _measures(known: Mapping[str, KpiDefinition], added: Added) -> Iterator[Problem]:
    there = added.get("measures", ())
    for code, one in known.items():
        for name in sorted(one.added_measures() - set(there)):
            yield Problem(("kpi", code, "formula"), f"{name}을(를) 더하는 플러그인이 꺼져 있습니다")


def _promises(tree: Tree) -> Iterator[Problem]:
    """A target for a service is never longer than the service's lawful period."""
    for path, target in places(tree, ("sla", "*", "targets", "*")):
        lawful = _lawful(tree, target)
        wanted = _period(target.get("period")) if isinstance(target, Mapping) else None
        if lawful and wanted and not is_not_longer(wanted, lawful):
            yield Problem((*path, "period"), "목표는 그 민원의 법정 처리기간보다 길 수 없습니다")


def _lawful(tree: Tree, target: Any) -> Period | None:
    service = target.get("service") if isinstance(target, Mapping) else None
    if not isinstance(service, str):
        return None
    found = value_at(tree, ("code_list", "services", "services", service, "period"))
    return None if found is ABSENT else _period(found)


def _period(given: Any) -> Period | None:
    try:
        return Period(Unit(given["unit"]), int(given["amount"]))
    except (BadPeriod, KeyError, TypeError, ValueError):
        return None
