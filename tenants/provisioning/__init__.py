"""Opening, migrating and checking cities. Runs in the owner's process only (SODAM_PROCESS=owner).

Upper floors add what a fresh city needs with `register_step`; the steps run in the serving process.
"""

from tenants.provisioning.steps import Step, register_step, run_steps, step_names

__all__ = ["Step", "register_step", "run_steps", "step_names"]
