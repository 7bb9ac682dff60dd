"""Is a graph of states sound? Names exist, every state is reached and leads to an end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Edges = Mapping[str, tuple[tuple[str, ...], str]]
"""Step → its sources and its target."""


def graph_problems(initial: str, states: set[str], edges: Edges, ends: set[str]) -> list[str]:
    """Every problem, in words, in a fixed order."""
    unknown = _unknown_names(initial, states, edges)
    if unknown:
        return unknown
    problems = [] if ends else ["no final state"]
    if never := states - reached([initial], _forward(edges)):
        problems.append(f"states never reached: {', '.join(sorted(never))}")
    if ends and (stuck := states - reached(ends, _backward(edges))):
        problems.append(f"no way to finish from: {', '.join(sorted(stuck))}")
    return problems


def reached(start: Iterable[str], steps: Mapping[str, set[str]]) -> set[str]:
    """Everything that can be reached from the start, the start included."""
    seen: set[str] = set()
    todo = list(start)
    while todo:
        state = todo.pop()
        if state not in seen:
            seen.add(state)
            todo += steps.get(state, set())
    return seen


def _unknown_names(initial: str, states: set[str], edges: Edges) -> list[str]:
    found = [] if initial in states else [f"initial state '{initial}' is not a state"]
    for step, (sources, target) in sorted(edges.items()):
        found += [
            f"step '{step}' names unknown state '{name}'"
            for name in (*sources, target)
            if name not in states
        ]
    return found


def _forward(edges: Edges) -> dict[str, set[str]]:
    steps: dict[str, set[str]] = {}
    for sources, target in edges.values():
        for source in sources:
            steps.setdefault(source, set()).add(target)
    return steps


def _backward(edges: Edges) -> dict[str, set[str]]:
    steps: dict[str, set[str]] = {}
    for sources, target in edges.values():
        steps.setdefault(target, set()).update(sources)
    return steps
