"""May a running case go over to another version of its workflow, and where would it stand? Pure."""

from __future__ import annotations

from dataclasses import dataclass

from core_crm.workflows.errors import UnknownState
from core_crm.workflows.interpreter import Workflow
from core_crm.workflows.types import StandardState

SETTLED = frozenset(
    {
        StandardState.ANSWERED,
        StandardState.UNABLE,
        StandardState.WITHDRAWN,
        StandardState.TRANSFERRED,
    }
)


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a case would stand; or why it stays where it is."""

    target: str = ""
    refused: str = ""


def landing(workflow: Workflow, state: str, *, is_paused: bool, is_settled: bool) -> Landing:
    """Where an open case in this state of an earlier version stands in this one.

    By its own name or the `migrate` map. A case whose clock stands may only wait, one whose clock
    runs may not, and one without a result may not land in an end, nor the other way round: moving
    changes no due time and no result.
    """
    try:
        target = workflow.known(state)
    except UnknownState:
        return Landing(refused=f"새 업무 흐름에 ‘{state}’ 상태가 없고 migrate에도 없습니다")
    if workflow.is_waiting(target) != is_paused:
        return Landing(refused=f"‘{target}’ 상태에서는 시계가 달리 갑니다")
    if (workflow.standard_state(target) in SETTLED) != is_settled or (
        workflow.standard_state(target) == StandardState.CLOSED
    ):
        return Landing(refused=f"‘{target}’ 상태는 결과가 있는지가 다릅니다")
    return Landing(target)
