"""`/studio/changes/<id>/impact`: what a proposal would do to real cases, scores and messages."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from customization.public import (
    Impact,
    apply,
    change_get,
    change_plan,
    in_force,
    operations_of,
    what_if,
)
from sodam.studio.access import StudioRequest, show, studio_page


@require_GET
@studio_page
def change_impact(request: StudioRequest, change_id: UUID) -> HttpResponseBase:
    """The panels alone when the change's page asks for them; else a page of their own."""
    change, found = change_get(change_id), in_force()
    operations = operations_of(change)
    problems = change_plan(change, now_in_force=found).problems
    impacts: list[Impact] = []
    if not problems:
        after = apply(found.tree, operations)
        impacts = what_if(found.tree, after, now=timezone.now())
    facts = {"change": change, "impacts": impacts, "is_wrong": bool(problems), "place": "changes"}
    is_part = "HX-Request" in request.headers
    template = "studio/parts/impacts.html" if is_part else "studio/impact.html"
    return show(request, template, facts)
