"""Steps that only this city's workflow knows, and closing by hand: from the document, no table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core_crm.voices import services
from core_crm.voices.selectors import allowed_actions, voice_get
from core_crm.voices.types import AllowedAction, VoiceAction
from sodam.staff import forms
from sodam.staff.access import VIEWERS, StaffRequest, official_page
from sodam.staff.acts import Act, not_now, respond
from sodam.staff.doing import Doing


def is_plain_step(one: AllowedAction) -> bool:
    """Does it move the case and ask for a reason at most? Closing by hand is such a one."""
    return one.is_own or one.action == VoiceAction.CLOSE


def act_of(one: AllowedAction) -> Act:
    """The step as an act of the case page: a button, or a form when it wants a reason."""
    return Act(
        code="step",
        action=one.action,
        word=one.label,
        icon="check" if one.action == VoiceAction.CLOSE else "arrow-right",
        button=one.label,
        done=_("‘%(step)s’ 단계를 마쳤습니다.") % {"step": one.label},
        run=_run(one.action),
        form=forms.ReasonForm if one.requires_comment else forms.ActForm,
        rights=VIEWERS,
        is_direct=not one.requires_comment,
        is_own=True,
    )


def _run(action: str) -> Callable[[Doing], Any]:
    def run(do: Doing) -> Any:
        if action == VoiceAction.CLOSE:
            return services.voice_close(do.voice, **do.versioned)
        comment = do.given.get("reason", "")
        return services.voice_step(do.voice, action=action, comment=comment, **do.versioned)

    return run


@require_http_methods(["GET", "POST"])
@official_page(*VIEWERS)
def step_page(request: StaffRequest, ref: str, action: str) -> HttpResponseBase:
    """One step of the city's own: its form, or taken at once."""
    voice, language = voice_get(ref, official=request.official), (get_language() or "ko")[:2]
    known = allowed_actions(voice, request.official, language=language, now=timezone.now())
    found = next((one for one in known if one.action == action and is_plain_step(one)), None)
    return respond(request, act_of(found), voice) if found else not_now(request, voice)
