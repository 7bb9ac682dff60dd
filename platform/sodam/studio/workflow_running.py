"""`/studio/workflow/running`: voices that began with an earlier workflow, and moving them over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core_crm.audit.types import Actor
from core_crm.staff.types import Right
from core_crm.voices.selectors import MovingGroup, status_label
from core_crm.voices.services import voices_migrate
from sodam.studio.access import StudioRequest, show, studio_page


@require_http_methods(["GET", "POST"])
@studio_page
def running_page(request: StudioRequest) -> HttpResponseBase:
    """Which would go where, and which not, and why. An approver moves those that can be."""
    may_move = bool(request.official.has(Right.SETTINGS_APPROVE))
    if request.method == "POST":
        if not may_move:
            raise PermissionDenied
        return _moved(request)
    found = voices_migrate(now=timezone.now(), actor=None, dry_run=True)
    facts = {
        "found": found,
        "digest": found.to_digest[:12],
        "lines": [_line(group, found.to_digest) for group in found.groups],
        "may_move": may_move,
        "place": "workflow",
    }
    return show(request, "studio/workflow_running.html", facts)


def _moved(request: StudioRequest) -> HttpResponseBase:
    official = request.official
    actor = Actor(official.id, official.name, origin=request.META.get("REMOTE_ADDR", ""))
    done = voices_migrate(now=timezone.now(), actor=actor)
    said = _("%(n)d건을 옮겼습니다. 처리기한은 그대로입니다.") % {"n": done.moved}
    messages.success(request, said)
    return HttpResponseRedirect(reverse("studio_workflow_running"), status=303)


def _line(group: MovingGroup, digest: str) -> dict[str, Any]:
    language = (get_language() or "ko")[:2]
    target = group.landing.target
    return {
        "digest": group.digest[:12],
        "status": status_label(group.status, digest=group.digest, language=language),
        "target": status_label(target, digest=digest, language=language) if target else "",
        "voices": group.voices,
        "refused": group.landing.refused,
        "refs": group.refs() if group.landing.refused else [],
    }
