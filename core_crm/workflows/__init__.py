"""The workflow interpreter: states and steps are a document; rooms above ask it and then act."""

from core_crm.workflows.cities import city_workflow, is_kept, pinned_workflow
from core_crm.workflows.drawing import mermaid
from core_crm.workflows.errors import (
    CommentRequired,
    TransitionNotAllowed,
    UnknownState,
    WorkflowInvalid,
)
from core_crm.workflows.interpreter import Fired, RequestedAction, Transition, Workflow
from core_crm.workflows.situations import Obstacle, Situation, Why
from core_crm.workflows.types import (
    Category,
    StandardState,
    StateDefinition,
    TransitionDefinition,
    WorkflowDefinition,
)

__all__ = [
    "Category",
    "CommentRequired",
    "Fired",
    "Obstacle",
    "RequestedAction",
    "Situation",
    "StandardState",
    "StateDefinition",
    "Transition",
    "TransitionDefinition",
    "TransitionNotAllowed",
    "UnknownState",
    "Why",
    "Workflow",
    "WorkflowDefinition",
    "WorkflowInvalid",
    "city_workflow",
    "is_kept",
    "mermaid",
    "pinned_workflow",
]
