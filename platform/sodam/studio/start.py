"""`/studio/start`: what is left to do until the city opens, live while others do it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core_crm.staff.types import Right
from sodam.studio.access import StudioRequest, show, studio_page, studio_poll
from sodam.studio.guide import guide, step_skip
from sodam.studio.guide_steps import STEPS
from sodam.studio.saving import may_change
from sodam.ui.fields import Problem

SHORTEST_REASON = 5


@require_GET
@studio_page
def start(request: StudioRequest) -> HttpResponseBase:
    """The whole guide; `skip` in the query opens one step's form for leaving it out."""
    return show(request, "studio/start.html", _facts(request))


@require_GET
@studio_poll
def start_steps(request: StudioRequest) -> HttpResponseBase:
    """The steps alone. 204 while nothing is other than on the page that asks."""
    facts = _facts(request)
    if request.GET.get("seen") == facts["guide"].mark:
        return HttpResponse(status=204)
    template = "steps" if request.headers.get("HX-Request") else "start"
    folder = "studio/parts" if template == "steps" else "studio"
    return show(request, f"{folder}/{template}.html", facts)


@require_POST
@studio_page
def start_skip(request: StudioRequest, code: str) -> HttpResponseBase:
    """Leave a step out with a reason, or take it up again."""
    step = next((one for one in STEPS if one.code == code), None)
    if step is None or not step.may_be_skipped:
        raise Http404
    if not may_change(request):
        raise PermissionDenied
    why, is_back = request.POST.get("why", "").strip(), "back" in request.POST
    if not is_back and len(why) < SHORTEST_REASON:
        said = _("왜 건너뛰는지 다섯 글자 이상으로 적어 주세요.")
        facts = {
            **_facts(request),
            "skipping": code,
            "why": why,
            "problems": [Problem("why", said)],
            "has_errors": True,
        }
        return show(request, "studio/start.html", facts, status=422)
    step_skip(code, why=why, by=request.official, now=timezone.now(), is_back=is_back)
    name = {"name": step.word}
    messages.success(
        request,
        _("‘%(name)s’을(를) 다시 합니다.") % name
        if is_back
        else _("‘%(name)s’을(를) 건너뜁니다.") % name,
    )
    return HttpResponseRedirect(reverse("studio_start"), status=303)


def _facts(request: StudioRequest) -> dict[str, object]:
    return {
        "guide": guide(now=timezone.now()),
        "may_change": may_change(request),
        "may_open": request.official.has(Right.SETTINGS_APPROVE),
        "skipping": request.GET.get("skip", ""),
        "place": "start",
    }
