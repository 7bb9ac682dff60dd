"""The provisioner: begins what waits, takes up what a dead process left, asks for what is due."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import close_old_connections
from django.db.models import Q

from tenants.alive import PROVISIONER, alive_mark
from tenants.models import Operation
from tenants.provisioning.operations.journal import is_free
from tenants.provisioning.operations.kinds import schedules
from tenants.provisioning.owner import raw_connection
from tenants.types import OperationState

LOOK_SECONDS, SCHEDULE_SECONDS = 1.0, 60.0
AT_ONCE = 3  # operations side by side: each is a process with a database connection or two
LOG = logging.getLogger(__name__)


class Child(Protocol):
    """A process that runs one operation."""

    def poll(self) -> int | None: ...


@dataclass(slots=True)
class Provisioner:
    """One per database is enough; two do no harm: each operation is held by one process."""

    start: Callable[[UUID], Child]
    now: Callable[[], datetime]
    children: dict[UUID, Child] = field(default_factory=dict)
    scheduled_at: float = float("-inf")

    def run(self, *, is_over: Callable[[], bool] = lambda: False) -> None:
        """Until the process ends. What it left running is taken up by the next one."""
        while not is_over():
            try:
                self.look()
            except Exception:  # the database may be away for a while
                LOG.exception("provisioner_round_failed")
                close_old_connections()
            time.sleep(LOOK_SECONDS)

    def look(self) -> None:
        """One round."""
        alive_mark(PROVISIONER)
        self.children = {key: one for key, one in self.children.items() if one.poll() is None}
        if time.monotonic() - self.scheduled_at >= SCHEDULE_SECONDS:
            self.scheduled_at = time.monotonic()
            ask_what_is_due(self.now())
        for operation_id in operations_to_do():
            if len(self.children) >= AT_ONCE:
                return
            is_mine = operation_id in self.children
            if not is_mine and is_free(raw_connection(), operation_id):
                self.children[operation_id] = self.start(operation_id)


def operations_to_do() -> list[UUID]:
    """What waits and may begin, and what runs or was left running; the oldest first."""
    may_begin = Q(needs_approval=False) | Q(approved_at__isnull=False)
    states = [OperationState.WAITING.value, OperationState.RUNNING.value]
    found = Operation.objects.filter(may_begin, state__in=states).order_by("asked_at", "id")
    return list(found.values_list("pk", flat=True))


def ask_what_is_due(now: datetime) -> None:
    """Every schedule is asked; one that fails keeps no other from its turn."""
    for name, ask in schedules().items():
        try:
            ask(now)
        except Exception:
            LOG.exception("schedule_failed", extra={"schedule": name})
