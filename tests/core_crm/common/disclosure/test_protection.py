"""Small counts cannot be found, whatever is put together from what is shown."""

from __future__ import annotations

from hypothesis import given, settings

from core_crm.common.disclosure import FEWEST, Relation, feasible, protect
from tests.core_crm.common.disclosure.worlds import World, solutions, worlds

CITY = [Relation("city", ("road", "park", "water"))]
big = worlds(most=400, ways=4, parts=8, depth=3)


def hidden_of(road: int, park: int, water: int) -> set[str]:
    values = {"city": road + park + water, "road": road, "park": park, "water": water}
    return set(protect(values, CITY))


@settings(max_examples=300, deadline=None)
@given(worlds(most=12))
def test_among_all_solutions_a_hidden_leaf_is_small_as_well_as_large(world: World) -> None:
    hidden = protect(world.values, world.relations)
    seen: dict[str, set[int]] = {key: set() for key in hidden}
    for one in solutions(world.published(hidden), hidden, world.relations, cap=14):
        for key in hidden:
            seen[key].add(one[key])
    for key in hidden:
        assert max(seen[key]) >= FEWEST
        assert len(seen[key]) > 1
    for key in hidden & world.leaves - alone(world):
        assert {1, 2, 3, 4} <= seen[key]


def alone(world: World) -> set[str]:
    """Those that are all of their whole, and so known to be as many as its other parts are."""
    found = set()
    for relation in world.relations:
        present = [part for part in relation.parts if world.values[part]]
        found |= set(present) if len(present) == 1 else set()
    return found


@settings(max_examples=500, deadline=None)
@given(big)
def test_in_large_worlds_too(world: World) -> None:
    hidden = protect(world.values, world.relations)
    for key, (low, high) in feasible(world.published(hidden), hidden, world.relations).items():
        assert high is None or high >= max(FEWEST, low + 1)
        if key in world.leaves - alone(world):
            assert low == 1


@given(big)
def test_every_small_count_is_hidden_and_no_zero(world: World) -> None:
    hidden = protect(world.values, world.relations)
    assert {key for key, value in world.values.items() if 0 < value < FEWEST} <= hidden
    assert all(world.values[key] for key in hidden)


@given(big)
def test_nothing_is_hidden_where_nothing_is_small(world: World) -> None:
    small = [value for value in world.values.values() if 0 < value < FEWEST]
    assert bool(protect(world.values, world.relations)) == bool(small)
