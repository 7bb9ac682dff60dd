"""Correcting what a voice is: its category, service or class, and with it the due instant."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core_crm import events
from core_crm.calendars.errors import NoDefaultPeriod
from core_crm.staff.models import Official
from core_crm.staff.types import Right
from core_crm.voices.errors import RightMissing, ServiceUnknown, WordUnknown
from core_crm.voices.models import Voice
from core_crm.voices.selectors.catalogue import category_get
from core_crm.voices.services.acting import act_finish, act_lock
from core_crm.voices.services.clock import clock_recount
from core_crm.voices.services.registration import route_apply
from core_crm.voices.services.routing import Route, route_of
from core_crm.voices.types import PetitionClass, VoiceAction, VoiceReclassified


@transaction.atomic
def voice_reclassify(
    voice: Voice,
    *,
    by: Official,
    now: datetime,
    category: str = "",
    petition_class: str = "",
    service_code: str = "",
    comment: str = "",
    expected_version: int | None = None,
) -> Voice:
    """Correct category, service or class. A new due instant is counted from the same start.

    The first due instant stays in `original_due_at`, each move in the transitions. Raises
    CategoryUnknown, ServiceUnknown, WordUnknown, RightMissing and what every act raises.
    """
    if not (by.has(Right.VOICE_ASSIGN) or by.has(Right.VOICE_HANDLE)):
        raise RightMissing("분류를 고칠 권한이 없습니다.", action="reclassify")
    right = Right.VOICE_HANDLE if by.has(Right.VOICE_HANDLE) else Right.VOICE_ASSIGN
    act = act_lock(
        voice,
        action=VoiceAction.RECLASSIFY,
        by=by,
        now=now,
        right=right,
        expected_version=expected_version,
        comment=comment,
    )
    before = act.voice.petition_class
    route = _route(act.voice, category, petition_class=petition_class, service_code=service_code)
    route_apply(act.voice, route)
    clock_recount(act.voice)
    saved = act_finish(act, reason=comment)
    events.record(
        VoiceReclassified(voice_id=saved.id, from_class=before, to_class=saved.petition_class)
    )
    return saved


def _route(voice: Voice, category: str, *, petition_class: str, service_code: str) -> Route:
    if petition_class and petition_class not in list(PetitionClass):
        raise WordUnknown("알 수 없는 민원 종류입니다.", petition_class=petition_class)
    if category:
        category_get(category)
    try:
        return route_of(
            category=category or voice.category_code,
            service_code=service_code,
            petition_class=petition_class,
        )
    except NoDefaultPeriod as missing:
        raise ServiceUnknown(
            "법정민원의 처리기간은 민원편람에 있습니다. 민원편람 항목을 골라 주세요."
        ) from missing
