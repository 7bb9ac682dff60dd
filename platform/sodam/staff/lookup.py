"""Finding the case an address names, and whether it is this official's business."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from core_crm.staff.selectors import departments_under
from core_crm.staff.types import Right
from core_crm.voices.errors import RightMissing
from core_crm.voices.selectors import voice_get
from sodam.staff.access import Seat


def find_voice(ref: str, *, official: Seat) -> Any:
    """The voice of this city with the reference. Raises VoiceNotFound, RightMissing."""
    voice = voice_get(ref)
    if official.has(Right.VOICE_VIEW_ALL) or voice.officer_id == official.id:
        return voice
    ours = departments_under(official.department) if official.department else []
    if voice.department_id is None or voice.department_id in ours:
        return voice
    raise RightMissing(
        _("다른 부서가 맡은 의견입니다. 함께 처리해야 하면 맡은 부서에 다시 지정을 요청해 주세요."),
        right=Right.VOICE_VIEW_ALL.value,
    )
