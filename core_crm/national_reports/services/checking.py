"""Automatic checks of what a city hands in. Texts name no number: they are published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from core_crm.kpis.types import Slice as FactsSlice
from core_crm.national_reports.services.facts import FactRow, added_up, by_month, parted
from core_crm.national_reports.types import Finding
from core_crm.surveys.types import SCORED_ITEMS

WITHIN = (
    ("on_time", "settled"),
    ("settled", "closed"),
    ("rated", "invited"),
    *((f"{item}_count", "rated") for item in SCORED_ITEMS),
)
"""The first is counted among the second: it can never be more."""

CANNOT_READ = Finding(
    "cannot_read",
    "사실표를 읽지 못했습니다. 앞서 받은 수치를 그대로 둡니다.",
    "The facts could not be read. The figures received before are kept.",
    "그 시·도의 이행이 끝났는지 확인하십시오: sodam city verify",
    "See whether the city's migrations are complete: sodam city verify",
)
IMPOSSIBLE = Finding(
    "impossible_counts",
    "한 사실에서 일부가 전체보다 많습니다. 앞서 받은 수치를 그대로 둡니다.",
    "In a fact a part is more than its whole. The figures received before are kept.",
    "사실표를 모두 다시 계산하십시오: sodam facts refresh --full",
    "Compute all facts anew: sodam facts refresh --full",
)
SLICES_DIFFER = Finding(
    "slices_differ",
    "부서별 합과 분야별 합이 다릅니다. 앞서 받은 수치를 그대로 둡니다.",
    "The sums by department and by category differ. The figures received before are kept.",
    "사실표를 모두 다시 계산하십시오: sodam facts refresh --full",
    "Compute all facts anew: sodam facts refresh --full",
)
SUSPENDED = Finding(
    "suspended",
    "그 시·도의 운영이 멈춰 있습니다. 앞서 받은 수치를 그대로 둡니다.",
    "The city is suspended. The figures received before are kept.",
    "다시 열면 다음 집계부터 읽습니다: sodam city suspend --resume",
    "It is read again after it was reopened: sodam city suspend --resume",
)
NO_FACTS = Finding(
    "no_facts",
    "사실표가 비어 있습니다.",
    "There are no facts yet.",
    "한 번 계산하십시오: sodam facts refresh",
    "Compute them once: sodam facts refresh",
)
LAST_MONTH_MISSING = Finding(
    "last_month_missing",
    "지난달의 사실이 없습니다.",
    "There are no facts of the last month.",
    "기록 넘김과 집계가 돌고 있는지 확인하십시오: sodam doctor",
    "See whether events and facts are being worked on: sodam doctor",
)
GAP = Finding(
    "gap",
    "중간에 사실이 없는 달이 있습니다.",
    "A month in between has no facts.",
    "지난 기록을 가져왔는지 확인하십시오.",
    "See whether past records were imported.",
)
NO_DEPARTMENT = Finding(
    "no_department",
    "끝난 달에 담당 부서가 정해지지 않은 민원이 있습니다.",
    "In a month that is over, voices stand without a department.",
    "담당 부서를 정하십시오.",
    "Assign them to a department.",
)


def refusal(facts: Sequence[FactRow]) -> Finding | None:
    """Why these facts cannot be published: they contradict themselves. None when they may be."""
    if any(row.measures[part] > row.measures[whole] for row in facts for part, whole in WITHIN):
        return IMPOSSIBLE
    for rows in by_month(facts).values():
        departments, categories = (
            parted(rows, FactsSlice.DEPARTMENT),
            parted(rows, FactsSlice.CATEGORY),
        )
        if added_up(departments) != added_up(categories):
            return SLICES_DIFFER
    return None


def remarks(facts: Sequence[FactRow], *, today: date) -> list[Finding]:
    """What the city should look into though its figures are published."""
    months = sorted({row.month for row in facts})
    if not months:
        return [NO_FACTS]
    this_month = today.replace(day=1)
    past = [month for month in months if month < this_month]
    last = (this_month - timedelta(days=1)).replace(day=1)
    found = [] if last in past or not past else [LAST_MONTH_MISSING]
    found += [GAP] if _has_gap(past) else []
    unplaced = (row for row in facts if row.month < this_month and not row.department[0])
    by_department = (row for row in unplaced if row.slice == FactsSlice.DEPARTMENT)
    return found + ([NO_DEPARTMENT] if _any_received(by_department) else [])


def _has_gap(months: Sequence[date]) -> bool:
    numbers = [month.year * 12 + month.month for month in months]
    return bool(numbers) and numbers[-1] - numbers[0] >= len(numbers)


def _any_received(rows: Iterable[FactRow]) -> bool:
    return any(row.measures["received"] for row in rows)
