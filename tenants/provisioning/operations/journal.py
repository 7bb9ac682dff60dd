"""The runner's own connection: it holds the operation's lock and writes what happens, at once.

Beside the connection on which the steps work: what a step says is seen while its transaction is
still open, and stands there when that is rolled back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from psycopg.types.json import Jsonb

from tenants.errors import OperationHeld
from tenants.provisioning.operations.kinds import Found, Progress, Said, Told
from tenants.provisioning.owner import Raw, connection_apart
from tenants.types import OperationState, StepState

_BEGIN = """
UPDATE tenants_operation SET state = 'running', attempts = attempts + 1, problem = '',
    started_at = coalesce(started_at, now()), ended_at = NULL
WHERE id = %s AND state IN ('waiting', 'running')
    AND (NOT needs_approval OR approved_at IS NOT NULL)
"""
_END = """
UPDATE tenants_operation SET state = %s, stands = %s, problem = %s, ended_at = now() WHERE id = %s
"""
_STEP_BEGINS = """
INSERT INTO tenants_operationstep
    (operation_id, name, position, state, started_at, attempts, detail)
VALUES (%s, %s, %s, 'running', now(), 1, '')
ON CONFLICT (operation_id, name) DO UPDATE SET state = 'running', position = excluded.position,
    started_at = now(), ended_at = NULL, done = NULL, total = NULL,
    attempts = tenants_operationstep.attempts + 1, detail = ''
"""
_STEP_ENDS = """
UPDATE tenants_operationstep SET state = %s, detail = %s, ended_at = now()
WHERE operation_id = %s AND name = %s
"""
_STEP_IS = "UPDATE tenants_operationstep SET state = %s WHERE operation_id = %s AND name = %s"
_LINE = """
INSERT INTO tenants_operationline (step_id, at, level, words)
SELECT id, now(), %s, %s FROM tenants_operationstep WHERE operation_id = %s AND name = %s
"""
_PROGRESS = """
UPDATE tenants_operationstep SET done = %s, total = %s WHERE operation_id = %s AND name = %s
"""
_RESULT = "UPDATE tenants_operation SET result = result || %s WHERE id = %s"


class Journal:
    """Writes about one operation. `now()` is the server's: a run and its pages share one clock."""

    def __init__(self, raw: Raw, operation_id: UUID) -> None:
        self._raw, self._id = raw, operation_id

    def begin(self) -> bool:
        """Is it this runner's to do? False when it has ended or waits for a second person."""
        return self._raw.execute(_BEGIN, [self._id]).rowcount == 1

    def cancel_is_asked(self) -> bool:
        """Asked between steps. Raises psycopg.OperationalError when the lock is lost."""
        found = self._raw.execute(
            "SELECT cancel_asked FROM tenants_operation WHERE id = %s", [self._id]
        ).fetchone()
        return bool(found and found[0])

    def end(self, state: OperationState, *, stands: bool = False, problem: str = "") -> None:
        self._raw.execute(_END, [state.value, stands, problem, self._id])

    def step_begins(self, name: str, position: int) -> None:
        self._raw.execute(_STEP_BEGINS, [self._id, name, position])

    def step_ends(self, name: str, state: StepState, detail: str = "") -> None:
        self._raw.execute(_STEP_ENDS, [state.value, detail, self._id, name])

    def step_is(self, name: str, state: StepState) -> None:
        """Its times stay as they are."""
        self._raw.execute(_STEP_IS, [state.value, self._id, name])

    def told(self, name: str, told: Told) -> None:
        """What the step of this name tells."""
        match told:
            case Said(words, level):
                self._raw.execute(_LINE, [level, words, self._id, name])
            case Progress(done, total):
                self._raw.execute(_PROGRESS, [done, total, self._id, name])
            case Found(facts):
                self._raw.execute(_RESULT, [Jsonb(dict(facts), dumps=_dumps), self._id])


@contextmanager
def journal_held(operation_id: UUID) -> Iterator[Journal]:
    """The journal of an operation that nobody else runs meanwhile. Raises OperationHeld.

    The lock is the session's: it is free again when this process dies, however it dies.
    """
    with connection_apart() as raw:
        if not _taken(raw, operation_id):
            raise OperationHeld("다른 프로세스가 이 작업을 하고 있습니다.", id=str(operation_id))
        yield Journal(raw, operation_id)


def is_free(raw: Raw, operation_id: UUID) -> bool:
    """Does nobody run this operation? Asked by who might begin it."""
    if not _taken(raw, operation_id):
        return False
    raw.execute("SELECT pg_advisory_unlock(%s)", [_key(operation_id)])
    return True


def _taken(raw: Raw, operation_id: UUID) -> bool:
    found = raw.execute("SELECT pg_try_advisory_lock(%s)", [_key(operation_id)]).fetchone()
    return bool(found and found[0])


def _key(operation_id: UUID) -> int:
    """The random half of the id; below zero, so it never meets another lock's number."""
    return int.from_bytes(operation_id.bytes[8:], signed=True)


def _dumps(facts: object) -> str:
    return json.dumps(facts, ensure_ascii=False, default=str)
