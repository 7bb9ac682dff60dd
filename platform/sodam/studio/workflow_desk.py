"""The workflow on somebody's desk: as in force, or as an open change would have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core_crm.extension_points import digest_of
from core_crm.workflows import Workflow, WorkflowInvalid
from customization.public import (
    InForce,
    apply,
    change_draft,
    change_edit,
    copied,
    diff,
    in_force,
    operations_of,
    plan_tree,
    put,
)
from customization.public import Problem as Finding
from sodam.studio.access import StudioRequest, drafts_of
from sodam.studio.saving import together

Body = dict[str, Any]
PLACE = ("workflow", "voice")


@dataclass(frozen=True, slots=True)
class Desk:
    """What is being edited. `change`: the open change it goes on with, if any."""

    found: InForce
    change: Any
    tree: Mapping[str, Any]

    @property
    def body(self) -> Body:
        """The workflow's document; a copy of one's own."""
        return dict(copied(self.tree["workflow"]["voice"]))

    @property
    def in_force_body(self) -> Mapping[str, Any]:
        body: Mapping[str, Any] = self.found.tree["workflow"]["voice"]
        return body

    @property
    def in_force_digest(self) -> str:
        """What new voices pin."""
        return digest_of(self.in_force_body)

    @property
    def query(self) -> str:
        """What every address of the desk carries: the change that is gone on with."""
        return f"?change={self.change.id}" if self.change else ""

    @property
    def url(self) -> str:
        return f"{reverse('studio_workflow')}{self.query}"

    def workflow(self) -> Workflow | None:
        """The workflow as edited; None while it is not right (YAML may have made it so)."""
        try:
            return Workflow(self.body)
        except WorkflowInvalid:
            return None

    def findings(self, body: Mapping[str, Any]) -> list[Finding]:
        """What would be wrong with this workflow, by the same check as at publishing."""
        wanted = copied(self.tree)
        put(wanted, PLACE, body)
        return [one for one in plan_tree(wanted).problems if one.path[:2] == PLACE]

    def save(self, request: StudioRequest, body: Mapping[str, Any], *, title: str) -> Any:
        """Write the difference down in the open change, or in a new one. Raises RightMissing."""
        wanted = copied(self.tree)
        put(wanted, PLACE, body)
        operations = diff(self.found.tree, wanted)
        if self.change:
            return change_edit(self.change, operations, by=request.official)
        draft = _draft(request, request.POST.get("into", ""))
        if draft is not None:
            return change_edit(draft, together(draft, operations), by=request.official)
        return change_draft(operations, title=title, by=request.official, now=timezone.now())


def desk_of(request: StudioRequest) -> Desk:
    """The desk a request means by `change`; in force when it means no open draft of one's own.

    Only one's own: whoever edits a change may not be the one who decides it.
    """
    found = in_force()
    change = _draft(request, request.POST.get("change") or request.GET.get("change", ""))
    if change is None:
        return Desk(found, None, found.tree)
    return Desk(found, change, apply(found.tree, operations_of(change)))


def other_drafts(request: StudioRequest, desk: Desk) -> list[Any]:
    """One's own open changes of the workflow beside the one on the desk."""
    return [
        change
        for change in drafts_of(request)
        if (desk.change is None or change.id != desk.change.id)
        and any(one.path[:1] == PLACE[:1] for one in operations_of(change))
    ]


def saved(request: StudioRequest, desk: Desk, body: Body, *, title: str) -> HttpResponseRedirect:
    """Save and show the workflow as it would be; the change is one click away."""
    change = desk.save(request, body, title=title)
    messages.success(request, _("변경안에 적었습니다. 승인받아 적용하기 전에는 달라지지 않습니다."))
    address = f"{reverse('studio_workflow')}?change={change.id}"
    return HttpResponseRedirect(address, status=303)


def _draft(request: StudioRequest, written: str) -> Any:
    return next((one for one in drafts_of(request) if str(one.id) == written), None)
