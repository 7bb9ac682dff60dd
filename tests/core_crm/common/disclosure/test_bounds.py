"""What can be worked out about hidden counts: exact, against every solution there is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core_crm.common.disclosure import Relation, feasible
from tests.core_crm.common.disclosure.worlds import Size, World, solutions, worlds

CAP = 9


@settings(max_examples=300, deadline=None)
@given(worlds(Size(most=CAP, ways=2, parts=3, depth=2)), st.data())
def test_bounds_are_exactly_those_of_all_solutions(world: World, data: st.DataObject) -> None:
    hidden = data.draw(st.sets(st.sampled_from(world.nonzero))) if world.nonzero else set()
    published = world.published(hidden)
    found = feasible(published, hidden, world.relations)
    some, more = (
        list(solutions(published, hidden, world.relations, cap=cap)) for cap in (CAP, CAP + 1)
    )
    assert found.keys() == hidden
    for key, (low, high) in found.items():
        seen, then = ({one[key] for one in every} for every in (some, more))
        assert seen == set(range(low, max(seen) + 1))
        assert max(then) == (max(seen) + 1 if high is None else high)


def test_a_single_hidden_part_is_the_whole_less_the_others() -> None:
    relations = [Relation("city", ("road", "park"))]
    assert feasible({"city": 12, "park": 9}, {"road"}, relations) == {"road": (3, 3)}


def test_a_hidden_whole_without_a_hidden_part_is_their_sum() -> None:
    relations = [Relation("city", ("road", "park"))]
    assert feasible({"road": 3, "park": 9}, {"city"}, relations) == {"city": (12, 12)}


def test_a_count_by_itself_has_no_end() -> None:
    assert feasible({}, {"road"}, []) == {"road": (1, None)}


def test_another_partition_of_the_same_whole_tells_too() -> None:
    relations = [Relation("city", ("road", "park")), Relation("city", ("paper", "phone"))]
    published = {"park": 9, "paper": 11, "phone": 1}
    assert feasible(published, {"city", "road"}, relations) == {"city": (12, 12), "road": (3, 3)}


def test_what_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="no counts add up"):
        feasible({"city": 5, "park": 9}, {"road"}, [Relation("city", ("road", "park"))])


def test_a_count_that_is_neither_published_nor_hidden_is_refused() -> None:
    with pytest.raises(ValueError, match="'road' has no count"):
        feasible({"city": 5, "park": 2}, set(), [Relation("city", ("road", "park"))])
