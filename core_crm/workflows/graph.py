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
    problems = [] if ends else ["끝나는 상태가 없습니다"]
    if never := states - reached([initial], _forward(edges)):
        problems.append(f"어디서도 갈 수 없는 상태: {', '.join(sorted(never))}")
    if ends and (stuck := states - reached(ends, _backward(edges))):
        problems.append(f"끝까지 갈 길이 없는 상태: {', '.join(sorted(stuck))}")
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
    found = [] if initial in states else [f"처음 상태 ‘{initial}’은(는) 없는 상태입니다"]
    for step, (sources, target) in sorted(edges.items()):
        found += [
            f"단계 ‘{step}’이(가) 없는 상태 ‘{name}’을(를) 가리킵니다"
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
