"""What is hidden in a month, and that a careful reader cannot find it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import TypeAlias

import pytest

from core_crm.national_reports.services.facts import FactRow
from core_crm.national_reports.services.knowledge import Seen, worked_out
from core_crm.national_reports.services.protecting import Hidden, hide, seen_of, told_too_much
from core_crm.national_reports.services.trees import (
    CITY,
    COMPOUND,
    CellKey,
    MonthTree,
    tree_of,
)
from core_crm.national_reports.types import Family, Slice
from tests.core_crm.national_reports.kit import (
    department,
    dice,
    measures,
    some_month,
    with_one_category,
)

Guess: TypeAlias = tuple[tuple[int, int], ...]

ROAD = CellKey(Slice.DEPARTMENT, "a1", "a1.road")
PARK = CellKey(Slice.DEPARTMENT, "a1", "a1.park")
TAX = CellKey(Slice.DEPARTMENT, "a2", "a2.tax")
SIMPLE = CellKey(Slice.COMPOUND, "", "simple")
A1, A2 = CellKey(Slice.BUREAU, "", "a1"), CellKey(Slice.BUREAU, "", "a2")


def a_tree(*rows: FactRow) -> MonthTree:
    return tree_of(with_one_category(rows), is_complete=True)


def hidden_sets(tree: MonthTree, **options: bool) -> Hidden:
    found = hide(tree, **options)
    return {family: {key for key in found if family in found[key]} for family in Family}


def test_a_small_count_is_hidden_with_the_part_that_would_give_it_away() -> None:
    tree = a_tree(
        department("a1.road", measures(received=3)),
        department("a1.park", measures(received=9)),
        department("a2.tax", measures(received=30)),
    )
    assert hidden_sets(tree)[Family.RECEIVED] == {ROAD, PARK}
    assert hidden_sets(tree, complementary=False)[Family.RECEIVED] == {ROAD}


def test_without_complementary_hiding_the_sum_gives_the_small_count_away() -> None:
    tree = a_tree(
        department("a1.road", measures(received=3)), department("a1.park", measures(received=9))
    )
    seen = seen_of(tree, hidden_sets(tree, complementary=False))
    assert worked_out(seen)["received"][ROAD] == (3, 3)
    assert (Family.RECEIVED, ROAD) in told_too_much(tree, seen)


def test_zero_and_five_are_shown() -> None:
    tree = a_tree(
        department("a1.road", measures(received=5)), department("a1.park", measures(closed=6))
    )
    assert hidden_sets(tree)[Family.RECEIVED] == set()


def test_few_settled_cases_hide_the_closings_they_are_counted_in() -> None:
    """Minutes and rates are of the settled ones: five closings of which two are settled."""
    tree = a_tree(
        department("a1.road", measures(closed=7, settled=2)),
        department("a1.park", measures(closed=9)),
        department("a2.tax", measures(closed=40)),
    )
    assert {ROAD, PARK} <= hidden_sets(tree)[Family.CLOSED]


def test_where_closings_are_hidden_so_are_the_answers_to_their_survey() -> None:
    tree = a_tree(
        department("a1.road", measures(closed=3)),
        department("a1.park", measures(closed=9, rated=9)),
        department("a2.tax", measures(closed=40, rated=20)),
    )
    hidden = hidden_sets(tree)
    assert hidden[Family.CLOSED] == {ROAD, PARK}
    assert hidden[Family.RATED] >= {ROAD, PARK}


def test_shown_invitations_do_not_narrow_the_hidden_answers() -> None:
    """park can have 6 answers at most, since 6 were invited: then road had 3 at least."""
    tree = a_tree(
        department("a1.road", measures(closed=6, rated=3)),
        department("a1.park", measures(closed=6, rated=6)),
        department("a2.tax", measures(closed=40, rated=20)),
    )
    naive: Hidden = {
        Family.RECEIVED: set(),
        Family.CLOSED: set(),
        Family.RATED: {ROAD, PARK},
    }
    assert worked_out(seen_of(tree, naive))["rated"][ROAD] == (3, 6)
    assert told_too_much(tree, seen_of(tree, naive))
    assert told_too_much(tree, seen_of(tree, hidden_sets(tree))) == []


def test_what_everybody_can_fill_in_is_not_hidden() -> None:
    """No statutory case was rated, so no compound one was: the simple ones are the whole."""
    tree = a_tree(
        department("a1.road", measures(closed=3), petition_class="statutory", is_compound=True),
        department("a1.park", measures(closed=9), petition_class="statutory"),
        department("a2.tax", measures(closed=60, rated=20)),
    )
    hidden = hidden_sets(tree)
    assert {COMPOUND, SIMPLE} <= hidden[Family.CLOSED]
    assert {COMPOUND, SIMPLE}.isdisjoint(hidden[Family.RATED])
    assert told_too_much(tree, seen_of(tree, hidden)) == []


def test_a_month_that_is_not_over_has_the_regions_total_only() -> None:
    rows = with_one_category([department("a1.road", measures(received=3))])
    tree = tree_of(rows, is_complete=False)
    assert list(tree.values) == [CITY]
    assert hide(tree)[CITY] == {Family.RECEIVED}


def test_cases_without_a_department_are_a_cell_like_any_other() -> None:
    tree = a_tree(
        department("", measures(received=2)),
        department("a1.road", measures(received=8)),
    )
    nobody = CellKey(Slice.DEPARTMENT, "", "")
    assert tree.labels[nobody] == ("담당 부서 없음", "No department")
    assert nobody in hidden_sets(tree)[Family.RECEIVED]


@pytest.mark.parametrize("seed", range(300))
def test_in_any_month_nothing_small_can_be_found(seed: int) -> None:
    tree = tree_of(some_month(dice(seed)), is_complete=True)
    hidden = hidden_sets(tree)
    assert told_too_much(tree, seen_of(tree, hidden)) == []
    for family, count in ((Family.RECEIVED, "received"), (Family.CLOSED, "settled")):
        small = {key for key, value in tree.counts(count).items() if 0 < value < 5}
        assert small <= hidden[family]


@pytest.mark.parametrize("seed", range(25))
def test_trying_every_possible_answer_finds_nothing_small(seed: int) -> None:
    """Not by bounds: all numbers of invited and answers that fit what is shown, one by one."""
    chance = dice(seed)
    codes = ("a1.road", "a1.park", "a2.tax")
    counts = {}
    for code in codes:
        invited = chance.choice((0, 3, 5, 6, 7, 8))
        counts[code] = (invited, chance.randint(0, invited))
    tree = a_tree(*(department(c, measures(closed=i, rated=r)) for c, (i, r) in counts.items()))
    seen = seen_of(tree, hidden_sets(tree))
    fitting = [guess for guess in _guesses(seen, codes) if _fits(seen, guess)]
    assert tuple(counts[code] for code in codes) in fitting
    for at, code in enumerate(codes):
        for what in (0, 1):
            if 0 < counts[code][what] < 5:
                possible = {guess[at][what] for guess in fitting}
                assert min(possible) <= 1
                assert max(possible) >= 5


def _guesses(seen: Seen, codes: Sequence[str]) -> Iterable[Guess]:
    """The two of bureau a1 first: what does not add up there need not be tried with the third."""
    road, park, tax = (_of_one(seen, code) for code in codes)
    pairs = [pair for pair in product(road, park) if _is_sum(seen, A1, pair)]
    return ((*pair, third) for pair in pairs for third in tax)


def _of_one(seen: Seen, code: str) -> list[tuple[int, int]]:
    """All (invited, rated) of a department that its own cells allow, up to 11."""
    key = CellKey(Slice.DEPARTMENT, code.partition(".")[0], code)
    invited = seen.shown["invited"].get(key)
    rated = seen.shown["rated"].get(key)
    pairs = ((i, r) for i in range(12) for r in range(i + 1))
    return [(i, r) for i, r in pairs if invited in (None, i) and rated in (None, r)]


def _fits(seen: Seen, guess: Guess) -> bool:
    """Do the departments' numbers add up to every shown bureau and the region?"""
    return _is_sum(seen, A2, guess[2:]) and _is_sum(seen, CITY, guess)


def _is_sum(seen: Seen, whole: CellKey, parts: Guess) -> bool:
    return all(
        seen.shown[count].get(whole, total) == total
        for count, total in zip(
            ("invited", "rated"), map(sum, zip(*parts, strict=True)), strict=True
        )
    )


def test_hiding_is_the_same_every_time() -> None:
    rows = some_month(dice(11))
    assert hide(tree_of(rows, is_complete=True)) == hide(tree_of(rows, is_complete=True))


def test_known_limit_who_runs_the_rule_backwards_can_sometimes_tell() -> None:
    """Two departments together have 8, a third one 5. Had either of the two more than 4, the
    third would have been hidden in its place: it is not larger, and comes first.

    Said in docs/explanation/disclosure-control.md.
    """

    def a_month(road: int, park: int) -> MonthTree:
        counts = {"a1.alley": 5, "a1.road": road, "a1.park": park}
        return a_tree(*(department(code, measures(received=n)) for code, n in counts.items()))

    pattern = hide(a_month(4, 4))
    fitting = [road for road in range(1, 8) if hide(a_month(road, 8 - road)) == pattern]
    assert fitting == [4]
