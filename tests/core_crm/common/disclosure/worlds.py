"""Worlds of counts for the tests, and everything that can be true of what is published of one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from hypothesis import strategies as st

from core_crm.common.disclosure import Relation


@dataclass
class World:
    """Counts that add up: one whole, parted in several ways, its parts parted further."""

    values: dict[str, int] = field(default_factory=dict)
    relations: list[Relation[str]] = field(default_factory=list)

    def published(self, hidden: Collection[str]) -> dict[str, int]:
        return {key: value for key, value in self.values.items() if key not in hidden}

    @property
    def nonzero(self) -> list[str]:
        return [key for key, value in self.values.items() if value]

    @property
    def leaves(self) -> set[str]:
        return set(self.values) - {relation.whole for relation in self.relations}


@dataclass(frozen=True)
class Size:
    """A whole up to `most`, in up to `ways` partitions of up to `parts`, `depth` times over."""

    most: int
    ways: int
    parts: int
    depth: int


def worlds(size: Size) -> st.SearchStrategy[World]:
    return st.integers(0, 2**32).map(lambda seed: grown(seed, size))


def grown(seed: int, size: Size) -> World:
    random = Random(seed)  # noqa: S311  # the same world for the same seed
    world = World()
    _grow(world, random.randint(0, size.most), size.depth, size, random)
    return world


def _grow(world: World, value: int, depth: int, size: Size, random: Random) -> str:
    """Adds a count, and beneath it others that add up to it; its name."""
    name = f"n{len(world.values)}"
    world.values[name] = value
    for _way in range(random.randint(0, size.ways) if depth else 0):
        split = _split(value, random.randint(1, size.parts), random)
        place = len(world.relations)
        parts = tuple(_grow(world, part, depth - 1, size, random) for part in split)
        world.relations.insert(place, Relation(name, parts))
    return name


def _split(value: int, parts: int, random: Random) -> list[int]:
    """The value as a sum, zeros and large parts among them."""
    cuts = sorted(random.randint(0, value) for _cut in range(parts - 1))
    return [after - before for before, after in zip([0, *cuts], [*cuts, value], strict=True)]


def solutions(
    published: Mapping[str, int],
    hidden: Collection[str],
    relations: Sequence[Relation[str]],
    *,
    cap: int,
) -> Iterator[dict[str, int]]:
    """Every way to fill in the hidden counts, 1 or more each, the roots at most `cap`.

    Tries them all: the relations come from top to bottom, so the whole is known when it is parted.
    """
    parts = {part for relation in relations for part in relation.parts}
    roots = [key for key in (*published, *hidden) if key not in parts]
    for tops in _all_of([key for key in roots if key in hidden], cap):
        yield from _filled({**published, **tops}, hidden, relations)


def _all_of(keys: Sequence[str], cap: int) -> Iterator[dict[str, int]]:
    if not keys:
        yield {}
        return
    for value in range(1, cap + 1):
        for rest in _all_of(keys[1:], cap):
            yield {keys[0]: value, **rest}


def _filled(
    known: dict[str, int], hidden: Collection[str], relations: Sequence[Relation[str]]
) -> Iterator[dict[str, int]]:
    if not relations:
        yield known
        return
    first, *rest = relations
    free = [part for part in first.parts if part in hidden]
    left = known[first.whole] - sum(known[part] for part in first.parts if part not in hidden)
    for split in _sums(left, len(free)):
        yield from _filled({**known, **dict(zip(free, split, strict=True))}, hidden, rest)


def _sums(value: int, size: int) -> Iterator[list[int]]:
    """Every list of so many numbers from 1 that add up to the value."""
    if size == 0:
        if value == 0:
            yield []
        return
    for first in range(1, value - size + 2):
        for rest in _sums(value - first, size - 1):
            yield [first, *rest]
