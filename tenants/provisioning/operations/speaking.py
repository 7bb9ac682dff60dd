"""What a serving process and the owner's say to each other about steps: a line of JSON each.

The owner writes the name of a step; the serving process answers with what the step tells, and at
last with its end. The owner's death closes the pipe, and the serving process ends itself: a step
is never done by two.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from tenants.provisioning.operations.kinds import Found, Progress, Said, Told

_KINDS: dict[str, type[Told]] = {"said": Said, "progress": Progress, "found": Found}
DONE = "done"


class StepFailed(Exception):
    """A step in the serving process did not succeed; its words say why."""


class ServingGone(Exception):
    """The serving process ended in the middle of a step: killed, or out of memory."""


def told_line(told: Told) -> str:
    name = next(name for name, kind in _KINDS.items() if isinstance(told, kind))
    return json.dumps({name: asdict(told)}, ensure_ascii=False, default=str)


def end_line(problem: str) -> str:
    """The step's end: with a problem, or without one."""
    return json.dumps({DONE: problem}, ensure_ascii=False)


def heard(line: str) -> Told | str:
    """What was told, or the end: "" is well, other words are what went wrong."""
    said: dict[str, Any] = json.loads(line)
    if DONE in said:
        return str(said[DONE])
    ((name, values),) = said.items()
    return _KINDS[name](**values)
