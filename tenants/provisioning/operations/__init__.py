"""Long work that only the owner may do: asked for anywhere, done step by step by its process.

    operation_ask(OperationKind.BACKUP, "busan", by=Asker(user.pk, user.name, "console"), now=now)

Each kind declares its steps once (`register_operation`). A step is idempotent: after a kill it is
run again from its beginning, and what was done before it is left alone.
"""

from tenants.provisioning.operations.asking import (
    operation_approve,
    operation_ask,
    operation_cancel,
    operation_retry,
    operation_take,
)
from tenants.provisioning.operations.kinds import (
    StepContext,
    StepSpec,
    register_operation,
    register_schedule,
    steps_of,
)
from tenants.provisioning.operations.reading import operation_get, operation_lines, operation_list

__all__ = [
    "StepContext",
    "StepSpec",
    "operation_approve",
    "operation_ask",
    "operation_cancel",
    "operation_get",
    "operation_lines",
    "operation_list",
    "operation_retry",
    "operation_take",
    "register_operation",
    "register_schedule",
    "steps_of",
]
