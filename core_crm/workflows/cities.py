"""The workflows of the city being served: the one effective now, and those cases pinned."""

from __future__ import annotations

import logging

from core_crm.extension_points import Reading, document_archive
from core_crm.workflows.errors import WorkflowInvalid
from core_crm.workflows.interpreter import Workflow
from tenants.context import current_city_or_none

log = logging.getLogger(__name__)

_workflow = Reading("workflow", lambda one: Workflow(one.body, digest=one.digest))
_missing: set[tuple[str, str]] = set()
"""(city, digest) of workflows that nobody has any more: asked for once in a process."""


def city_workflow(code: str) -> Workflow:
    """The workflow effective now in the city served. Raises DocumentMissing, WorkflowInvalid."""
    return _workflow(code)


def pinned_workflow(code: str, digest: str) -> Workflow:
    """The workflow a case runs on: the one it began with, also after the city published another.

    The effective one when nobody has the pinned any more (a case from elsewhere), or when what was
    kept can no longer be read. Raises DocumentMissing, WorkflowInvalid.
    """
    return _workflow.known(digest) or _from_the_archive(code, digest) or city_workflow(code)


def is_kept(code: str, digest: str) -> bool:
    """Can the workflow with this digest still be read?"""
    return pinned_workflow(code, digest).digest == digest


def _from_the_archive(code: str, digest: str) -> Workflow | None:
    city = current_city_or_none()
    asked = (city.code if city else "", digest)
    if not digest or asked in _missing:
        return None
    body = document_archive.get().body("workflow", code, digest)
    try:
        found = Workflow(body, digest=digest) if body else None
    except WorkflowInvalid:
        log.warning("pinned_workflow_unreadable", extra={"code": code, "digest": digest[:12]})
        found = None
    if found is None:
        _missing.add(asked)
        return None
    return _workflow.keep(digest, found)
