"""What can go wrong with a workflow: its document, or a step somebody tries."""

from __future__ import annotations

from core_crm.workflows.situations import Obstacle, Why
from tenants.errors import DomainError


class WorkflowInvalid(DomainError):
    """The document is no workflow; `facts["problems"]` says where and why."""

    code = "workflow.invalid"
    http_status = 422


class UnknownState(DomainError):
    """The workflow has no such state, and its `migrate` map names no successor."""

    code = "workflow.unknown_state"
    http_status = 409


class TransitionNotAllowed(DomainError):
    """This step cannot be taken here; `facts["allowed"]` lists those that can."""

    code = "workflow.transition_not_allowed"
    http_status = 409
    obstacle = Obstacle(Why.STATE)
    """What stands against it."""


class CommentRequired(DomainError):
    """This step needs a reason in words."""

    code = "workflow.comment_required"
    http_status = 422
