"""Showing a citizen's contact in full: a reason is asked, and an audit entry is written."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core_crm.audit.services import audit_append, disclosure_note
from core_crm.staff.types import Right
from core_crm.voices.selectors import voice_get
from sodam.staff import own_fields, present
from sodam.staff.access import StaffRequest, is_partial, official_page, show
from sodam.staff.case import case_response
from sodam.staff.doing import actor_of

SHORTEST_REASON = 5
CONTACT = "name phone email"


@require_POST
@official_page(Right.CUSTOMER_UNMASK)
def unmask(request: StaffRequest, ref: str) -> HttpResponseBase:
    """The contact in full, once."""
    voice = voice_get(ref, official=request.official)
    reason = request.POST.get("reason", "").strip()[:200]
    if len(reason) < SHORTEST_REASON:
        return _shown(
            request, voice, is_open=False, error=_("다섯 글자 이상으로 이유를 써 주세요.")
        )
    with transaction.atomic():
        _noted(request, voice, reason)
    return _shown(request, voice, is_open=True, error="")


def _noted(request: StaffRequest, voice: Any, reason: str) -> None:
    """In the case's audit, and in the access log of the person."""
    actor, now, fields = actor_of(request), timezone.now(), _opened(voice)
    audit_append(
        "customer.unmasked",
        actor=actor,
        subject_kind="citizen",
        subject_id=voice.citizen_id,
        now=now,
        facts={"ref": voice.ref, "fields": fields},
        reason=reason,
    )
    disclosure_note(
        actor=actor,
        action="customer.unmasked",
        subject_ids=[voice.citizen_id],
        fields=f"{CONTACT} {fields}".strip(),
        reason=reason,
        route="staff_voice_unmask",
        now=now,
    )


def _opened(voice: object) -> str:
    """Which of the city's own fields are shown in full beside the contact."""
    return " ".join(one.code for one in own_fields.masked_lines(voice, is_open=True))


def _shown(request: StaffRequest, voice: object, *, is_open: bool, error: str) -> HttpResponseBase:
    status = 422 if error else 200
    if not is_partial(request):
        return case_response(request, voice, is_open=is_open, unmask_error=error, status=status)
    contact = present.contact(voice.citizen, is_open=is_open)  # type: ignore[attr-defined]
    case = {
        "ref": voice.ref,  # type: ignore[attr-defined]
        "contact": contact,
        "can_unmask": True,
        "own_masked": own_fields.masked_lines(voice, is_open=is_open),
    }
    context = {"case": case, "unmask_error": error}
    return show(request, "staff/parts/contact.html", context, status=status)
