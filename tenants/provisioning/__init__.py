"""Opening, migrating and checking cities. Runs in the owner's process only (SODAM_PROCESS=owner).

Upper floors add what a fresh city needs with `register_step`; the steps run in the serving process.
"""

from tenants.provisioning.operations.kinds import StepContext
from tenants.provisioning.steps import (
    Step,
    ordered_steps,
    register_step,
    register_step_as_told,
    run_steps,
)

__all__ = [
    "Step",
    "StepContext",
    "ordered_steps",
    "register_step",
    "register_step_as_told",
    "run_steps",
]
