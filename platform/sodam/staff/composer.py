"""Notes among officials, and drafts of all that is written."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core_crm.staff.types import Right
from core_crm.voices.selectors import voice_get
from core_crm.voices.services import draft_save, voice_note
from core_crm.voices.types import DraftKind
from sodam.staff.access import VIEWERS, StaffRequest, official_page, show
from sodam.staff.doing import back_to_case
from tenants.errors import DomainError

MOST_LETTERS = 4000


@require_POST
@official_page(*VIEWERS)
def draft(request: StaffRequest, ref: str, kind: str) -> HttpResponseBase:
    """Keep what is being written."""
    if kind not in list(DraftKind):
        raise Http404
    voice, now = voice_get(ref, official=request.official), timezone.now()
    body = request.POST.get("body", "")[:MOST_LETTERS]
    draft_save(voice, official=request.official, kind=kind, body=body, now=now)
    return JsonResponse({"text": saved_text(now)})


def saved_text(at: object) -> str:
    """`14:03 저장됨`."""
    return _("%(time)s 저장됨") % {"time": f"{timezone.localtime(at):%H:%M}"}  # type: ignore[arg-type]


@require_POST
@official_page(Right.VOICE_HANDLE, Right.VOICE_REGISTER)
def note(request: StaffRequest, ref: str) -> HttpResponseBase:
    """Write to colleagues. This address can send nothing to a citizen."""
    voice, now = voice_get(ref, official=request.official), timezone.now()
    body = request.POST.get("body", "").strip()[:MOST_LETTERS]
    try:
        voice_note(voice, body=body, by=request.official, now=now)
    except DomainError as error:
        return show(request, "staff/problem.html", {"problem": error.message}, status=422)
    messages.success(request, _("내부 메모를 남겼습니다."))
    return back_to_case(request, ref)
