"""Does a voice's workflow keep what its steps mean? Results, closings and clocks have services.

A step that only a city knows moves a voice and nothing else. So it may not end one (nothing would
say how), nor begin or end a wait for the citizen: the clock stands only while a supplement is
awaited (민원 처리에 관한 법률 제22조). Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from core_crm.workflows.vocabulary import NOT_BY_ITSELF, STANDARD_STEPS

Edges = Mapping[str, tuple[tuple[str, ...], str]]
States = Mapping[str, tuple[str, str]]
"""State → its category and the standard state it stands for."""

SETTLED = frozenset({"answered", "unable", "withdrawn", "transferred", "closed"})
ENDED = frozenset({"done", "cancelled"})
WAITING = "waiting"
LEAVE_THE_CLOCK = frozenset({"sort", "assign", "start"})
AFTER_THE_END = frozenset({"close", "reopen"})


def meaning_problems(states: States, edges: Edges, automatic: Iterable[str]) -> list[str]:
    """Every problem, in words, in a fixed order. All names are known to exist."""
    found = [*_of_states(states)]
    for step, (sources, target) in sorted(edges.items()):
        found += _of_step(step, sources, target, states)
    found += [
        f"‘{step}’은(는) 사람이 하는 일이라 저절로 될 수 없습니다"
        for step in sorted(automatic)
        if step in NOT_BY_ITSELF
    ]
    return found


def _of_states(states: States) -> Iterator[str]:
    for code, (category, standard) in sorted(states.items()):
        if (category in ENDED) != (standard in SETTLED):
            yield f"상태 ‘{code}’: 성격 ‘{category}’과 표준 상태 ‘{standard}’이(가) 어긋납니다"
        if (category == WAITING) != (standard == WAITING):
            yield f"상태 ‘{code}’: 시계가 멈추는 상태는 표준 상태 ‘waiting’뿐입니다"


def _of_step(step: str, sources: tuple[str, ...], target: str, states: States) -> Iterator[str]:
    category, standard = states[target]
    lawful = STANDARD_STEPS.get(step)
    if lawful is not None and standard not in lawful:
        yield f"단계 ‘{step}’은(는) 표준 상태 {', '.join(sorted(lawful))}(으)로만 갈 수 있습니다"
    from_settled = {states[source][0] in ENDED for source in sources}
    if lawful is None and (category in ENDED or True in from_settled):
        yield (
            f"단계 ‘{step}’은(는) 결과를 남기지 않으므로 끝난 상태로 가거나 거기서 올 수 없습니다"
        )
    if lawful is not None and from_settled != {step in AFTER_THE_END}:
        where = "끝난 상태" if step in AFTER_THE_END else "끝나지 않은 상태"
        yield f"단계 ‘{step}’은(는) {where}에서만 할 수 있습니다"
    if lawful is None or step in LEAVE_THE_CLOCK:
        yield from _clock_moves(step, sources, category, states)


def _clock_moves(
    step: str, sources: tuple[str, ...], category: str, states: States
) -> Iterator[str]:
    waits = [states[source][0] == WAITING for source in sources]
    if any(was_waiting != (category == WAITING) for was_waiting in waits):
        yield f"단계 ‘{step}’: 시계를 멈추거나 다시 가게 하는 것은 보완 요청과 보완 접수뿐입니다"
