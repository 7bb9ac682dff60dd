"""The workflow of the city being served."""

from __future__ import annotations

from core_crm.extension_points import document
from core_crm.workflows.interpreter import Workflow

_known: dict[str, Workflow] = {}


def city_workflow(code: str) -> Workflow:
    """The workflow effective now in the city served. Raises DocumentMissing, WorkflowInvalid."""
    effective = document("workflow", code)
    if effective.digest not in _known:
        _known[effective.digest] = Workflow(effective.body, digest=effective.digest)
    return _known[effective.digest]
