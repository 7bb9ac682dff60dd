"""Trying to compute what was hidden, from nothing but what is published.

The attacker reads what the ministry's pages can show: every cell of every region and month, every
indicator of it, the national figures. He knows the rules of hiding. He subtracts, follows what the
counts say about each other, and takes rates and national sums apart. What he finds is compared with
the truth, which only the login `rollup` can read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core_crm.calendars import SEOUL
from core_crm.common.disclosure import FEWEST
from core_crm.kpis.selectors import indicator_list
from core_crm.kpis.types import Indicator
from core_crm.national_reports.models import NationalSubmission
from core_crm.national_reports.selectors import (
    months,
    national_value,
    published_cells,
    region_values,
)
from core_crm.national_reports.services.facts import by_month, facts_of
from core_crm.national_reports.services.knowledge import (
    COUNTS,
    Seen,
    least_by_parts,
    worked_out,
)
from core_crm.national_reports.services.protecting import hide
from core_crm.national_reports.services.publishing import fingerprint_of
from core_crm.national_reports.services.trees import (
    CellKey,
    MonthTree,
    is_over,
    relations_of,
    tree_of,
)
from core_crm.national_reports.types import AttackFound, CellRow, Family, ValueState, family_of
from tenants.context import serving_rollup

Hide = Callable[[MonthTree], Mapping[CellKey, frozenset[Family]]]


@dataclass(frozen=True, slots=True)
class _Month:
    """A published month of a region, and the truth behind it."""

    rows: Sequence[CellRow]
    truth: MonthTree


def national_attack(*, now: datetime) -> AttackFound:
    """Attack all that is published. A month whose facts changed since is left to the next refresh.

    Enters the logins it needs itself; not inside a transaction.
    """
    attacked = list(_published(now=now))
    indicators = indicator_list()
    found = [_attack(each.rows, each.truth, indicators) for each in attacked]
    nation = _take_the_nation_apart(indicators)
    bare = [_attack(_only_small_hidden(each.truth), each.truth, indicators) for each in attacked]
    return AttackFound(
        attempts=sum(tried for tried, _ in found) + nation[0],
        recovered=sum(got for _, got in found) + nation[1],
        recovered_without_suppression=sum(got for _, got in bare),
    )


def _published(*, now: datetime) -> Iterable[_Month]:
    today = now.astimezone(SEOUL).date()
    for code, digests in _handed_in().items():
        with serving_rollup():
            facts = by_month(facts_of(code))
        for month, rows in published_cells(code).items():
            truth = facts.get(month, [])
            if fingerprint_of(truth, month, today) == digests.get(str(month)):
                yield _Month(rows, tree_of(truth, is_complete=is_over(month, today)))


def _handed_in() -> Mapping[str, Mapping[str, str]]:
    """City -> month -> the digest of the facts that were published."""
    with serving_rollup():
        read = NationalSubmission.objects.filter(months__gt=0)
        return dict(read.values_list("city_code", "month_digests"))


def _only_small_hidden(truth: MonthTree) -> list[CellRow]:
    """The same month as it would be published without complementary hiding."""
    hidden = hide(truth, complementary=False)
    return [
        CellRow(
            slice=key.slice,
            key=key.key,
            parent_key=key.parent,
            label_ko="",
            label_en="",
            measures={
                name: value
                for name, value in measures.items()
                if family_of(name) not in hidden[key]
            },
            hidden=hidden[key],
        )
        for key, measures in truth.values.items()
    ]


def _attack(
    rows: Sequence[CellRow], truth: MonthTree, indicators: Sequence[Indicator]
) -> tuple[int, int]:
    """How many hidden counts were attacked, and how many gave themselves away."""
    cells = {CellKey(row.slice, row.parent_key, row.key): row for row in rows}
    seen = _seen(cells)
    known = worked_out(seen)
    tried = got = 0
    for count in COUNTS:
        subtracted = _by_subtraction(cells, count)
        least = least_by_parts(seen.keys(), count, seen)
        for key in seen.hidden[family_of(count)]:
            value = truth.values[key][count]
            if not value:
                continue  # a zero beside hidden counts is no secret
            tried += 1
            low, high = known[count][key]
            got += (
                subtracted.get(key) == value
                or low == high == value
                or (value < FEWEST and _is_narrow(low, high, value, least[key]))
                or _by_a_rate(cells[key], count, indicators)
            )
    return tried, got


def _seen(cells: Mapping[CellKey, CellRow]) -> Seen:
    return Seen(
        {
            count: {key: row.measures[count] for key, row in cells.items() if count in row.measures}
            for count in COUNTS
        },
        {
            family: frozenset(key for key, row in cells.items() if family in row.hidden)
            for family in Family
        },
    )


def _is_narrow(low: int, high: int | None, value: int, least: int) -> bool:
    """Is a small count known to be small, or to be more than anybody knows of it anyway?"""
    if value < low or (high is not None and value > high):
        return False  # the attacker went astray
    return low > max(1, least) or (high is not None and high < FEWEST)


def _by_subtraction(cells: Mapping[CellKey, CellRow], count: str) -> dict[CellKey, int]:
    """Solve every sum with one unknown, and again with what that gave, until there is none."""
    known = {key: row.measures[count] for key, row in cells.items() if count in row.measures}
    found: dict[CellKey, int] = {}
    relations = relations_of(list(cells))
    is_new = True
    while is_new:
        is_new = False
        for relation in relations:
            unknown = [key for key in (relation.whole, *relation.parts) if key not in known]
            if len(unknown) == 1:
                parts = sum(known[part] for part in relation.parts if part in known)
                whole = known.get(relation.whole)
                found[unknown[0]] = known[unknown[0]] = parts if whole is None else whole - parts
                is_new = True
    return found


def _by_a_rate(row: CellRow, count: str, indicators: Iterable[Indicator]) -> bool:
    """Does any indicator of the cell show a number that was made with the hidden count?"""
    made_with = (each for each in indicators if count in each.formula.names | {each.base})
    return any(
        figure.value is not None or figure.base is not None
        for figure in (row.figure(each) for each in made_with)
    )


def _take_the_nation_apart(indicators: Sequence[Indicator]) -> tuple[int, int]:
    """The nation less the regions that show their figures: what is left is of the hidden ones."""
    tried = got = 0
    for month in months():
        for indicator in indicators:
            values = region_values(indicator, month=month)
            hidden = [each for each in values if each.state == ValueState.HIDDEN]
            nation = national_value(indicator, month=month)
            tried += len(hidden)
            shown = [each for each in values if each.state != ValueState.HIDDEN]
            left = {
                name: whole - sum(each.measures.get(name, 0) for each in shown)
                for name, whole in nation.measures.items()
            }
            got += len(hidden) if any(left.values()) else 0
    return tried, got
