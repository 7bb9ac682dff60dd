"""C8: five items on one page. Opening the link uses nothing up; choices are kept at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core_crm.surveys.errors import SurveyClosed, SurveyLinkInvalid
from core_crm.surveys.selectors import invitation_by_token, survey_definition
from core_crm.surveys.services import survey_answer
from core_crm.surveys.types import SCORED_ITEMS
from core_crm.voices.types.catalogue import TwoLanguages
from sodam.ui.numbers import whole_number

SOLVED = {"yes": True, "no": False}
COMMENT_LETTERS = 1000


@dataclass(frozen=True, slots=True)
class Question:
    """One scored item with its five steps."""

    code: str
    label: str
    text: str
    chosen: int | None


@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Show the questions; on POST keep the answers and say thank you."""
    try:
        invitation = invitation_by_token(token)
        if request.method == "POST":
            is_solved = _keep(request, invitation)
            facts = {"invitation": invitation, "is_reopened": is_solved is False}
            return render(request, "citizen/survey_done.html", facts)
        _refuse_late(invitation)
    except (SurveyLinkInvalid, SurveyClosed) as refusal:
        status = refusal.http_status
        return render(request, "citizen/survey_closed.html", {"status": status}, status=status)
    return render(request, "citizen/survey.html", _facts(invitation, token))


@require_POST
def save(request: HttpRequest, token: str) -> HttpResponse:
    """Keep what was chosen so far; asked by scripts only."""
    _keep(request, invitation_by_token(token), is_partial=True)
    return HttpResponse(_("저장했습니다."))


def _refuse_late(invitation: Any) -> None:
    if timezone.now() > invitation.closes_at:
        raise SurveyClosed(_("응답 기간이 지났습니다."))


def _keep(request: HttpRequest, invitation: Any, *, is_partial: bool = False) -> bool | None:
    given = {item: whole_number(request.POST.get(item, ""), most=9) for item in SCORED_ITEMS}
    is_solved = None if is_partial else SOLVED.get(request.POST.get("solved", ""))
    survey_answer(
        invitation,
        scores={item: score for item, score in given.items() if score is not None},
        comment=request.POST.get("comment", "")[:COMMENT_LETTERS],
        is_solved=is_solved,
        now=timezone.now(),
    )
    return is_solved


def _facts(invitation: Any, token: str) -> dict[str, Any]:
    asked = survey_definition()
    answer = getattr(invitation, "answer", None)
    return {
        "token": token,
        "invitation": invitation,
        "intro": _in_language(asked.intro),
        "questions": [
            Question(
                code=code,
                label=_in_language(item.label),
                text=_in_language(item.question),
                chosen=getattr(answer, code, None),
            )
            for code in SCORED_ITEMS
            if (item := asked.items.get(code))
        ],
        "steps": [(step.value, _in_language(step.label)) for step in asked.scale],
        "comment_question": _in_language(asked.items["comment"].question),
        "comment": getattr(answer, "comment", ""),
        "solved_question": _in_language(asked.solved.question),
        "yes": _in_language(asked.solved.yes),
        "no": _in_language(asked.solved.no),
    }


def _in_language(text: TwoLanguages) -> str:
    is_english = (get_language() or "ko").startswith("en")
    return text.en or text.ko if is_english else text.ko
