"""`/studio/start/voice`: the first test voice, from filing to the survey, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core_crm.imports.selectors import batch_list
from core_crm.surveys.selectors import invitation_of
from core_crm.voices.selectors import may_see, tried_out, voice_tried_out
from sodam.studio.access import StudioRequest, show, studio_page, studio_poll
from tenants.context import current_city

MOST_BATCHES = 20


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of the way: done, the next one, or still to come; when and by whom it was done."""

    code: str
    word: str
    told: str
    state: str
    at: datetime | None = None


@require_GET
@studio_page
def trial_voice(request: StudioRequest) -> HttpResponseBase:
    """What to do next with the test voice; each part links to the page where it is done."""
    return show(request, "studio/trial.html", _facts(request))


@require_GET
@studio_poll
def trial_stages(request: StudioRequest) -> HttpResponseBase:
    """The way alone. 204 while it is where the asking page shows it."""
    facts = _facts(request)
    if request.GET.get("seen") == facts["mark"]:
        return HttpResponse(status=204)
    is_part = bool(request.headers.get("HX-Request"))
    return show(request, "studio/parts/stages.html" if is_part else "studio/trial.html", facts)


@require_GET
@studio_page
def trial_data(request: StudioRequest) -> HttpResponseBase:
    """How files of an older system come in, and those that did."""
    facts = {"batches": list(batch_list()[:MOST_BATCHES]), "place": "start"}
    return show(request, "studio/trial_data.html", facts)


def _facts(request: StudioRequest) -> dict[str, Any]:
    voice = voice_tried_out()
    stages = stages_of(voice)
    return {
        "voice": voice,
        "may_see": bool(voice and may_see(request.official, voice)),
        "stages": stages,
        "mark": ".".join(f"{one.code}-{one.state}" for one in stages),
        "tried": tried_out(),
        "is_trial": current_city().is_trial,
        "place": "start",
    }


def stages_of(voice: Any) -> Sequence[Stage]:
    """The way of a test voice (None: not filed yet)."""
    if voice is None:
        return _with_states([(code, word, told, None) for code, word, told in _ahead()])
    survey = invitation_of(voice.id, closing_no=voice.closing_no)
    owner = voice.officer.name if voice.officer else ""
    department = voice.department.name_ko if voice.department else ""
    done = {
        "filed": voice.received_at,
        "assigned": voice.updated_at if voice.officer else None,
        "answered": voice.answered_at,
        "rated": survey.answered_at if survey else None,
    }
    told_of = {"assigned": " ".join(filter(None, (department, owner)))}
    return _with_states(
        [(code, word, told_of.get(code) or told, done[code]) for code, word, told in _ahead()]
    )


def _ahead() -> Sequence[tuple[str, str, str]]:
    return (
        ("filed", _("접수"), _("시민 누리집에서 시민처럼 의견을 냅니다.")),
        ("assigned", _("담당자 지정"), _("맡을 사람을 정합니다.")),
        ("answered", _("답변"), _("담당자가 답을 쓰고 보냅니다.")),
        ("rated", _("만족도"), _("‘보내지 않은 글’의 조사 주소로 시민처럼 답합니다.")),
    )


def _with_states(steps: Sequence[tuple[str, str, str, datetime | None]]) -> Sequence[Stage]:
    found: list[Stage] = []
    is_next = True
    for code, word, told, at in steps:
        state = "done" if at else "next" if is_next else "open"
        is_next = is_next and bool(at)
        found.append(Stage(code, word, told, state, at))
    return found
